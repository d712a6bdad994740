import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { SqliteCallLog } from '../../../../../src/main/db/call-log.ts';
import { SEQ_PER_MS } from '../../../../../src/main/db/call-seq.ts';
import { CallNoteStore } from '../../../../../src/main/db/call-notes.ts';
import { PersonErasure } from '../../../../../src/main/db/erasing/person-erasure.ts';
import { DayCalls, type LoggedCall } from '../../../../../src/main/db/insight/day-calls.ts';
import { LogCalls } from '../../../../../src/main/db/insight/log-calls.ts';
import { packDays } from '../../../../../src/main/db/insight/pack-days.ts';
import { openReadOnly } from '../../../../../src/main/db/open.ts';
import { salvage } from '../../../../../src/main/db/salvage/salvage.ts';
import { jsonLine } from '../../../../../src/main/history/export/json-lines.ts';
import { History } from '../../../../../src/main/history/history.ts';
import { importCalls } from '../../../../../src/main/history/import/import-calls.ts';
import { tallyOf } from '../../../../../src/shared/insight/tally.ts';
import {
  dimensions,
  type InsightPart,
  type InsightRange,
} from '../../../../../src/shared/protocol/insight-question.ts';
import type { EndReason } from '../../../../../src/shared/call/phases.ts';
import { endedCall, endedRelayedCall, put } from '../../../../helpers/calls.ts';
import { tempFolder } from '../../../../helpers/temp.ts';
import { emptyDatabase } from '../../../../helpers/database.ts';

const DAY_MS = 86_400_000;
const FIRST = Date.UTC(2026, 2, 27, 12);

const opened: { close(): unknown }[] = [];
afterEach(() => opened.splice(0).forEach((db) => db.close()));

function openLog(path = ':memory:') {
  const db = emptyDatabase(path);
  db.pragma('synchronous = OFF');
  opened.push(db);
  const log = new SqliteCallLog(db);
  const notes = new CallNoteStore(db);
  const counted = new LogCalls(db);
  const raw = new DayCalls(db);
  const all = () => {
    const found: LoggedCall[] = [];
    counted.each(0, Number.MAX_SAFE_INTEGER, (call) => found.push(structuredClone(call)));
    return found;
  };
  const days = db
    .prepare<[], number>(
      `SELECT DISTINCT seq / ${DAY_MS * SEQ_PER_MS} AS day FROM call ORDER BY day`,
    )
    .pluck();
  const rows = () => days.all().flatMap((day) => raw.read(day));
  const figures = (part: InsightPart, asked: InsightRange) => {
    const [packed, plain] = [tallyOf(part, asked, context), tallyOf(part, asked, context)];
    counted.tally(packed, asked.to);
    for (const call of rows()) plain.add(call);
    return { packed: packed.result(), plain: plain.result() };
  };
  const pack = () => packDays(db, new AbortController().signal);
  const packed = () =>
    db.prepare<[], { n: number }>('SELECT count(*) AS n FROM insight_day').get()?.n ?? 0;
  return { db, log, notes, all, rows, figures, pack, packed };
}

const context = {
  teamOf: (agent: string) => ({ '': 'Care', 'Bea Rocha': 'Care' })[agent],
  // Caio is called Bea now.
  nameOf: (agent: string) => (agent.startsWith('Caio') ? 'Bea Rocha' : agent),
  isFree: () => false,
};
const range = { from: FIRST - 3 * DAY_MS, to: FIRST + 9 * DAY_MS + 1_234 };
/** Lord Howe's clocks change by half an hour, Kathmandu is ahead by a quarter more. */
const asked: readonly InsightRange[] = [
  { ...range, zone: 'Europe/Berlin' },
  { ...range, zone: 'Australia/Lord_Howe', accountId: 'support' },
  { ...range, zone: 'Asia/Kathmandu', team: 'Care' },
];
const parts: readonly InsightPart[] = [
  ...(['hours', 'pickUp', 'cost', 'quality', 'transfers'] as const).map((view) => ({ view })),
  ...dimensions.map((dimension) => ({ view: 'breakdown' as const, dimension })),
];

