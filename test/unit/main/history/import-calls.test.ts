import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { AccountStore } from '../../../../src/main/db/accounts.ts';
import { SqliteCallLog } from '../../../../src/main/db/call-log.ts';
import { CallNoteStore } from '../../../../src/main/db/call-notes.ts';
import { ContactStore } from '../../../../src/main/db/contacts.ts';
import { jsonLine } from '../../../../src/main/history/export/json-lines.ts';
import { History } from '../../../../src/main/history/history.ts';
import { importCalls } from '../../../../src/main/history/import/import-calls.ts';
import type { EndReason } from '../../../../src/shared/call/phases.ts';
import type { Db } from '../../../../src/sqlite/migrate.ts';
import { FakeLog } from '../../../fakes/log.ts';
import { endedCall, endedRelayedCall, put } from '../../../helpers/calls.ts';
import { tempFolder } from '../../../helpers/temp.ts';
import { emptyDatabase } from '../../../helpers/database.ts';

const ends: readonly EndReason[] = [
  { kind: 'customer-hung-up' },
  { kind: 'caller-gone' },
  { kind: 'answered-elsewhere', by: 'Bob' },
  { kind: 'transferred', to: 'Dee' },
  {
    kind: 'failed',
    error: { code: '138006', message: 'No "way"', details: 'ask', transient: false },
  },
];
const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const text = fc.oneof(
  fc.constantFrom('Ana', 'two\nlines', 'a\u2028b\u2029c\u0085d', '=1', '007', '\u202Eabc'),
  fc.string(),
);
const call = fc.record({
  n: fc.nat(9),
  account: fc.constantFrom('support', 'sales', 'unknown'),
  providerCallId: optional(fc.constantFrom('a', 'b')),
  name: optional(text),
  waId: optional(fc.constantFrom('5511912345678', '491701234567')),
  userId: optional(fc.constantFrom('BR.1', 'BR.2')),
  payload: optional(text),
  createdAt: fc.integer({ min: Date.UTC(2025, 0), max: Date.UTC(2026, 11) }),
  connected: optional(fc.nat(90_000)),
  lasted: fc.nat(900_000),
  end: fc.constantFrom(...ends),
  isRelayed: fc.boolean(),
  isVoicemail: fc.boolean(),
  direction: fc.constantFrom('inbound' as const, 'outbound' as const),
  mos: optional(fc.double({ min: 1, max: 4.5, noNaN: true })),
  note: optional(text),
  tags: fc.array(fc.constantFrom('VIP', 'Refund'), { maxLength: 2 }),
  disposition: optional(fc.constantFrom('Solved', 'Later')),
  teamNote: optional(text),
});

function exported(db: Db): string {
  const history = new History(db);
  return history
    .records({}, undefined, 1_000)
    .map((record) => jsonLine(record, history.timeline(record.seq)))
    .join('');
}

test('exported, imported into a fresh log and exported again, it is the same file', async () => {
  const path = join(tempFolder(), 'calls.jsonl');
  await fc.assert(
    fc.asyncProperty(fc.array(call, { maxLength: 8 }), async (calls) => {
      const db = emptyDatabase();
      const log = new SqliteCallLog(db);
      new AccountStore(db, new FakeLog()).replaceAll([
        { id: 'support', provider: 'd360', label: 'Sales, "new"', number: '+55 11 5020-1234' },
        { id: 'sales', provider: 'd360', label: 'sales', number: '+5511' },
      ]);
      const notes = new CallNoteStore(db);
      const contacts = new ContactStore(db);
      for (const one of calls) {
        const { n, account, providerCallId, createdAt, connected, lasted, end, mos, teamNote } =
          one;
        const connectedAt = connected === undefined ? undefined : createdAt + connected;
        const party = { waId: one.waId, userId: one.userId, name: one.name };
        const make = one.isRelayed ? endedRelayedCall : endedCall;
        const made = make(n, {
          id: `${account}/${n}`,
          accountId: account,
          party,
          createdAt,
          connectedAt,
          providerCallId,
          payload: one.payload,
          direction: one.direction,
          ...(one.isVoicemail && { voicemail: {} }),
          phase: { name: 'ended', at: (connectedAt ?? createdAt) + lasted, reason: end },
        });
        put(log, made);
        if (mos !== undefined) {
          log.saveQuality(made.id, { packetsReceived: n, packetsLost: 0, packetsSent: 1, mos });
        }
        notes.set({
          callId: made.id,
          text: one.note ?? '',
          tags: one.tags,
          disposition: one.disposition,
          at: createdAt,
        });
        if (teamNote !== undefined && providerCallId !== undefined) {
          contacts.add({
            identity: `${account}/note/${providerCallId}/bea-${n}`,
            accountId: account,
            party,
            at: createdAt + n,
            body: { kind: 'note', by: 'Bea', providerCallId, text: teamNote, tags: ['Team'] },
          });
        }
      }
      const before = exported(db);
      writeFileSync(path, before);
      const fresh = emptyDatabase();
      await importCalls(fresh, path);
      expect(exported(fresh)).toBe(before);
      // Once more changes nothing.
      expect((await importCalls(fresh, path)).calls).toBe(0);
      expect(exported(fresh)).toBe(before);
      const count = new History(fresh).count({});
      expect(count).toBe(new History(db).count({}));
      db.close();
      fresh.close();
    }),
    { numRuns: 15 },
  );
}, 30_000);

