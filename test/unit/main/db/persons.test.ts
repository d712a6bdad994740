import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { SqliteCallLog } from '../../../../src/main/db/call-log.ts';
import { ContactPages } from '../../../../src/main/db/contact-pages.ts';
import { ContactStore } from '../../../../src/main/db/contacts.ts';
import { History } from '../../../../src/main/history/history.ts';
import { numberKey } from '../../../../src/shared/lib/person-key.ts';
import type { Party } from '../../../../src/shared/providers/events.ts';
import { endedCall, put } from '../../../helpers/calls.ts';
import { tempFolder } from '../../../helpers/temp.ts';
import { openDatabase } from '../../../../src/main/db/open.ts';
import { emptyDatabase } from '../../../helpers/database.ts';

function open(db = emptyDatabase()) {
  onTestFinished(() => {
    db.close();
  });
  const store = new ContactStore(db);
  let n = 0;
  const timeOf = (n: number) => 1_700_000_000_000 + n * 60_000;
  return {
    db,
    log: new SqliteCallLog(db),
    store,
    pages: new ContactPages(db),
    history: new History(db),
    wrote: (party: Party) =>
      store.add({
        identity: `support/${++n}`,
        accountId: 'support',
        party,
        at: timeOf(n),
        body: { kind: 'message-in', type: 'text', text: `text ${n}` },
      }),
    now: () => timeOf(n),
  };
}

/**
 * Format 3: Camila of Mexico, Rui of Brazil and Sol of Argentina, each under WhatsApp's spelling
 * and under the dialled one; a landline; a name that reverses text; an invisible name; a person
 * known by id only.
 */
function openFrozen() {
  const path = join(tempFolder(), 'calls.db');
  const frozen = join(import.meta.dirname, 'frozen', 'format-3.db.gz');
  writeFileSync(path, gunzipSync(readFileSync(frozen)));
  return open(openDatabase({ path }).db);
}

describe('migrating a database of format 3', () => {
  it('N3 merges two rows of one person, with WhatsApp’s spelling and both histories', () => {
    const { pages, store, db } = openFrozen();
    const { rows } = pages.list('', undefined, 200);
    const of = (name: string) => rows.filter(({ party }) => party.name?.startsWith(name));
    expect(of('Camila').map(({ party }) => party.waId)).toEqual(['5215512345678']);
    expect(of('Rui').map(({ party }) => party)).toEqual([
      { waId: '553188887777', userId: 'BR.2', name: 'Rui Costa' },
    ]);
    expect(of('Sol').map(({ party }) => party.waId)).toEqual(['5491123456789']);
    expect(of('Loja').map(({ party }) => party.waId)).toEqual(['553133334444']);
    expect(rows).toHaveLength(7);
    expect(pages.get({ waId: '525512345678' }, undefined, 50)).toMatchObject({
      party: { name: 'Camila Reyes', waId: '5215512345678' },
      items: [{ kind: 'call' }, { kind: 'permission' }, { kind: 'message-in', unread: false }],
    });
    // What came before messages were marked has been read.
    expect(rows.every(({ unread }) => unread === 0)).toBe(true);
    expect(pages.get({ waId: '5531988887777' }, undefined, 50).items).toHaveLength(2);
    expect(store.permission('support', { waId: '5215512345678' })).toMatchObject({
      checkedAt: 1_700_000_180_000,
    });
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
  });

  it('T1 U14 cleans names of existing rows, so that they can neither reverse text nor be invisible', () => {
    const { pages, history } = openFrozen();
    const { rows } = pages.list('', undefined, 200);
    expect(rows.find(({ party }) => party.waId === '5218112345678')?.party.name).toBe(
      'Bank gnp.liam@knab support',
    );
    expect(rows.find(({ party }) => party.waId === '16315550001')?.party.name).toBeUndefined();
    const calls = history.list({}, undefined, 50).rows;
    expect(calls.map(({ party }) => party.name)).toContain('Bank gnp.liam@knab support');
    expect(calls.find(({ party }) => party.waId === '16315550001')?.party.name).toBeUndefined();
  });
});

