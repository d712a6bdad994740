import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import {
  periodBefore,
  ScheduledExports,
} from '../../../../../src/main/history/export/scheduled-exports.ts';
import type { ExportRequest } from '../../../../../src/main/history/reader-protocol.ts';
import type { ExportPreset } from '../../../../../src/shared/ipc/settings.ts';
import { FakeClock } from '../../../../fakes/clock.ts';
import { FakeLog } from '../../../../fakes/log.ts';
import { tempFolder } from '../../../../helpers/temp.ts';

const at = (text: string) => new Date(text).getTime();

test.each([
  ['day', '2026-03-01T00:00:00', '2026-02-28', '2026-02-28T00:00:00', '2026-03-01T00:00:00'],
  ['week', '2026-11-30T09:00:00', '2026-11-23', '2026-11-23T00:00:00', '2026-11-30T00:00:00'],
  ['week', '2026-11-29T23:59:59', '2026-11-16', '2026-11-16T00:00:00', '2026-11-23T00:00:00'],
  ['month', '2026-01-31T12:00:00', '2025-12-01', '2025-12-01T00:00:00', '2026-01-01T00:00:00'],
] as const)('the last whole %s before %s begins on %s', (every, now, label, from, end) => {
  expect(periodBefore(every, at(now))).toEqual({ label, from: at(from), to: at(end) - 1 });
});

test('writes each period once, says a failure once, and goes on with the others', async () => {
  const folder = tempFolder();
  const written: ExportRequest[] = [];
  const failed: string[] = [];
  let isFull = true;
  const preset = { format: 'csv', manifest: true, filter: { outcome: 'missed' } } as const;
  const presets: readonly ExportPreset[] = [
    { ...preset, name: 'by hand' },
    { ...preset, name: 'no/where', every: 'day', folder: join(folder, 'not there') },
    { ...preset, name: 'missed: all', every: 'day', folder },
  ];
  const clock = new FakeClock(at('2026-11-30T08:00:00'));
  const exports = new ScheduledExports({
    presets: () => presets,
    live: () => [],
    reader: {
      export(what) {
        if (isFull && what.path.includes('not there')) return Promise.reject(new Error('full'));
        written.push(what);
        writeFileSync(what.path, '');
        return Promise.resolve({ rows: 1 });
      },
    },
    clock,
    log: new FakeLog(),
    written: () => undefined,
    failed: (name, why) => failed.push(`${name}: ${why}`),
  });
  await exports.run();
  await exports.run();
  expect(failed).toEqual(['no/where: full']);
  expect(readdirSync(folder)).toEqual(['missed_ all-2026-11-29.csv']);
  expect(written).toHaveLength(1);
  expect(written[0]?.filter).toEqual({
    outcome: 'missed',
    from: at('2026-11-29T00:00:00'),
    to: at('2026-11-30T00:00:00') - 1,
  });
  isFull = false;
  expect(existsSync(join(folder, basename('missed_ all-2026-11-28.csv')))).toBe(false);
  exports.close();
});

test('a period waits for a call that began in it, and is written with it', async () => {
  const folder = tempFolder();
  let live = [at('2026-11-29T23:59:59.900')];
  const clock = new FakeClock(at('2026-11-30T00:10:00'));
  const exports = new ScheduledExports({
    presets: () => [
      { name: 'all', format: 'csv', manifest: false, filter: {}, every: 'day', folder },
    ],
    live: () => live,
    reader: {
      export(what) {
        writeFileSync(what.path, '');
        return Promise.resolve({ rows: 1 });
      },
    },
    clock,
    log: new FakeLog(),
    written: () => undefined,
    failed: () => undefined,
  });
  await exports.run();
  expect(readdirSync(folder)).toEqual([]);
  live = [at('2026-11-30T00:00:00')];
  await exports.run();
  expect(readdirSync(folder)).toEqual(['all-2026-11-29.csv']);
  exports.close();
});
