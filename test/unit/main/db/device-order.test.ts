import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { deviceOrder } from '../../../../src/main/db/migrations/0013-device-order.ts';
import { SettingsStore } from '../../../../src/main/db/settings.ts';

test('D1 devices that were chosen in an earlier version are the first of their order', () => {
  const db = new Database(':memory:');
  onTestFinished(() => void db.close());
  db.exec('CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL)');
  const put = db.prepare('INSERT INTO setting VALUES (?, ?)');
  put.run('microphoneId', '"mic-1"');
  put.run('microphoneLabel', '"Jabra “Link” 380"');
  put.run('speakerId', '""');
  put.run('speakerLabel', '""');
  put.run('ringerId', '"bell"');
  deviceOrder.up(db);
  const settings = new SettingsStore(db).get();
  expect(settings.microphones).toEqual([{ id: 'mic-1', label: 'Jabra “Link” 380', group: '' }]);
  expect(settings.speakers).toEqual([]);
  expect(settings.ringers).toEqual([{ id: 'bell', label: '', group: '' }]);
  expect(db.prepare("SELECT key FROM setting WHERE key LIKE '%Id'").all()).toEqual([]);
});
