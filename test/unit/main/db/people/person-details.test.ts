import { expect, it, onTestFinished } from 'vitest';
import { SqliteCallLog } from '../../../../../src/main/db/call-log.ts';
import { ContactPages } from '../../../../../src/main/db/contact-pages.ts';
import { ContactStore } from '../../../../../src/main/db/contacts.ts';
import {
  doNotCallValue,
  type WrittenField,
} from '../../../../../src/main/db/people/person-details.ts';
import { History } from '../../../../../src/main/history/history.ts';
import type { PersonField } from '../../../../../src/shared/people/person-fields.ts';
import { endedCall, put } from '../../../../helpers/calls.ts';
import { emptyDatabase } from '../../../../helpers/database.ts';

const AT = 1_700_000_000_000;

function open() {
  const db = emptyDatabase();
  onTestFinished(() => {
    db.close();
  });
  return {
    log: new SqliteCallLog(db),
    store: new ContactStore(db),
    pages: new ContactPages(db),
    history: new History(db),
  };
}

const wrote = (field: PersonField, value: string, at = AT, by = 'Ana'): WrittenField => ({
  field,
  value,
  at,
  by,
});

it('the agent’s name for a person counts before their own, in lists, history and search', () => {
  const { log, store, pages, history } = open();
  put(log, endedCall(1, { party: { waId: '5511987654321', name: 'Jo' } }));
  store.write({ waId: '5511987654321' }, [
    wrote('name', 'João da Silva'),
    wrote('company', 'Padaria Sol'),
  ]);
  const [row] = pages.list('', undefined, 9).rows;
  expect(row).toMatchObject({ party: { name: 'João da Silva' }, company: 'Padaria Sol' });
  expect(pages.list('padaria', undefined, 9).rows).toHaveLength(1);
  expect(pages.get({ waId: '551187654321' }, undefined, 9)).toMatchObject({
    party: { name: 'João da Silva' },
    profileName: 'Jo',
    details: { company: 'Padaria Sol' },
  });
  expect(history.list({ text: 'joao da' }, undefined, 9).rows).toMatchObject([
    { party: { name: 'João da Silva' } },
  ]);
  // Also of a call that comes later, and after the agent has taken the name back.
  put(log, endedCall(2, { party: { waId: '5511987654321', name: 'Jo' } }));
  expect(history.list({ text: 'padaria' }, undefined, 9).rows).toHaveLength(2);
  store.write({ waId: '5511987654321' }, [wrote('name', '', AT + 1)]);
  expect(history.list({}, undefined, 9).rows).toMatchObject([
    { party: { name: 'Jo' } },
    { party: { name: 'Jo' } },
  ]);
  expect(history.list({ text: 'da Silva' }, undefined, 9).rows).toHaveLength(0);
});

it('of each field the last writing counts, in whatever order they arrive', () => {
  const { store } = open();
  const who = { waId: '5511987654321' };
  expect(store.write(who, [wrote('notes', 'second', AT + 2)])).toBe(true);
  expect(store.write(who, [wrote('notes', 'first', AT + 1)])).toBe(false);
  expect(store.write(who, [wrote('notes', 'second', AT + 2)])).toBe(false);
  expect(store.write(who, [wrote('company', 'Sol', AT)])).toBe(true);
  expect(store.details(who)).toEqual({ notes: 'second', company: 'Sol' });
});

it('what is told back by the relay does not undo what was written meanwhile', () => {
  const { store } = open();
  const who = { waId: '5511987654321' };
  store.write(who, [{ ...wrote('notes', 'first', AT), unsent: true }]);
  store.write(who, [{ ...wrote('notes', 'second', AT + 1), unsent: true }]);
  // The relay's time is when it stored the first one.
  expect(store.write(who, [{ ...wrote('notes', 'first', AT + 2), isEcho: true }])).toBe(false);
  expect(store.details(who)).toEqual({ notes: 'second' });
  const unsent = store.unsentPeople();
  expect(unsent.people).toMatchObject([{ party: who, fields: [{ value: 'second' }] }]);
  store.peopleSent(unsent);
  expect(store.unsentPeople().people).toEqual([]);
  expect(store.write(who, [{ ...wrote('notes', 'second', AT + 3), isEcho: true }])).toBe(true);
  // A teammate's later word counts.
  expect(store.write(who, [wrote('notes', 'theirs', AT + 4, 'Ben')])).toBe(true);
});

it('what was written down follows a person to another number, and back after an undone merge', () => {
  const { store } = open();
  const [before, now] = [{ waId: '5511900000001' }, { waId: '5511900000002' }];
  store.write(before, [wrote('doNotCall', doNotCallValue(true, 'asked so'), AT)]);
  store.move(before, now, AT + 60_000);
  expect(store.details(now).doNotCall).toEqual({ at: AT, by: 'Ana', reason: 'asked so' });
  expect(store.details(before)).toEqual({});
  const other = { userId: 'BR.7' };
  store.write(other, [wrote('name', 'Bia', AT)]);
  const merge = store.merge(now, other, { at: AT + 120_000, by: 'Ana' });
  expect(store.details(other)).toMatchObject({ name: 'Bia', doNotCall: { by: 'Ana' } });
  expect(store.shown(now)).toMatchObject({ name: 'Bia' });
  store.write(other, [wrote('doNotCall', doNotCallValue(false), AT + 180_000, 'Eva')]);
  expect(store.details(now).doNotCall).toBeUndefined();
  if (merge) store.unmerge(merge, { at: AT + 240_000, by: 'Ana' });
  expect(store.details(other)).toEqual({ name: 'Bia' });
  // The mark was lifted of the person who is not them after all.
  expect(store.details(now).doNotCall).toMatchObject({ reason: 'asked so' });
});

it('a person of whom only details are known is in the list', () => {
  const { store, pages } = open();
  store.write({ waId: '5511900000001' }, [wrote('name', 'Ana Lima')]);
  expect(pages.list('', undefined, 9).rows).toMatchObject([
    { party: { waId: '5511900000001', name: 'Ana Lima' }, last: 'added', lastAt: AT },
  ]);
});

it('a merge holds in a file from which only what is known was rescued', () => {
  const db = emptyDatabase();
  onTestFinished(() => {
    db.close();
  });
  const [kept, other] = [{ waId: '5511987654321' }, { waId: '16502530000' }];
  const before = new ContactStore(db);
  before.merge(kept, other, { at: AT, by: 'Ana' });
  db.exec('DELETE FROM person_alias');
  const after = new ContactStore(db);
  expect(after.personOf(other)).toBe('5511987654321');
});
