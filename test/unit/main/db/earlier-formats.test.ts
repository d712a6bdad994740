import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import { AccountStore } from '../../../../src/main/db/accounts.ts';
import { CallNoteStore } from '../../../../src/main/db/call-notes.ts';
import { SqliteCallLog } from '../../../../src/main/db/call-log.ts';
import { ContactPages } from '../../../../src/main/db/contact-pages.ts';
import { History } from '../../../../src/main/history/history.ts';
import { indexOlderCalls } from '../../../../src/main/db/index-older-calls.ts';
import { migrations } from '../../../../src/main/db/migrations.ts';
import { openDatabase } from '../../../../src/main/db/open.ts';
import { RelayCursor } from '../../../../src/main/db/relay-cursor.ts';
import { FakeLog } from '../../../fakes/log.ts';
import { endedCall, put } from '../../../helpers/calls.ts';
import { tempFolder } from '../../../helpers/temp.ts';

/** A database as an earlier version of the app left it. */
function openFrozen(format: number) {
  const path = join(tempFolder(), 'calls.db');
  const frozen = join(import.meta.dirname, 'frozen', `format-${format}.db.gz`);
  writeFileSync(path, gunzipSync(readFileSync(frozen)));
  const { db, setAside } = openDatabase({ path });
  onTestFinished(() => {
    db.close();
  });
  expect(setAside).toBeUndefined();
  return db;
}

/**
 * Format 1: 300 ended calls, one a minute and in turn with 40 people, and one live call. People 0
 * to 29 by number; 30 to 35 by user id only until call 200, then with the number; 36 to 39 by user
 * id only. Every fourth call has no name.
 */
test('a database of format 1 keeps its calls and gets its contacts', () => {
  const db = openFrozen(1);
  expect(db.pragma('user_version', { simple: true })).toBe(migrations.length);
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok');

  const log = new SqliteCallLog(db);
  expect(log.unfinished().map(({ id }) => id)).toEqual(['support/wacid.300']);
  const history = new History(db);
  expect(history.count({})).toBe(300);
  expect(history.get('support/wacid.298')).toMatchObject({
    party: { waId: '16315550018', name: 'Customer 18 at 298' },
    quality: { packetsReceived: 1298 },
  });
  expect(history.list({ text: 'customer 18 at' }, undefined, 50).rows).toHaveLength(8);
  expect(new AccountStore(db, new FakeLog()).all()).toMatchObject([
    { id: 'support', provider: 'meta' },
  ]);
  expect(new RelayCursor(db).get()).toEqual({ epoch: 'epoch', cursor: 7 });

  const { rows } = new ContactPages(db).list('', undefined, 200);
  // The live call is with a person of its own.
  expect(rows).toHaveLength(41);
  expect(rows.map(({ lastAt }) => lastAt)).toEqual(
    rows.map(({ lastAt }) => lastAt).toSorted((a, b) => b - a),
  );
  const of = (text: string) =>
    rows.find(({ party: { waId, userId } }) => (waId ?? userId) === text);
  const at = (n: number) => 1_700_000_000_000 + n * 60_000;
  expect(of('16315550018')).toMatchObject({
    party: { waId: '16315550018', name: 'Customer 18 at 298' },
    lastAt: at(298),
    last: 'call',
  });
  // None of their calls has a name.
  expect(of('16315550008')?.party).toEqual({ waId: '16315550008' });
  expect(of('16315550031')).toMatchObject({
    party: { waId: '16315550031', userId: 'BR.31', name: 'Customer 31 at 271' },
    lastAt: at(271),
  });
  expect(of('BR.31')).toBeUndefined();
  expect(of('BR.37')).toMatchObject({ party: { userId: 'BR.37' }, lastAt: at(277) });
});

/** Calls in format 5, whose phases had the fields of every path. */
const inFormat5 = (() => {
  const offered = {
    deadlineAt: 9,
    offer: '',
    soleCandidate: false,
    reservation: { state: 'none' },
  };
  const ready = { state: 'ready', sdp: '' };
  const ringing = { name: 'ringing', ...offered };
  const dialling = { deadlineAt: 9, answered: true };
  return [
    { path: 'direct', phase: { ...ringing, answer: ready } },
    { path: 'direct', phase: { ...ringing, name: 'accepting', step: 'sending', answer: ready } },
    { path: 'direct', phase: { ...dialling, name: 'calling' } },
    { path: 'relayed', phase: { ...ringing, answer: ready } },
    { path: 'relayed', phase: { ...ringing, answer: { state: 'failed', why: 'none' } } },
    { path: 'relayed', phase: { ...dialling, name: 'customer-ringing' } },
    { path: 'streamed', mediaServer: 'relay', phase: { ...ringing, answer: ready } },
    { path: 'streamed', phase: { ...dialling, answered: false, name: 'placing' } },
    { path: 'external', phase: { name: 'external', stage: 'talking', deadlineAt: 9 } },
  ];
})();

