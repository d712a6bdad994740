import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createCallService, ACCOUNT } from '../../../../helpers/call-service.ts';
import { Faults } from '../../../../helpers/faults.ts';
import { tempFolder } from '../../../../helpers/temp.ts';
import { report } from '../../../../helpers/reports.ts';
import { settled } from '../../../../helpers/until.ts';

const id = `${ACCOUNT}/wacid.1`;

/** A whole call. Every step must have the same result as on a sound disk. */
async function callThrough(fixture: ReturnType<typeof createCallService>): Promise<void> {
  fixture.receive(report.offer(fixture.clock.now()));
  expect(fixture.did()).toEqual(['answer']);
  fixture.service.handleMediaReport(id, { kind: 'answer-ready', sdp: 'our-sdp' });
  expect(fixture.service.accept(id)).toMatchObject({ ok: true });
  await settled();
  expect(fixture.service.live()[0]?.phase.name).toBe('connected');
  expect(fixture.service.mute(id, true)).toMatchObject({ ok: true });
  expect(fixture.service.hangUp(id)).toMatchObject({ ok: true });
  await settled();
  expect(fixture.provider.asked.at(-1)).toBe('terminate wacid.1');
  fixture.receive(report.talked(fixture.clock.now(), 1));
}

/** Runs the call with a fault at every statement in turn. @returns how many statements there are */
async function atEvery(
  step: number,
  faulty: (faults: Faults, nth: number) => void,
): Promise<number> {
  const faults = new Faults();
  for (let nth = 1; ; nth += step) {
    const path = join(tempFolder(), 'calls.db');
    faulty(faults, nth);
    const fixture = createCallService({ path });
    await callThrough(fixture);
    const reached = faults.count >= nth;
    faults.heal();
    fixture.clock.advance(60_000);
    await settled();
    fixture.clock.advance(60_000);
    const { waiting, trouble } = fixture.storage.view();
    expect({ nth, waiting, trouble }).toEqual({ nth, waiting: 0, trouble: undefined });
    expect({ nth, ...fixture.history.get(id) }).toMatchObject({ nth, outcome: 'answered' });
    // No further than what is stored, and as far as all of it.
    expect(fixture.storage.read(({ cursor }) => cursor.get()?.cursor, -1)).toBe(2);
    fixture.storage.close();
    if (!reached) return nth - 1;
  }
}

test('S3 a disk full at any statement: the call goes through, and is stored later', async () => {
  const tried = await atEvery(1, (faults, nth) => faults.from(nth, 'SQLITE_FULL'));
  expect(tried).toBeGreaterThan(40);
}, 120_000);

test('S3 damage found by any statement: the call goes through into a new file', async () => {
  const once = { once: true };
  const tried = await atEvery(1, (faults, nth) => faults.from(nth, 'SQLITE_CORRUPT', once));
  expect(tried).toBeGreaterThan(40);
}, 120_000);

test.each([
  'SQLITE_IOERR_WRITE',
  'SQLITE_BUSY',
  'SQLITE_READONLY',
  'SQLITE_CANTOPEN',
  'SQLITE_NOMEM',
  'SQLITE_CONSTRAINT_TRIGGER',
])(
  'S3 %s at any statement: the call goes through, and is stored later',
  async (code) => {
    expect(await atEvery(7, (faults, nth) => faults.from(nth, code))).toBeGreaterThan(20);
  },
  120_000,
);