describe('a person', () => {
  it('N3 has their unread messages under every spelling, and after a move', () => {
    const { store, pages, wrote, now } = open();
    wrote({ waId: '553188887777', name: 'Rui' });
    store.move({ waId: '553188887777' }, { waId: '553199996666' }, now());
    expect(pages.list('', undefined, 9).rows).toMatchObject([{ unread: 1 }]);
    store.markRead({ waId: '5531999996666' }, Number.MAX_SAFE_INTEGER);
    expect(pages.list('', undefined, 9).rows).toMatchObject([{ unread: 0 }]);
  });

  it('is found whatever the accents, in the name and in what is typed', () => {
    const { pages, wrote } = open();
    wrote({ waId: '5531988887777', name: 'Léa D’Ávila' });
    wrote({ waId: '5531988886666', name: 'Lea Prado' });
    for (const text of ['lea', 'LÉA', 'léa'])
      expect(pages.list(text, undefined, 9).rows).toHaveLength(2);
    expect(pages.list('d’avi', undefined, 9).rows).toHaveLength(1);
    expect(pages.list('l%a', undefined, 9).rows).toHaveLength(0);
  });

  it('N3 has a name where only their number is known, as in a call that we place', () => {
    const { store, wrote } = open();
    wrote({ waId: '5531988887777', name: 'Rui' });
    expect(store.shown({ waId: '553188887777' }).name).toBe('Rui');
    expect(store.shown({ waId: '553188887777', name: 'Rui Costa' }).name).toBe('Rui Costa');
    expect(store.shown({ waId: '5531977776666' }).name).toBeUndefined();
  });

  it('N3 is found by every spelling: history, permission, missed calls', () => {
    const { log, store, pages, history, wrote } = open();
    wrote({ waId: '553188887777', name: 'Rui' });
    store.savePermission(
      'support',
      { waId: '553188887777' },
      {
        status: 'permanent',
        call: { allowed: true, limits: [] },
        request: { allowed: true, limits: [] },
        checkedAt: 5,
      },
    );
    put(log, endedCall(1, { party: { waId: '553188887777', name: 'Rui' } }));
    expect(log.unseenMissed()).toBe(1);
    const dialled = { waId: '5531988887777' };
    expect(store.permission('support', dialled)).toMatchObject({ status: 'permanent' });
    expect(store.history('support', dialled, 0)).toHaveLength(2);
    expect(store.spellingOf(dialled)).toEqual({ waId: '553188887777' });
    put(log, endedCall(2, { direction: 'outbound', party: dialled }, { kind: 'unanswered' }));
    expect(log.unseenMissed()).toBe(0);
    expect(pages.list('', undefined, 9).rows.map(({ party }) => party.waId)).toEqual([
      '553188887777',
    ]);
    expect(pages.list('+55 31 98888-7777', undefined, 9).rows).toHaveLength(1);
    expect(history.contact(dialled, 0)).toMatchObject({ missedToday: 1 });
  });

  it('N3 gets WhatsApp’s spelling as soon as it is reported', () => {
    const { log, store, wrote } = open();
    put(log, endedCall(1, { direction: 'outbound', party: { waId: '525512345678' } }));
    expect(store.spellingOf({ waId: '525512345678' })).toEqual({ waId: '525512345678' });
    wrote({ waId: '5215512345678' });
    put(log, endedCall(2, { direction: 'outbound', party: { waId: '525512345678' } }));
    expect(store.spellingOf({ waId: '525512345678' })).toEqual({ waId: '5215512345678' });
  });

  it('F6 who changes their number keeps history, permission and streak', () => {
    const { log, store, pages, wrote } = open();
    const moved = 1_700_000_000_000 + 150_000;
    const before = { waId: '5511900000001', userId: 'BR.1' };
    const now = { waId: '5511900000002', userId: 'BR.2' };
    wrote({ ...before, name: 'Ana' });
    put(log, endedCall(1, { direction: 'outbound', party: before }, { kind: 'unanswered' }));
    put(
      log,
      endedCall(2, { direction: 'outbound', party: { waId: before.waId } }, { kind: 'unanswered' }),
    );
    store.savePermission('support', before, {
      status: 'permanent',
      call: { allowed: true, limits: [] },
      request: { allowed: true, limits: [] },
      checkedAt: 5,
    });
    store.move(before, now, moved);
    store.move(before, now, moved);
    expect(pages.list('', undefined, 9).rows.map(({ party }) => party)).toEqual([
      { ...now, name: 'Ana' },
    ]);
    expect(pages.get(now, undefined, 9).items).toHaveLength(3);
    expect(store.history('support', { waId: now.waId }, 0).map(({ kind }) => kind)).toEqual([
      'business-call',
      'business-call',
      'customer-message',
    ]);
    expect(store.permission('support', now)).toMatchObject({ status: 'permanent' });
    // The next owner of the old number is somebody else.
    wrote({ waId: '5511999999999' });
    wrote({ waId: '5511999999999' });
    wrote({ waId: before.waId, name: 'Stranger' });
    expect(pages.get({ waId: before.waId }, undefined, 9).items).toHaveLength(1);
    expect(store.permission('support', { waId: before.waId })).toBeUndefined();
  });

  it('F6 who changes only the user id stays one person, with or without a number', () => {
    const { store, pages, wrote, now } = open();
    wrote({ userId: 'BR.1', name: 'Hidden' });
    wrote({ waId: '5511900000003', userId: 'BR.3' });
    store.move({ userId: 'BR.1' }, { userId: 'BR.2' }, now());
    store.move({ userId: 'BR.3' }, { userId: 'BR.4' }, now());
    wrote({ userId: 'BR.2' });
    wrote({ userId: 'BR.4', waId: '5511900000003' });
    const { rows } = pages.list('', undefined, 9);
    expect(rows.map(({ party }) => party)).toEqual([
      { waId: '5511900000003', userId: 'BR.4' },
      { userId: 'BR.2', name: 'Hidden' },
    ]);
    expect(pages.get({ userId: 'BR.2' }, undefined, 9).items).toHaveLength(2);
    expect(pages.get({ userId: 'BR.4' }, undefined, 9).items).toHaveLength(2);
  });

  it('F7 keeps the user name, and is found by it', () => {
    const { log, pages, history } = open();
    put(log, endedCall(1, { party: { userId: 'BR.1', username: 'ana.lima' } }));
    expect(pages.list('@ana', undefined, 9).rows.map(({ party }) => party)).toEqual([
      { userId: 'BR.1', username: 'ana.lima' },
    ]);
    expect(history.list({}, undefined, 9).rows[0]?.party).toMatchObject({ username: 'ana.lima' });
  });

  it('N* 300 numbers have the same key in SQL and in TypeScript', () => {
    const { db } = open();
    const insert = db.prepare<[string, string]>(
      `INSERT INTO contact_event (identity, account_id, wa_id, at, kind, body)
       VALUES (?, 'support', ?, 1, 'message-in', '{}')`,
    );
    const read = db.prepare<[string], { person: string }>(
      'SELECT person FROM contact_event WHERE identity = ?',
    );
    let n = 0;
    const numbers = fc.oneof(
      fc.stringMatching(/^\d{3,15}$/),
      fc.stringMatching(/^52(?:1|55)\d{9,10}$/),
      fc.stringMatching(/^55\d{2}9?[2-9]\d{7}$/),
      fc.stringMatching(/^549?\d{9,10}$/),
    );
    fc.assert(
      fc.property(numbers, (waId) => {
        insert.run(String(++n), waId);
        expect(read.get(String(n))?.person).toBe(numberKey(waId));
      }),
      { numRuns: 300, seed: 20261128 },
    );
  });
});

