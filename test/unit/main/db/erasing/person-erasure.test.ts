import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { SqliteCallLog } from '../../../../../src/main/db/call-log.ts';
import { CallNoteStore } from '../../../../../src/main/db/call-notes.ts';
import { ContactPages } from '../../../../../src/main/db/contact-pages.ts';
import { ContactStore } from '../../../../../src/main/db/contacts.ts';
import { keysOfHashes, keysOfPerson } from '../../../../../src/main/db/erasing/person-keys.ts';
import { PersonErasure } from '../../../../../src/main/db/erasing/person-erasure.ts';
import { purgeIndexes } from '../../../../../src/main/db/erasing/purge-indexes.ts';
import { IdentityStore } from '../../../../../src/main/db/people/identity-store.ts';
import { History } from '../../../../../src/main/history/history.ts';
import { personHash } from '../../../../../src/sqlite/person-hash.ts';
import { endedCall, put } from '../../../../helpers/calls.ts';
import { tempFolder } from '../../../../helpers/temp.ts';
import { emptyDatabase } from '../../../../helpers/database.ts';

const NUMBER = '5511987654321';
const USER = 'BR.778899';
const gone = { waId: NUMBER, userId: USER, name: 'Zacharias Quintela' };
const at = 1_700_000_000_000;

function open() {
  const path = join(tempFolder(), 'ringdesk.db');
  const db = emptyDatabase(path);
  onTestFinished(() => {
    db.close();
  });
  const log = new SqliteCallLog(db);
  for (let n = 1; n <= 40; n++) put(log, endedCall(n));
  put(log, endedCall(50, { party: gone, createdAt: at }));
  // The same person by the older spelling, and by their id alone.
  put(log, endedCall(51, { party: { waId: '551187654321' }, createdAt: at + 1 }));
  put(log, endedCall(52, { party: { userId: USER }, createdAt: at + 2 }));
  const contacts = new ContactStore(db);
  const notes = new CallNoteStore(db);
  notes.set({ callId: 'support/wacid.50', text: 'Allergic to xylophones', tags: [], at });
  contacts.add({
    identity: `support/note/wacid.50/bea`,
    accountId: 'support',
    party: gone,
    at,
    body: { kind: 'note', by: 'Bea', providerCallId: 'wacid.50', text: 'Owes qwertz money' },
  });
  contacts.add({
    identity: 'support/message/wamid.1',
    accountId: 'support',
    party: gone,
    at,
    messageId: 'wamid.1',
    body: { kind: 'message-in', type: 'text', text: 'My secret is jabberwocky' },
  });
  contacts.setStatus('support', 'wamid.1', 'read', undefined);
  contacts.write(gone, [{ field: 'company', value: 'Vexquill Ltd', at, by: 'Bea' }]);
  return { db, path, log, contacts, erasure: new PersonErasure(db), history: new History(db) };
}

function eraseAll(erasure: PersonErasure, keys: readonly string[], until: number) {
  let calls = 0;
  for (;;) {
    const { erased, left } = erasure.step({ keys, until }, 1);
    calls += erased.calls;
    if (left === 0) break;
  }
  return { ...erasure.finish({ keys, until }), calls };
}

test('an erased person is in no table, no index and no byte of the file', async () => {
  const { db, path, erasure, history } = open();
  const keys = keysOfPerson(db, NUMBER);
  expect(keys).toEqual([NUMBER, `u:${USER}`]);
  eraseAll(erasure, keys, at + 1_000);
  expect(history.count({})).toBe(40);
  expect(history.list({ text: 'Quintela' }, undefined, 5).rows).toEqual([]);
  expect(new ContactPages(db).list('Zach', undefined, 5).rows).toEqual([]);

  await purgeIndexes(db, new AbortController().signal);
  const vocabulary = (index: string) =>
    db.prepare<[], string>(`SELECT term FROM ${index}_words`).pluck().all();
  for (const index of ['call_text', 'call_gram']) {
    db.exec(`CREATE VIRTUAL TABLE temp.${index}_words USING fts5vocab(main, ${index}, row)`);
  }
  expect(vocabulary('call_text')).not.toContain('xyl');
  expect(vocabulary('call_text')).not.toContain('987');
  expect(vocabulary('call_text')).toContain('cus');
  const bytes = ['', '-wal'].map((suffix) => readFileSync(path + suffix).toString('latin1')).join();
  const left = [
    NUMBER,
    '551187654321',
    USER,
    'Zacharias',
    'xylophones',
    'qwertz',
    'jabberwocky',
    'Vexquill',
    'wamid.1',
    'wacid.50',
  ].filter((word) => bytes.includes(word));
  expect(left).toEqual([]);
  expect(bytes).toContain('Customer 12');
});

test('who comes back after the erasure is there again, with nothing of before', () => {
  const { db, log, erasure, history } = open();
  const keys = keysOfPerson(db, `u:${USER}`);
  const later = at + 1_000_000;
  put(log, endedCall(60, { party: gone, createdAt: later }));
  const erased = eraseAll(erasure, keys, later - 1);
  expect(erased.calls).toBe(3);
  expect(history.list({ text: NUMBER }, undefined, 5).rows.map(({ id }) => id)).toEqual([
    'support/wacid.60',
  ]);
  const [row] = new ContactPages(db).list(NUMBER, undefined, 5).rows;
  expect(row).toMatchObject({ party: { waId: NUMBER, name: gone.name }, lastAt: later });
  // Once more changes nothing.
  expect(eraseAll(erasure, keys, later - 1).calls).toBe(0);
});

test('a call that goes on stays until it has ended', () => {
  const { db, log, erasure, history } = open();
  const live = {
    ...endedCall(70, { party: gone, createdAt: at + 10 }),
    phase: { name: 'connected' },
  } as const;
  put(log, live);
  const keys = keysOfPerson(db, NUMBER);
  eraseAll(erasure, keys, at + 1_000);
  expect(log.get(live.id)).toBeDefined();
  put(log, endedCall(70, { party: gone, createdAt: at + 10 }));
  expect(eraseAll(erasure, keys, at + 1_000).calls).toBe(1);
  expect(history.count({})).toBe(40);
});

test('who is known only from a merge that was undone is found by a hash and erased', () => {
  const { db, erasure } = open();
  const [kept, other] = ['491701234567', '491707654321'];
  new IdentityStore(db).hear({ kept, other, at, by: 'Bea', undone: true });
  const keys = keysOfHashes(db, 'salt', [personHash('salt', other)]);
  expect(keys).toEqual([other]);
  eraseAll(erasure, keys, at + 1_000);
  expect(db.prepare('SELECT count(*) FROM person_merge').pluck().get()).toBe(0);
});