const reasons: readonly EndReason[] = [
  { kind: 'agent-hung-up' },
  { kind: 'customer-hung-up' },
  { kind: 'caller-gone' },
  { kind: 'rang-out' },
  { kind: 'declined-by-agent' },
  { kind: 'answered-elsewhere', by: 'Bea Rocha' },
  { kind: 'answered-elsewhere', by: 'Caio “Z” Dias' },
  { kind: 'transferred', to: 'Bea Rocha' },
  { kind: 'unanswered' },
  { kind: 'interrupted' },
];

const step = fc.record({
  do: fc.constantFrom('call', 'call', 'quality', 'note', 'wrap-up', 'forget', 'pack', 'pack'),
  n: fc.integer({ min: 1, max: 4 }),
  /** Of several records of one call. */
  part: fc.constantFrom('', '', '', '/2', '/3'),
  at: fc.integer({ min: -2 * DAY_MS, max: 5 * DAY_MS }),
  rang: fc.integer({ min: 0, max: 70_000 }),
  // Some longer than a packed call has room for.
  talked: fc.option(fc.oneof(fc.integer({ min: 0, max: 4_000_000 }), fc.constant(140_000_000)), {
    nil: undefined,
  }),
  isOutbound: fc.boolean(),
  reason: fc.constantFrom(...reasons),
  country: fc.constantFrom('5511987654321', '4915112345678', '911234567890', 'none'),
  micros: fc.option(fc.constantFrom('0.0132', '1', '12.345678', '5000', 'broken'), {
    nil: undefined,
  }),
  mos: fc.constantFrom(undefined, 1, 3.999, 4.5),
  blame: fc.constantFrom(undefined, 'agent' as const, 'customer' as const, 'unclear' as const),
  word: fc.constantFrom('Sold', 'Sold', 'Complaint 💬', ''),
});