it('a customer’s last message is known for a day, under every spelling of their number', () => {
  const { store } = open();
  const day = 24 * 3_600_000;
  const add = (
    identity: string,
    at: number,
    type: string,
    text: string | undefined,
    party: Party,
  ) =>
    store.add({
      identity,
      accountId: 'support',
      party,
      at,
      body: { kind: 'message-in', type, text },
    });
  add('1', day, 'text', 'It came broken', { waId: '5511987654321' });
  add('2', day + 1, 'reaction', undefined, { waId: '551187654321' });
  add('3', day + 2, 'text', 'Someone else', { waId: '5511900000000' });
  const found = { type: 'text', text: 'It came broken', at: day };
  expect(store.lastMessage({ waId: '5511987654321' }, day + 1000)).toEqual(found);
  expect(store.lastMessage({ waId: '551187654321' }, 2 * day - 1)).toEqual(found);
  expect(store.lastMessage({ waId: '5511987654321' }, 2 * day)).toBeUndefined();
  add('4', day + 3, 'image', undefined, { waId: '551187654321' });
  expect(store.lastMessage({ waId: '5511987654321' }, day + 1000)).toEqual({
    type: 'image',
    text: undefined,
    at: day + 3,
  });
  expect(store.lastMessage({ userId: 'BR.1' }, day)).toBeUndefined();
});
