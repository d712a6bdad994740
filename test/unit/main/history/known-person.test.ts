import { expect, onTestFinished, test } from 'vitest';
import { SqliteCallLog } from '../../../../src/main/db/call-log.ts';
import { ContactPages } from '../../../../src/main/db/contact-pages.ts';
import { IdentityStore } from '../../../../src/main/db/people/identity-store.ts';
import { History } from '../../../../src/main/history/history.ts';
import { knownPerson } from '../../../../src/main/history/known-person.ts';
import { endedCall, put } from '../../../helpers/calls.ts';
import { emptyDatabase } from '../../../helpers/database.ts';

test('what is known of a person is also where they wait, what they allowed, what was said and who listened', () => {
  const db = emptyDatabase();
  onTestFinished(() => void db.close());
  const at = Date.UTC(2026, 10, 30, 12);
  const party = { waId: '5511987654321', userId: 'BR.1' };
  new IdentityStore(db).note(party, at);
  const log = new SqliteCallLog(db);
  put(log, endedCall(1, { party, createdAt: at }), endedCall(2));
  const insert = (table: string, ...values: (string | number | null)[]) =>
    db.prepare(`INSERT INTO ${table} VALUES (${values.map(() => '?').join(', ')})`).run(...values);
  insert('todo', 'support', party.waId, null, 1, at, '{"customer":"them"}');
  insert('todo', 'sales', 'x', party.userId, 1, at, '{"customer":"them, too"}');
  insert('todo', 'support', '4917012345', null, 1, at, '{"customer":"another"}');
  insert('permission_answer', 'support', `u:${party.userId}`, '{"state":"permanent"}');
  insert('permission_answer', 'support', '4917012345', '{"state":"none"}');
  const recording = 'recording (id, call_id, what, source, state, tries, legal_hold, body)';
  for (const n of [1, 2]) {
    insert(recording, `r${n}`, `support/wacid.${n}`, 'audio', 'relay', 'kept', 0, 0, '{}');
    insert('transcript_line', `r${n}`, 0, 'unknown', 0, 900, `Said in call ${n}`, 2);
    insert('recording_listen', n, `r${n}`, `support/wacid.${n}`, 'bea', 'Bea', at, 0, 900);
  }

  const stores = { db, history: new History(db), contacts: new ContactPages(db) };
  const known = knownPerson(stores, { waId: party.waId });
  const callId = 'support/wacid.1';
  expect(known.calls).toHaveLength(1);
  expect(known.waiting).toEqual([{ customer: 'them, too' }, { customer: 'them' }]);
  expect(known.permissions).toEqual([{ accountId: 'support', answer: { state: 'permanent' } }]);
  expect(known.transcripts).toEqual([
    { callId, speaker: 'second', fromMs: 0, toMs: 900, text: 'Said in call 1' },
  ]);
  expect(known.listened).toEqual([
    { callId, agent: 'Bea', at: '2026-11-30T12:00:00.000Z', fromMs: 0, toMs: 900 },
  ]);
});