describe('packed days', () => {
  test('count the same as the calls themselves, in whatever order what happened was written', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 60 }), async (steps) => {
        const { db, log, notes, all, rows, figures, pack } = openLog();
        for (const one of steps) {
          const id = `support/wacid.${one.n}${one.part}`;
          switch (one.do) {
            case 'call': {
              const createdAt = FIRST + one.at;
              const connectedAt = one.talked === undefined ? undefined : createdAt + one.rang;
              const endedAt = createdAt + one.rang + (one.talked ?? 0);
              const base = {
                id,
                createdAt,
                connectedAt,
                direction: one.isOutbound ? ('outbound' as const) : ('inbound' as const),
                party: one.country === 'none' ? { userId: 'BR.1' } : { waId: one.country },
                ...(one.micros !== undefined && { bill: { meta: one.micros } }),
                phase: { name: 'ended' as const, at: endedAt, reason: one.reason },
              };
              const isRelayed = one.part !== '';
              put(
                log,
                isRelayed
                  ? endedRelayedCall(one.n, {
                      ...base,
                      talkIntervals:
                        connectedAt === undefined
                          ? []
                          : [{ from: connectedAt, to: (connectedAt + endedAt) / 2 }],
                      transfers: [{ at: createdAt, to: one.word, end: 'declined' }],
                    })
                  : endedCall(one.n, base),
              );
              break;
            }
            case 'quality':
              log.saveQuality(id, {
                packetsReceived: 1,
                packetsLost: 0,
                packetsSent: 1,
                mos: one.mos,
                blame: one.blame,
              });
              break;
            case 'note':
              notes.set({ callId: id, text: '', tags: [], disposition: one.word, at: one.rang });
              break;
            case 'wrap-up':
              log.saveWrapUp(id, one.rang);
              break;
            case 'forget':
              log.forget(FIRST + one.at, 2);
              break;
            case 'pack':
              await pack();
              break;
          }
          expect(all()).toEqual(rows());
        }
        for (const one of asked) {
          for (const part of parts) {
            const { packed, plain } = figures(part, one);
            expect(packed).toEqual(plain);
          }
        }
        db.close();
      }),
      { numRuns: 25 },
    );
  });

  test('count the same as the calls after a rescue, an import, an erasure, retention and wrong clocks', async () => {
    const folder = tempFolder();
    const far = [Date.UTC(1970, 0, 2), Date.UTC(2099, 11, 30), FIRST, FIRST];
    const made = fc.record({
      n: fc.integer({ min: 1, max: 30 }),
      at: fc.integer({ min: 0, max: 5 * DAY_MS }),
      from: fc.constantFrom(...far),
      reason: fc.constantFrom(...reasons),
      country: fc.constantFrom('5511987654321', '4915112345678'),
    });
    const happening = fc.constantFrom(
      'rescue',
      'import',
      'erase',
      'forget',
      'pack',
      'pack' as const,
    );
    let run = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(made, happening), { minLength: 4, maxLength: 20 }),
        async (steps) => {
          const path = join(folder, `${(run += 1)}.db`);
          const other = join(folder, `${run}-other.db`);
          const { db, log, all, rows, figures, pack } = openLog(path);
          const elsewhere = openLog(other);
          const signal = new AbortController().signal;
          for (const one of steps) {
            if (typeof one !== 'string') {
              const { n, from, reason, country } = one;
              const createdAt = from + one.at;
              const ended = { name: 'ended' as const, at: createdAt + 60_000, reason };
              const call = endedCall(n, { createdAt, party: { waId: country }, phase: ended });
              put(n % 2 === 0 ? log : elsewhere.log, call);
            }
            if (one === 'pack') await pack();
            if (one === 'rescue') await salvage({ path: other }, db, signal, () => undefined);
            if (one === 'import') {
              const file = join(folder, `${run}.jsonl`);
              const history = new History(elsewhere.db);
              const lines = history.records({}, undefined, 100).map((one) => jsonLine(one, []));
              writeFileSync(file, lines.join(''));
              await importCalls(db, file);
            }
            if (one === 'forget') log.forget(FIRST + DAY_MS, 3);
            if (one === 'erase') {
              new PersonErasure(db).step(
                { keys: ['4915112345678'], until: Number.MAX_SAFE_INTEGER },
                100,
              );
            }
          }
          for (const wide of [range, { from: 0, to: Date.UTC(2100, 0) }]) {
            for (const part of parts) {
              const { packed, plain } = figures(part, { ...wide, zone: 'Europe/Berlin' });
              expect(packed).toEqual(plain);
            }
          }
          expect(all()).toEqual(rows());
          db.close();
          elsewhere.db.close();
        },
      ),
      { numRuns: 8 },
    );
  });

  test('the last day is never packed, and a late report of an earlier day is counted at once', async () => {
    const { log, all, pack, packed } = openLog();
    for (let n = 1; n <= 4; n++) put(log, endedCall(n, { createdAt: FIRST + n * DAY_MS }));
    await pack();
    expect(packed()).toBe(3);
    put(log, endedCall(9, { createdAt: FIRST + 2 * DAY_MS + 1 }));
    expect(packed()).toBe(2);
    expect(all()).toHaveLength(5);
    await pack();
    expect(packed()).toBe(3);
  });

  test('what another connection writes about the last day is counted at once', () => {
    const path = join(tempFolder(), 'log.db');
    const db = emptyDatabase(path);
    const reading = openReadOnly({ path });
    opened.push(db, reading);
    const log = new SqliteCallLog(db);
    const counted = new LogCalls(reading);
    const count = () => {
      let calls = 0;
      counted.each(0, Number.MAX_SAFE_INTEGER, () => (calls += 1));
      return calls;
    };
    for (let n = 1; n <= 3; n++) {
      put(log, endedCall(n, { createdAt: FIRST + n }));
      expect([count(), count()]).toEqual([n, n]);
    }
  });

  test('a call that still rings counts nothing, and takes no day away', async () => {
    const { db, log, all, pack, packed } = openLog();
    put(log, endedCall(1, { createdAt: FIRST }), endedCall(2, { createdAt: FIRST + DAY_MS }));
    await pack();
    db.prepare("UPDATE call SET unseen = 1 WHERE id = 'support/wacid.1'").run();
    expect(packed()).toBe(1);
    expect(all()).toHaveLength(2);
  });
});