/** Undoes migrations 14 and later. */
const WITHOUT_LISTED = `
  DROP TRIGGER call_recorded_new; DROP TRIGGER call_recorded_changed; DROP TRIGGER call_recorded_gone;
  DROP TRIGGER recording_kept_new; DROP TRIGGER recording_kept_changed; DROP TRIGGER recording_kept_gone;
  DROP INDEX call_recorded; ALTER TABLE call DROP COLUMN recorded;
  DROP TRIGGER insight_call_new; DROP TRIGGER insight_call_changed; DROP TRIGGER insight_call_gone;
  DROP TRIGGER insight_quality_new; DROP TRIGGER insight_quality_changed;
  DROP TRIGGER IF EXISTS insight_note_new; DROP TRIGGER IF EXISTS insight_note_changed;
  DROP TRIGGER IF EXISTS insight_note_gone;
  DROP INDEX call_unreported; ALTER TABLE call DROP COLUMN unreported_at;
  DROP TABLE insight_day; ALTER TABLE call DROP COLUMN wrap_up_seconds;
  DROP TRIGGER call_count_new; DROP TRIGGER call_count_gone; DROP TRIGGER call_count_listed;
  DROP TRIGGER call_count_unlisted; DROP TRIGGER call_count_changed; DROP TABLE call_count;
  DROP INDEX call_is_covered;
  DROP TABLE transcript_line; DROP TABLE recording; DROP TABLE recording_listen;
  DROP TRIGGER call_covered_new; DROP TRIGGER call_covered_changed; DROP TRIGGER call_covered_gone;
  DROP INDEX call_account; DROP INDEX call_direction; DROP INDEX call_outcome;
  DROP INDEX call_direction_outcome; DROP INDEX call_account_outcome; DROP INDEX call_account_direction; DROP INDEX call_voicemail;
  DROP TABLE call_gram; DROP TABLE call_gram_below; ALTER TABLE call DROP COLUMN covered;
  CREATE INDEX call_account ON call (account_id); CREATE INDEX call_direction ON call (direction);
  CREATE INDEX call_outcome ON call (outcome);`;

test('a database of format 13 lists each call once, and finds its old calls by two letters', async () => {
  const path = join(tempFolder(), 'calls.db');
  const { db: before } = openDatabase({ path });
  const log = new SqliteCallLog(before);
  const parts = [
    endedCall(1, {}, { kind: 'answered-elsewhere', by: 'Bob' }),
    endedCall(2, { providerCallId: 'wacid.1' }),
    endedCall(3, { party: { waId: '491701234567', name: 'Jörg Weiß' } }),
  ];
  put(log, ...parts);
  before.exec(`${WITHOUT_LISTED}
    ALTER TABLE person_merge DROP COLUMN undone; ALTER TABLE person_merge DROP COLUMN by;
    ALTER TABLE person_merge DROP COLUMN unsent;`);
  before.pragma('user_version = 13');
  before.close();

  const { db } = openDatabase({ path });
  onTestFinished(() => {
    db.close();
  });
  const found = (text: string) =>
    new History(db).list({ text }, undefined, 9).rows.map(({ id }) => id);
  expect(found('')).toEqual([endedCall(3).id, endedCall(2).id]);
  const short = ['r', 'JO', '17', 'qq'].map(found);
  expect(new History(db).count({ outcome: 'missed' })).toBe(2);
  await indexOlderCalls(db, new AbortController().signal);
  expect(db.prepare('SELECT seq FROM call_gram_below').all()).toEqual([]);
  // Unlike LIKE, the index does not mind accents.
  expect(['r', 'JO', '17', 'qq'].map(found)).toEqual(short.with(1, [endedCall(3).id]));
});

test('live calls in a database of format 5 are read by their media path', () => {
  const path = join(tempFolder(), 'calls.db');
  const { db: before } = openDatabase({ path });
  const log = new SqliteCallLog(before);
  inFormat5.forEach((_, n) => put(log, endedCall(n, { phase: { name: 'connected' } })));
  const write = before.prepare('UPDATE call SET snapshot = json_patch(snapshot, ?) WHERE id = ?');
  inFormat5.forEach((call, n) => write.run(JSON.stringify(call), endedCall(n).id));
  // What later formats added.
  before.exec(`
    DROP TABLE call_note; DROP TABLE todo; DROP TABLE todo_reference;
    DROP INDEX contact_event_unread; ALTER TABLE contact_event DROP COLUMN unread;
    DROP TRIGGER call_contact_new; DROP TRIGGER call_contact_changed; DROP TRIGGER contact_event_new;
    DROP TABLE person_link; DROP TABLE person_move; DROP TABLE person_merge;
    DROP TABLE person_alias; DROP TABLE person_field; DROP TABLE person_detail;
    ALTER TABLE contact DROP COLUMN name_at; ALTER TABLE contact DROP COLUMN username_at;
    ${WITHOUT_LISTED}
  `);
  before.pragma('user_version = 5');
  before.close();

  const { db } = openDatabase({ path });
  onTestFinished(() => {
    db.close();
  });
  const ring = { name: 'ringing', deadlineAt: 9, soleCandidate: false };
  const answering = { answer: { state: 'preparing' }, reservation: { state: 'none' } };
  const calls = new SqliteCallLog(db).unfinished();
  expect(calls.map(({ phase }) => phase)).toEqual([
    { ...ring, ...answering },
    { ...ring, ...answering, name: 'accepting', step: 'sending' },
    { name: 'calling', deadlineAt: 9, answered: true },
    { ...ring, leg: { state: 'ready' } },
    { ...ring, leg: { state: 'failed', why: 'none' } },
    { name: 'customer-ringing', deadlineAt: 9, legReady: true },
    ring,
    { name: 'placing', deadlineAt: 9 },
    { name: 'external', stage: 'talking', deadlineAt: 9 },
  ]);
  const streamed = calls.flatMap((call) => ('mediaServer' in call ? [call.mediaServer] : []));
  expect(streamed).toEqual(['relay', 'provider']);
});