test('calls of one millisecond keep their order, more of them than are written at once', async () => {
  const db = emptyDatabase();
  const log = new SqliteCallLog(db);
  for (let n = 0; n < 250; n += 1) put(log, endedCall(n, { createdAt: Date.UTC(2026, 0) }));
  const path = join(tempFolder(), 'calls.jsonl');
  writeFileSync(path, exported(db));
  const fresh = emptyDatabase();
  await importCalls(fresh, path);
  expect(exported(fresh)).toBe(exported(db));
});

test('a line that is none of ours is named, and what came before it stays', async () => {
  const db = emptyDatabase();
  put(new SqliteCallLog(db), endedCall(1));
  const path = join(tempFolder(), 'calls.jsonl');
  writeFileSync(path, `${exported(db)}{"id":"x"}\n`);
  const fresh = emptyDatabase();
  await expect(importCalls(fresh, path)).rejects.toThrow(
    /line 2 is no call that Ringdesk exported/,
  );
  expect(new History(fresh).count({})).toBe(1);
  db.close();
  fresh.close();
});

/** One exported call, and a log to read it into. */
function oneCall() {
  const db = emptyDatabase();
  put(new SqliteCallLog(db), endedCall(1));
  const line = exported(db);
  db.close();
  const fresh = emptyDatabase();
  onTestFinished(() => void fresh.close());
  return { line, fresh, path: join(tempFolder(), 'calls.jsonl') };
}

test('X2 a file that begins with a mark is read, and one in UTF-16 is named as such', async () => {
  const { line, fresh, path } = oneCall();
  writeFileSync(path, `\ufeff${line.replaceAll('\n', '\r\n')}`);
  expect(await importCalls(fresh, path)).toEqual({ calls: 1, known: 0 });
  writeFileSync(path, Buffer.from(`\ufeff${line}`, 'utf16le'));
  await expect(importCalls(fresh, path)).rejects.toThrow('not saved as UTF-8');
});

test.each([
  ['is not JSON', (line: string) => line.slice(0, 40)],
  ['createdAt', (line: string) => line.replace(/"createdAt":"[^"]*"/, '"createdAt":"soon"')],
  ['createdAt', (line: string) => line.replace(/"createdAt":"\d{4}/, '"createdAt":"0001')],
  ['direction', (line: string) => line.replace(/"direction":"\w+"/, '"direction":"up"')],
])('a line is refused with its field, and not quoted: %s', async (why, change) => {
  const { line, fresh, path } = oneCall();
  writeFileSync(path, change(line));
  const failure = await importCalls(fresh, path).catch((error: unknown) => error);
  expect(String(failure)).toContain(why);
  expect(String(failure)).not.toMatch(/\d{8}|[\n{]/);
});

test('a call whose part came with another call is read, too', async () => {
  const { line, fresh, path } = oneCall();
  const other = line.replace(/"id":"[^"]*"/, '"id":"another"');
  writeFileSync(path, line + other);
  expect(await importCalls(fresh, path)).toEqual({ calls: 2, known: 0 });
});

test('a file without a line break is refused before it fills the memory, and what came before it stays', async () => {
  const db = emptyDatabase();
  put(new SqliteCallLog(db), endedCall(1));
  const path = join(tempFolder(), 'calls.jsonl');
  writeFileSync(path, exported(db));
  writeFileSync(path, Buffer.alloc(17 * 2 ** 20, ' '), { flag: 'a' });
  const fresh = emptyDatabase();
  await expect(importCalls(fresh, path)).rejects.toThrow("line 2 is too long to be a call's");
  expect(new History(fresh).count({})).toBe(1);
  db.close();
  fresh.close();
});
