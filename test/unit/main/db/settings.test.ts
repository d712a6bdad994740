import { expect, onTestFinished, test } from 'vitest';
import { SettingsStore } from '../../../../src/main/db/settings.ts';
import { emptyDatabase } from '../../../helpers/database.ts';

test('a preset with columns of another version keeps those that there are', () => {
  const db = emptyDatabase();
  onTestFinished(() => {
    db.close();
  });
  const preset = { format: 'csv', manifest: false, filter: {} };
  const presets = [
    { ...preset, name: 'some', columns: ['phone', 'what_was_once', 'call_id'] },
    { ...preset, name: 'none', columns: ['what_was_once'] },
    { ...preset, name: 'all' },
  ];
  db.prepare("INSERT INTO setting VALUES ('exportPresets', ?)").run(JSON.stringify(presets));
  const left: string[] = [];
  const { exportPresets } = new SettingsStore(db, undefined, (what) => left.push(what)).get();
  expect(exportPresets.map(({ name, columns }) => [name, columns])).toEqual([
    ['some', ['call_id', 'phone']],
    ['none', undefined],
    ['all', undefined],
  ]);
  expect(left).toEqual([]);
});
