import * as fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { AccountStore } from '../../../../../src/main/db/accounts.ts';
import { SqliteCallLog } from '../../../../../src/main/db/call-log.ts';
import { columns } from '../../../../../src/main/history/export/columns.ts';
import { lineOf } from '../../../../../src/main/history/export/plain-lines.ts';
import { typedValueOf } from '../../../../../src/main/history/export/parquet.ts';
import { offsetsBetween } from '../../../../../src/main/history/export/zone.ts';
import { History } from '../../../../../src/main/history/history.ts';
import { csvSeparators } from '../../../../../src/shared/ipc/export.ts';
import type { EndReason } from '../../../../../src/shared/call/phases.ts';
import { endedCall, put } from '../../../../helpers/calls.ts';
import { FakeLog } from '../../../../fakes/log.ts';
import { emptyDatabase } from '../../../../helpers/database.ts';

const ends: readonly EndReason[] = [
  { kind: 'customer-hung-up' },
  { kind: 'caller-gone' },
  { kind: 'answered-elsewhere', by: '=Bob "the\nbuilder"' },
  { kind: 'media-failed', why: 'no route' },
  { kind: 'transferred', to: '' },
];
const text = fc.oneof(
  fc.constantFrom(
    'Ana',
    'José  Lima',
    ' Ana',
    '=1+1',
    '"',
    "O'Neil",
    '007',
    '',
    '٣',
    'é',
    '\u202Eabc',
  ),
  fc.string({ unit: 'binary', maxLength: 12 }),
);
const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });

const call = fc.record({
  name: optional(text),
  waId: optional(fc.constantFrom('5511912345678', '', '+49 170 1', '1')),
  payload: optional(text),
  providerCallId: optional(fc.constantFrom('a', 'b', 'c"d')),
  end: fc.constantFrom(...ends),
  createdAt: fc.integer({ min: Date.UTC(2024, 0), max: Date.UTC(2026, 11) }),
  connected: optional(fc.nat(90_000)),
  lasted: fc.nat(9_000_000),
  billed: optional(fc.nat(9_000)),
  mos: optional(fc.double({ min: 1, max: 4.5, noNaN: true })),
  isVoicemail: fc.boolean(),
});

test('the lines and values that SQLite writes equal those of whole records', () => {
  const db = emptyDatabase();
  onTestFinished(() => {
    db.close();
  });
  const log = new SqliteCallLog(db);
  const history = new History(db);
  new AccountStore(db, new FakeLog()).replaceAll([
    { id: 'support', provider: 'd360', label: 'Sales, "new"', number: '+55 11 5020-1234' },
  ]);
  fc.assert(
    fc.property(
      fc.array(call, { maxLength: 8 }),
      fc.constantFrom(
        { kind: 'xlsx' as const },
        ...csvSeparators.map((separator) => ({ kind: 'csv' as const, separator })),
      ),
      (calls, format) => {
        log.forget(Number.MAX_SAFE_INTEGER, 99);
        calls.forEach(
          ({ connected, lasted, billed, mos, end, isVoicemail, name, waId, ...facts }, n) => {
            const connectedAt = connected === undefined ? undefined : facts.createdAt + connected;
            const one = endedCall(n, {
              ...facts,
              party: { waId, name, userId: 'BR.1' },
              connectedAt,
              ...(billed !== undefined && {
                billed: { startedAt: facts.createdAt, durationSeconds: billed },
              }),
              ...(isVoicemail && { voicemail: {} }),
              phase: { name: 'ended', at: (connectedAt ?? facts.createdAt) + lasted, reason: end },
            });
            put(log, one);
            if (mos !== undefined) {
              const counts = { packetsReceived: n, packetsLost: 2, packetsSent: 3 };
              log.saveQuality(one.id, { ...counts, mos, jitterMs: mos / 3 });
            }
          },
        );
        const names = columns.map(({ name }) => name);
        const lines = history.lines({ filter: {}, columns: names, format }, undefined, 99);
        for (const { seq, line } of lines) {
          const record = history.record(seq);
          const written = record && lineOf(record, columns, format);
          // What is not plain is left to the record.
          expect(line ?? written).toBe(written);
        }
        for (const { seq, values } of history.values(
          { filter: {}, columns: names },
          undefined,
          99,
        )) {
          const record = history.record(seq);
          const typed = record && columns.map((column) => typedValueOf(column, record));
          expect(values ?? typed).toEqual(typed);
        }
        for (const filter of [{}, { voicemail: true as const }, { outcome: 'missed' as const }]) {
          expect(history.count(filter)).toBe(history.list(filter, undefined, 99).rows.length);
        }
        expect(history.records({}, undefined, 99)).toEqual(
          lines.map(({ seq }) => history.record(seq)),
        );
      },
    ),
    { numRuns: 200 },
  );
});

test('most calls are plain', () => {
  const db = emptyDatabase();
  onTestFinished(() => {
    db.close();
  });
  put(new SqliteCallLog(db), endedCall(1), endedCall(2));
  const wanted = {
    filter: {},
    columns: ['call_id', 'phone'],
    format: { kind: 'csv', separator: 'semicolon' },
  } as const;
  expect(new History(db).lines(wanted, undefined, 9).map(({ line }) => line)).toEqual([
    '"support/wacid.2";"16315550002"\r\n',
    '"support/wacid.1";"16315550001"\r\n',
  ]);
});

test('local time is the machine’s on each side of a change of its clock', () => {
  const [from, to] = [Date.UTC(2020, 0), Date.UTC(2027, 0)];
  const offsets = offsetsBetween(from, to);
  for (let at = from; at < to; at += 3_600_000) {
    const minutes = offsets.findLast((one) => one.from <= at)?.minutes;
    if (minutes !== -new Date(at).getTimezoneOffset()) throw new Error(new Date(at).toISOString());
  }
  expect(offsets[0]?.from).toBe(from);
});
