import * as fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { SqliteCallLog } from '../../../../src/main/db/call-log.ts';
import { CallNoteStore, noteIdentity } from '../../../../src/main/db/call-notes.ts';
import { ContactPages } from '../../../../src/main/db/contact-pages.ts';
import { ContactStore } from '../../../../src/main/db/contacts.ts';
import { History } from '../../../../src/main/history/history.ts';
import { endedCall, endedRelayedCall, put } from '../../../helpers/calls.ts';
import { emptyDatabase } from '../../../helpers/database.ts';

function open() {
  const db = emptyDatabase();
  onTestFinished(() => {
    db.close();
  });
  const log = new SqliteCallLog(db);
  const history = new History(db);
  return {
    log,
    history,
    notes: new CallNoteStore(db),
    contacts: new ContactStore(db),
    pages: new ContactPages(db),
    found: (text: string) => history.list({ text }, undefined, 50).rows.map(({ id }) => id),
  };
}

const id = 'support/wacid.1';

test('a call is found by its note as it is now, and still by name and number', () => {
  const { log, notes, found } = open();
  put(log, endedCall(1), endedCall(2));
  notes.set({ callId: id, text: 'Wants a refund for order 991', tags: [], at: 1 });
  expect(found('refund')).toEqual([id]);
  expect(found('order 991')).toEqual([id]);
  expect(found('re')).toEqual([id]);
  expect(found('Customer 1')).toEqual([id]);
  notes.set({ callId: id, text: 'Sorted out', tags: [], at: 2 });
  expect(found('refund')).toEqual([]);
  expect(found('sorted')).toEqual([id]);
  notes.set({ callId: id, text: '', tags: [], at: 3 });
  expect(found('sorted')).toEqual([]);
  expect(notes.of(id)).toEqual({ text: '', tags: [], others: [] });
});

test('a note stays with its call when the call gets another name or an earlier time', () => {
  const { log, notes, found } = open();
  put(log, endedCall(1));
  notes.set({ callId: id, text: 'broken cup', tags: [], at: 1 });
  put(log, endedCall(1, { party: { waId: '16315550001', name: 'Zoe' } }));
  put(log, endedCall(1, { createdAt: 1_600_000_000_000 }));
  expect(notes.of(id).text).toBe('broken cup');
  expect(found('broken cup')).toEqual([id]);
});

test('a call that came back to the agent is one call with all of its notes', () => {
  const { log, notes, history, found } = open();
  const callOffer = { callId: id, from: 'Bea', why: 'transfer' as const, deadlineAt: 0 };
  put(
    log,
    endedRelayedCall(1, {}, { kind: 'transferred', to: 'Bea' }),
    endedRelayedCall(2, { id: 'support/back', providerCallId: 'wacid.1', callOffer }),
  );
  notes.set({ callId: id, text: 'first half', tags: [], at: 1 });
  notes.set({ callId: 'support/back', text: 'second half', tags: [], at: 2 });
  expect(found('second half')).toHaveLength(1);
  expect(found('first half')).toEqual(found('second half'));
  expect(notes.of('support/back')).toEqual({
    text: 'second half',
    tags: [],
    others: [{ by: '', text: 'first half', tags: [], at: 1 }],
  });
  expect(history.records({}, undefined, 9).map(({ note }) => note)).toEqual([
    'first half\nsecond half',
  ]);
});

test('what a teammate wrote stands beside the own note, in exports and in the timeline', () => {
  const { log, notes, contacts, history, pages } = open();
  const call = endedCall(1);
  put(log, call, endedCall(11));
  notes.set({ callId: id, text: 'mine', tags: [], at: 5 });
  const note = { kind: 'note', by: 'Bea', providerCallId: 'wacid.1', text: 'hers' } as const;
  contacts.add({
    identity: `${noteIdentity('support', 'wacid.1')}bea`,
    accountId: 'support',
    party: call.party,
    at: 4,
    body: note,
  });
  expect(notes.of(id)).toMatchObject({
    text: 'mine',
    others: [{ by: 'Bea', text: 'hers', at: 4 }],
  });
  expect(notes.of('support/wacid.11').others).toEqual([]);
  const record = history.records({}, undefined, 9).find((one) => one.id === id);
  expect(record).toMatchObject({ note: 'mine', teamNotes: [{ by: 'Bea', text: 'hers' }] });
  expect(pages.get(call.party, undefined, 9).items).toMatchObject([
    { kind: 'call', note: { text: 'mine' } },
    note,
  ]);
});

test('a note is unsent until the relay has exactly this text, and only once its call has a name there', () => {
  const { log, notes } = open();
  put(log, endedCall(1), endedCall(2, { providerCallId: undefined }));
  notes.set({ callId: id, text: 'one', tags: [], at: 1 });
  notes.set({ callId: 'support/wacid.2', text: 'unnamed', tags: [], at: 1 });
  expect(notes.unsent()).toEqual([{ callId: id, text: 'one', tags: [], at: 1 }]);
  notes.set({ callId: id, text: 'two', tags: [], at: 2 });
  notes.sent(id, 1);
  expect(notes.unsent()).toEqual([{ callId: id, text: 'two', tags: [], at: 2 }]);
  notes.sent(id, 2);
  expect(notes.unsent()).toEqual([]);
  expect(notes.set({ callId: 'nowhere', text: 'lost', tags: [], at: 3 })).toBe(false);
});

