import { utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Repairs } from '../../../../../src/main/db/storage/repairs.ts';
import { Snapshots, snapshotsOf } from '../../../../../src/main/db/storage/snapshots.ts';
import { FakeClock } from '../../../../fakes/clock.ts';
import { FakeLog } from '../../../../fakes/log.ts';
import { tempFolder } from '../../../../helpers/temp.ts';
import { settled } from '../../../../helpers/until.ts';

const DAY_MS = 86_400_000;

/** Copies of a file, made by a thread that does nothing else. */
function open(path: string, clock: FakeClock) {
  const made: string[] = [];
  const repairs: Pick<Repairs, 'snapshot' | 'index'> = {
    async snapshot(_, to) {
      writeFileSync(to, 'a copy');
      made.push(to);
      return 1;
    },
    index: async () => undefined,
  };
  const isSound = () => true;
  const snapshots = new Snapshots({ path, repairs, clock, log: new FakeLog(), isSound });
  onTestFinished(() => snapshots.close());
  return { snapshots, made };
}

test('one is made each day, and two are kept', async () => {
  const path = join(tempFolder(), 'ringdesk.db');
  writeFileSync(path, 'a log');
  const clock = new FakeClock();
  const { snapshots, made } = open(path, clock);
  expect(snapshots.newestAt).toBeUndefined();
  for (let day = 0; day < 4; day++) {
    clock.advance(DAY_MS);
    await settled();
  }
  expect(made.length).toBeGreaterThanOrEqual(3);
  expect(snapshotsOf(path)).toEqual(made.slice(-2).toReversed());
});

test('one that was made while the clock was ahead does not put off the next', async () => {
  const path = join(tempFolder(), 'ringdesk.db');
  writeFileSync(path, 'a log');
  const clock = new FakeClock();
  const early = `${path}.snapshot-2099-01-01T00-00-00.000Z`;
  writeFileSync(early, 'a copy');
  utimesSync(early, new Date('2099-01-01'), new Date('2099-01-01'));
  const { snapshots, made } = open(path, clock);
  expect(snapshots.newestAt).toBeUndefined();
  clock.advance(3_600_000);
  await settled();
  expect(made).toHaveLength(1);
  expect(snapshots.newestAt).toBeLessThanOrEqual(clock.now());
});
