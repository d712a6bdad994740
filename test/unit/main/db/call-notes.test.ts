import * as fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { createCallLog } from '../../../../src/main/db/call-log.ts';
import { CallNoteStore, noteIdentity } from '../../../../src/main/db/call-notes.ts';
import { ContactPages } from '../../../../src/main/db/contact-pages.ts';
import { ContactStore } from '../../../../src/main/db/contacts.ts';
import { openDatabase } from '../../../../src/main/db/open.ts';
import { History } from '../../../../src/main/history/history.ts';
import { endedCall, endedRelayedCall, put } from '../../../helpers/calls.ts';

function open() {
  const { db } = openDatabase({ path: ':memory:' });
  onTestFinished(() => {
    db.close();
  });
  const log = createCallLog(db);
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
  notes.set({ callId: id, text: 'Wants a refund for order 991', at: 1 });
  expect(found('refund')).toEqual([id]);
  expect(found('order 991')).toEqual([id]);
  expect(found('re')).toEqual([id]);
  expect(found('Customer 1')).toEqual([id]);
  notes.set({ callId: id, text: 'Sorted out', at: 2 });
  expect(found('refund')).toEqual([]);
  expect(found('sorted')).toEqual([id]);
  notes.set({ callId: id, text: '', at: 3 });
  expect(found('sorted')).toEqual([]);
  expect(notes.of(id)).toEqual({ text: '', others: [] });
});

test('a note stays with its call when the call gets another name or an earlier time', () => {
  const { log, notes, found } = open();
  put(log, endedCall(1));
  notes.set({ callId: id, text: 'broken cup', at: 1 });
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
  notes.set({ callId: id, text: 'first half', at: 1 });
  notes.set({ callId: 'support/back', text: 'second half', at: 2 });
  expect(found('second half')).toHaveLength(1);
  expect(found('first half')).toEqual(found('second half'));
  expect(notes.of('support/back')).toEqual({
    text: 'second half',
    others: [{ by: '', text: 'first half', at: 1 }],
  });
  expect(history.records({}, undefined, 9).map(({ note }) => note)).toEqual([
    'first half\nsecond half',
  ]);
});

test('what a teammate wrote stands beside the own note, in exports and in the timeline', () => {
  const { log, notes, contacts, history, pages } = open();
  const call = endedCall(1);
  put(log, call, endedCall(11));
  notes.set({ callId: id, text: 'mine', at: 5 });
  const note = { kind: 'note', by: 'Bea', providerCallId: 'wacid.1', text: 'hers' } as const;
  contacts.add({
    identity: `${noteIdentity('support', 'wacid.1')}bea`,
    accountId: 'support',
    party: call.party,
    at: 4,
    body: note,
  });
  expect(notes.of(id)).toEqual({ text: 'mine', others: [{ by: 'Bea', text: 'hers', at: 4 }] });
  expect(notes.of('support/wacid.11').others).toEqual([]);
  const record = history.records({}, undefined, 9).find((one) => one.id === id);
  expect(record).toMatchObject({ note: 'mine', teamNotes: [{ by: 'Bea', text: 'hers' }] });
  expect(pages.get(call.party, undefined, 9).items).toMatchObject([
    { kind: 'call', note: 'mine' },
    note,
  ]);
});

test('a note is unsent until the relay has exactly this text, and only once its call has a name there', () => {
  const { log, notes } = open();
  put(log, endedCall(1), endedCall(2, { providerCallId: undefined }));
  notes.set({ callId: id, text: 'one', at: 1 });
  notes.set({ callId: 'support/wacid.2', text: 'unnamed', at: 1 });
  expect(notes.unsent()).toEqual([{ callId: id, text: 'one', at: 1 }]);
  notes.set({ callId: id, text: 'two', at: 2 });
  notes.sent(id, 1);
  expect(notes.unsent()).toEqual([{ callId: id, text: 'two', at: 2 }]);
  notes.sent(id, 2);
  expect(notes.unsent()).toEqual([]);
  expect(notes.set({ callId: 'nowhere', text: 'lost', at: 3 })).toBe(false);
});

test('any text comes back as it was written, and is found by any part of it', () => {
  const text = fc.string({ unit: 'grapheme', minLength: 4, maxLength: 60 });
  const { log, notes, found } = open();
  put(log, endedCall(1));
  fc.assert(
    fc.property(text, (written) => {
      notes.set({ callId: id, text: written, at: 1 });
      expect(notes.of(id).text).toBe(written);
    }),
  );
  fc.assert(
    fc.property(fc.stringMatching(/^[a-z"*:() -]{6,40}$/), (written) => {
      const part = written.trim();
      fc.pre(part.length >= 3 && /[a-z]/.test(part));
      notes.set({ callId: id, text: written, at: 1 });
      expect(found(part)).toEqual([id]);
    }),
  );
});