test('any text comes back as it was written, and is found by any part of it', () => {
  const text = fc.string({ unit: 'grapheme', minLength: 4, maxLength: 60 });
  const { log, notes, found } = open();
  put(log, endedCall(1));
  fc.assert(
    fc.property(text, (written) => {
      notes.set({ callId: id, text: written, tags: [], at: 1 });
      expect(notes.of(id).text).toBe(written);
    }),
  );
  fc.assert(
    fc.property(fc.stringMatching(/^[a-z"*:() -]{6,40}$/), (written) => {
      const part = written.trim();
      fc.pre(part.length >= 3 && /[a-z]/.test(part));
      notes.set({ callId: id, text: written, tags: [], at: 1 });
      expect(found(part)).toEqual([id]);
    }),
  );
});

test('an outcome and tags are found, exported, and stand in the timeline', () => {
  const { log, notes, history, pages, found } = open();
  const call = endedCall(1);
  put(log, call, endedCall(2));
  const labels = { disposition: 'Refund promised', tags: ['VIP', 'Straße'] };
  notes.set({ callId: id, text: '', ...labels, at: 1 });
  expect(notes.of(id)).toEqual({ text: '', ...labels, others: [] });
  for (const text of ['refund prom', 'vip', 'straße', 'VI']) expect(found(text)).toEqual([id]);
  const record = history.records({}, undefined, 9).find((one) => one.id === id);
  expect(record).toMatchObject(labels);
  expect(record?.note).toBeUndefined();
  expect(pages.get(call.party, undefined, 9).items).toMatchObject([
    { kind: 'call', note: { text: '', ...labels } },
  ]);
  notes.set({ callId: id, text: '', tags: [], at: 2 });
  expect(found('refund prom')).toEqual([]);
  expect(pages.get(call.party, undefined, 9).items).toMatchObject([{ note: undefined }]);
});

test('what a teammate wrote and chose is found until they take it back', () => {
  const { log, notes, contacts, history, found } = open();
  const call = endedCall(1);
  const identity = `${noteIdentity('support', 'wacid.1')}bea`;
  const fact = { identity, accountId: 'support', party: call.party, at: 4 };
  const note = { kind: 'note', by: 'Bea', providerCallId: 'wacid.1' } as const;
  // The note may come before the call.
  contacts.add({
    ...fact,
    body: { ...note, text: 'promised a cup', disposition: 'Solved', tags: ['Shop'] },
  });
  put(log, call);
  for (const text of ['promised a cup', 'solved', 'shop']) expect(found(text)).toEqual([id]);
  expect(history.records({}, undefined, 9)).toMatchObject([
    { disposition: 'Solved', tags: ['Shop'] },
  ]);
  notes.set({ callId: id, text: 'mine', disposition: 'Open', tags: ['Late', 'Shop'], at: 5 });
  expect(history.records({}, undefined, 9)).toMatchObject([
    { disposition: 'Open', tags: ['Late', 'Shop'] },
  ]);
  expect(contacts.remove(identity)).toBe(true);
  expect(contacts.remove(identity)).toBe(false);
  expect(found('promised a cup')).toEqual([]);
  contacts.add({ ...fact, body: { ...note, text: 'sent it' } });
  expect(found('sent it')).toEqual([id]);
  expect(found('mine')).toEqual([id]);
});

test('a callback is open until somebody has talked with the customer, on whichever side', () => {
  const { log, notes, contacts } = open();
  const one = { waId: '16315550001', name: 'Customer 1' };
  const two = { waId: '16315550002', name: 'Customer 2' };
  const promise = (call: string, at: number) =>
    notes.set({ callId: `support/wacid.${call}`, text: '', tags: [], callbackAt: at, at: 1 });
  put(log, endedCall(1, { party: one }), endedCall(2, { party: two }));
  promise('1', 70);
  promise('2', 60);
  expect(notes.callbacks()).toMatchObject([
    { callId: 'support/wacid.2', party: two, at: 60 },
    { callId: 'support/wacid.1', party: one, at: 70 },
  ]);
  expect(notes.of(id).callbackAt).toBe(70);
  // Nobody answered it.
  put(log, endedCall(3, { party: one }));
  expect(notes.callbacks()).toHaveLength(2);
  put(log, endedCall(4, { party: one, connectedAt: 1 }, { kind: 'customer-hung-up' }));
  expect(notes.callbacks()).toMatchObject([{ callId: 'support/wacid.2' }]);
  contacts.add({
    identity: 'support/call/wacid.9',
    accountId: 'support',
    party: two,
    at: endedCall(9).createdAt,
    body: { kind: 'colleague-call', outcome: 'unanswered' },
  });
  expect(notes.callbacks()).toHaveLength(1);
  contacts.add({
    identity: 'support/call/wacid.10',
    accountId: 'support',
    party: two,
    at: endedCall(10).createdAt,
    body: { kind: 'colleague-call', outcome: 'connected' },
  });
  expect(notes.callbacks()).toEqual([]);
});