test('a migrated database keeps contacts up to date, and finds calls by their second id', () => {
  const db = openFrozen(1);
  const log = new SqliteCallLog(db);
  const next = endedCall(400, {
    party: { waId: '16315550037', userId: 'BR.37', name: 'Rui' },
    secondaryId: 'other-id',
  });
  put(log, next);
  const { rows } = new ContactPages(db).list('', undefined, 200);
  expect(rows).toHaveLength(41);
  expect(rows[0]).toMatchObject({ party: next.party, lastAt: next.createdAt });
  expect(log.byProviderId('support', 'other-id')?.id).toBe(next.id);
});

/**
 * Format 6: 30 ended calls, one a minute, every fifth with a person known by user id only, one
 * message, and the quality of call 7.
 */
test('a database of format 6 keeps its calls and their search, and takes notes', () => {
  const db = openFrozen(6);
  expect(db.pragma('user_version', { simple: true })).toBe(migrations.length);
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
  const history = new History(db);
  const found = (text: string) => history.list({ text }, undefined, 50).rows.map(({ id }) => id);
  expect(history.count({})).toBe(30);
  expect(found('customer 17')).toEqual(['support/wacid.17']);
  expect(found('+1 (631) 555-0023')).toEqual(['support/wacid.23']);
  expect(history.get('support/wacid.7')).toMatchObject({ quality: { packetsReceived: 1007 } });
  const notes = new CallNoteStore(db);
  expect(
    notes.set({ callId: 'support/wacid.7', text: 'called about a cup', tags: [], at: 1 }),
  ).toBe(true);
  expect(found('a cup')).toEqual(['support/wacid.7']);
  const { items } = new ContactPages(db).get({ waId: '16315550003' }, undefined, 9);
  expect(items.map(({ kind }) => kind)).toEqual(['message-in', 'call']);
});

/** Format 7: 10 ended calls, own notes of calls 3 and 4, of which 3 is unsent, Bea's of call 7. */
test('a database of format 7 keeps its notes, finds what teammates wrote, and takes outcomes', () => {
  const db = openFrozen(7);
  expect(db.pragma('user_version', { simple: true })).toBe(migrations.length);
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
  const history = new History(db);
  const found = (text: string) => history.list({ text }, undefined, 50).rows.map(({ id }) => id);
  const notes = new CallNoteStore(db);
  const unsent = { callId: 'support/wacid.3', text: 'wants a new cup', tags: [], at: 5 };
  expect(notes.unsent()).toEqual([unsent]);
  expect(notes.of('support/wacid.7')).toMatchObject({
    text: '',
    others: [{ by: 'Bea', text: 'Bea promised a refund', tags: [] }],
  });
  expect(found('new cup')).toEqual(['support/wacid.3']);
  expect(found('promised a refund')).toEqual(['support/wacid.7']);
  expect(found('customer 7')).toEqual(['support/wacid.7']);
  notes.set({ ...unsent, disposition: 'Solved', tags: ['Cup'] });
  expect(found('solved')).toEqual(['support/wacid.3']);
});

/** Format 8: 5 ended calls, and a note of call 3 with an outcome and a tag. */
test('a database of format 8 keeps its outcomes, and takes callbacks', () => {
  const db = openFrozen(8);
  expect(db.pragma('user_version', { simple: true })).toBe(migrations.length);
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
  const notes = new CallNoteStore(db);
  const note = { text: 'wants a new cup', disposition: 'Call again', tags: ['Shop'] };
  expect(notes.of('support/wacid.3')).toEqual({ ...note, others: [] });
  expect(notes.callbacks()).toEqual([]);
  notes.set({ callId: 'support/wacid.3', ...note, callbackAt: 9, at: 6 });
  expect(notes.callbacks()).toMatchObject([{ callId: 'support/wacid.3', at: 9 }]);
});
