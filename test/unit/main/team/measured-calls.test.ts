import { expect, onTestFinished, test } from 'vitest';
import { SqliteCallLog } from '../../../../src/main/db/call-log.ts';
import { type CallReport, CallReports } from '../../../../src/main/db/call-reports.ts';
import { MeasuredCalls } from '../../../../src/main/team/measured-calls.ts';
import { FakeClock } from '../../../fakes/clock.ts';
import { endedCall, put } from '../../../helpers/calls.ts';
import { emptyDatabase } from '../../../helpers/database.ts';

const DAY_MS = 86_400_000;

function open() {
  const db = emptyDatabase();
  onTestFinished(() => {
    db.close();
  });
  const clock = new FakeClock();
  const told: CallReport[] = [];
  const relay = { isThere: true };
  const store = new CallReports(db);
  const failed: unknown[] = [];
  const measured = new MeasuredCalls({
    store,
    report(report) {
      if (relay.isThere) told.push(report);
      return Promise.resolve(relay.isThere);
    },
    clock,
    failed: (error) => failed.push(error),
  });
  const call = (n: number, ago = 60_000) => {
    const createdAt = clock.now() - ago;
    return endedCall(n, { createdAt, connectedAt: createdAt + 4_000 });
  };
  return { db, log: new SqliteCallLog(db), clock, told, relay, store, measured, failed, call };
}

test('a call is told once what belongs to it is known, and again when more comes', async () => {
  const { log, clock, told, measured, call } = open();
  const one = call(1);
  put(log, one);
  measured.handleChanged(one.id);
  clock.advance(2_000);
  const quality = { packetsReceived: 1, packetsLost: 0, packetsSent: 1 };
  log.saveQuality(one.id, { ...quality, mos: 3.999, blame: 'customer' });
  measured.handleChanged(one.id);
  clock.advance(4_000);
  await measured.tell();
  expect(told).toMatchObject([
    { accountId: one.accountId, measured: { mos: 4, blame: 'customer', wrapUpSeconds: undefined } },
  ]);
  log.saveWrapUp(one.id, 31);
  measured.handleChanged(one.id);
  await measured.tell();
  await measured.tell();
  expect(told).toHaveLength(2);
  expect(told[1]?.measured).toMatchObject({ mos: 4, wrapUpSeconds: 31 });
});

test('what the relay was not there for is told later, in any order of clocks', async () => {
  const { log, clock, told, relay, store, measured, failed, call } = open();
  relay.isThere = false;
  const [one, two, old] = [call(1), call(2), call(3, 8 * DAY_MS)];
  put(log, one, two, old);
  for (const { id } of [one, two, old]) measured.handleChanged(id);
  await measured.tell();
  expect(told).toEqual([]);
  relay.isThere = true;
  // The clock was ahead when it was noted.
  store.mark(two.id, clock.now() + DAY_MS);
  await measured.tell();
  expect(told.map(({ providerCallId }) => providerCallId)).toEqual([
    one.providerCallId,
    two.providerCallId,
  ]);
  expect(store.unsent(0)).toEqual([]);
  expect(failed).toEqual([]);
});

test('a call in which nobody talked, or that was erased, is not told', async () => {
  const { db, log, clock, told, measured, call } = open();
  const missed = endedCall(1, { createdAt: clock.now() - 60_000 }, { kind: 'rang-out' });
  const gone = call(2);
  put(log, missed, gone);
  measured.handleChanged(missed.id);
  measured.handleChanged(gone.id);
  db.prepare('DELETE FROM call WHERE id = ?').run(gone.id);
  await measured.tell();
  expect(told).toEqual([]);
});
