import Database from 'better-sqlite3';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { migrateStore } from '../../../../src/relay/store/migrations.ts';
import { sqliteStore } from '../../../../src/relay/store/sqlite-store.ts';
import type { Store } from '../../../../src/relay/store/store.ts';
import { inboundCallId } from '../../../../src/shared/call/ids.ts';
import { personKey } from '../../../../src/shared/lib/person-key.ts';
import type { LogBody, ProviderEntry } from '../../../../src/shared/protocol/log-entry.ts';
import type { PeopleEntry } from '../../../../src/shared/protocol/people.ts';
import type { Todo } from '../../../../src/shared/protocol/todo.ts';
import type { Party } from '../../../../src/shared/providers/events.ts';

const bia = { waId: '5511999990000' };
/** Bia's other number, which no provider knows to be hers. */
const work = { waId: '5511333330000' };
const third = { waId: '5511777770000' };
const ana = { id: 'ana', name: 'Ana' };
const AT = 1_700_000_000_000;
const CALL = 'wacid.1';

const provider = (event: ProviderEntry['event'], accountId: string, providerCallId?: string) => ({
  type: 'provider' as const,
  accountId,
  event,
  ...(providerCallId !== undefined && { providerCallId }),
});
const message = (party: Party = bia, accountId = 'main') =>
  provider({ kind: 'message', at: AT, party, messageId: 'm1', type: 'text' }, accountId);
const offer = provider({ kind: 'offer', at: AT, party: bia }, 'main', CALL);
const accepted = provider({ kind: 'status', at: AT + 5_000, status: 'accepted' }, 'main', CALL);
const ended = (startedAt?: number, party: Party = bia, id = CALL) => {
  const over = { kind: 'terminated' as const, at: AT + 30_000, party, failed: false };
  const event = { ...over, direction: 'inbound' as const, errors: [], startedAt };
  return provider(event, 'main', id);
};
const callId = inboundCallId('main', CALL);
const claimed: LogBody = { type: 'claimed', callId, by: ana };
const released: LogBody = { type: 'released', callId, by: ana, why: 'provider' };
const sent = (party: Party = bia, isRequest = false, at = AT + 60_000): LogBody => ({
  type: 'sent',
  accountId: 'main',
  by: ana,
  at,
  party,
  sent: isRequest ? { what: 'permission-request' } : { what: 'text', text: 'On its way' },
});
const noted = (accountId: string, callbackAt?: number, providerCallId = CALL): LogBody => ({
  type: 'noted',
  accountId,
  by: ana,
  at: AT + 20_000,
  party: bia,
  providerCallId,
  text: '',
  callbackAt,
});
const keyOf = (party: Party) => personKey(party) ?? '';
const merged = (one: Party, other: Party, { at = AT, undone = false, accountId = 'main' } = {}) => {
  const ends = { kept: keyOf(one), other: keyOf(other), undone };
  return { type: 'merged' as const, accountId, by: ana, at, ...ends };
};

let store: Store;
beforeEach(() => {
  store = open();
});
afterEach(() => store.close());

function open(): Store {
  const db = new Database(':memory:');
  migrateStore(db);
  return sqliteStore(db, (table, _key, why) => {
    throw new Error(`${table}: ${why}`);
  });
}

/** What an entry means elsewhere; the numbers of `rival` are another workspace's. */
async function elsewhere(body: LogBody) {
  const isOurs = (one: string, other: string) => (one === 'rival') === (other === 'rival');
  const answers = await store.answeredElsewhere({ body, at: AT }, isOurs);
  for (const answer of answers) await store.appendMessage(answer, AT);
  return answers.map(({ accountId, party, answer }) => ({ accountId, party, ...answer }));
}
async function hear(body: LogBody) {
  await store.appendMessage(body, AT);
  return elsewhere(body);
}
const tell = async (...bodies: readonly LogBody[]) => {
  for (const body of bodies) await store.appendMessage(body, AT);
};
/** Agents' word about people, as consoles give it. */
async function say(...words: readonly PeopleEntry[]) {
  const { head } = await store.extent();
  await store.people.add(words, AT);
  const told = await store.entriesAfter(head, words.length);
  return (await Promise.all(told.map(({ body }) => elsewhere(body)))).flat();
}
const waiting = async (): Promise<readonly string[]> =>
  (await store.todos(10)).map(({ accountId, customer }) => `${accountId}/${customer}`);

describe('a customer who waits at several numbers', () => {
  const other = async (): Promise<Todo | undefined> => store.todo('other', bia.waId);

  it('is answered at all of them, and each is told why', async () => {
    await tell(message(bia, 'other'), noted('other', AT + 1, 'wacid.9'), message());
    expect(await hear(sent())).toMatchObject([{ accountId: 'other', kind: 'wrote' }]);
    // Whoever was written to still has to be called.
    expect(Object.keys((await other())?.reasons ?? {})).toEqual(['callback']);
    await tell(offer);
    expect(await hear(claimed)).toMatchObject([{ kind: 'claimed' }]);
    expect((await other())?.closed).toMatchObject({ how: 'spoke', by: ana });
    expect(await hear(released)).toMatchObject([{ kind: 'released' }]);
    expect(Object.keys((await other())?.reasons ?? {})).toEqual(['callback']);
    expect(await hear(accepted)).toMatchObject([{ kind: 'spoke' }]);
    expect((await other())?.closed).toMatchObject({ how: 'spoke' });
    // Nothing is left to be said.
    expect(await hear(ended(AT + 5_000))).toEqual([]);
  });

  it('is known there by their user id alone', async () => {
    const userId = 'BR.1';
    await tell(message({ userId }, 'other'));
    expect(await hear(sent({ ...bia, userId }))).toMatchObject([
      { accountId: 'other', party: { userId } },
    ]);
    expect(await waiting()).toEqual([]);
  });

  it('goes on waiting for what nobody has answered', async () => {
    await tell(message(bia, 'other'));
    const request = sent(bia, true);
    const granted = { granted: true, permanent: false, source: 'user' as const };
    const permission = provider({ kind: 'permission', at: AT, party: bia, ...granted }, 'main');
    for (const body of [offer, ended(), noted('main'), permission, request]) {
      expect(await hear(body)).toEqual([]);
    }
    expect((await other())?.reasons.messages).toMatchObject({ count: 1 });
  });
});

describe('a person whose two numbers agents merged', () => {
  it('waits under neither once they are answered under one', async () => {
    await tell(message(work), message(work, 'other'), message());
    await say(merged(bia, work));
    expect(await hear(sent())).toEqual([
      { accountId: 'main', party: work, kind: 'wrote', at: AT + 60_000, by: ana, merged: true },
      { accountId: 'other', party: work, kind: 'wrote', at: AT + 60_000, by: ana, merged: true },
    ]);
    expect(await waiting()).toEqual([]);
  });

  it('waits again if the agent who took their call could not', async () => {
    await tell(message(work));
    await say(merged(work, bia));
    await tell(offer);
    await hear(claimed);
    expect(await waiting()).toEqual([]);
    await hear(ended());
    expect(await waiting()).toEqual([`main/${bia.waId}`, `main/${work.waId}`].toSorted());
  });

  it('is one through others, and through user ids', async () => {
    const userId = 'BR.7';
    // That the number and the id are one's, only another number's message told.
    await tell(message({ ...work, userId }, 'other'), message({ userId: 'BR.8' }), message(third));
    await say(merged(bia, { userId }), merged({ userId: 'BR.8' }, work), merged(third, bia));
    await hear(sent());
    expect(await waiting()).toEqual([]);
  });

  it('is two again when the merge is undone: who was not answered after all waits again', async () => {
    await tell(message(work));
    await say(merged(bia, work));
    await hear(sent());
    expect(await waiting()).toEqual([]);
    const undone = { at: AT + 1, undone: true };
    expect(await say(merged(bia, work, undone))).toMatchObject([
      { party: work, kind: 'parted', at: AT + 1 },
    ]);
    expect(await waiting()).toEqual([`main/${work.waId}`]);
    // Told for another number as well, and once more.
    expect(await say(merged(bia, work, { ...undone, accountId: 'other' }))).toEqual([]);
    expect(await say(merged(bia, work, undone))).toEqual([]);
    expect(await hear(sent())).toEqual([]);
    expect(await waiting()).toEqual([`main/${work.waId}`]);
  });

  it('stays answered if they themselves were, or another merge still holds', async () => {
    await tell(message(work), message());
    await say(merged(bia, work), merged(third, bia), merged(work, third));
    await hear(sent());
    expect(await say(merged(bia, work, { at: AT + 1, undone: true }))).toEqual([]);
    await say(merged(third, bia, { at: AT + 1, undone: true }));
    // Bia was written to herself.
    expect(await waiting()).toEqual([`main/${work.waId}`]);
  });

  it('stays answered when only the merge with somebody else is undone', async () => {
    await tell(message(work), message(third), message());
    await say(merged(bia, work), merged(bia, third));
    await hear(sent());
    // She writes again, and is answered again.
    await tell(message());
    await hear(sent(bia, false, AT + 90_000));
    const undone = { at: AT + 1, undone: true };
    expect(await say(merged(bia, third, undone))).toMatchObject([{ party: third }]);
    expect(await waiting()).toEqual([`main/${third.waId}`]);
    await say(merged(bia, work, undone));
    expect(await waiting()).toEqual([`main/${work.waId}`, `main/${third.waId}`].toSorted());
  });

  it('stays answered if somebody wrote to them or spoke with them afterwards', async () => {
    await tell(message(work), message(third));
    await say(merged(bia, work), merged(bia, third));
    await hear(sent());
    await hear(sent(work, false, AT + 90_000));
    await hear(ended(AT + 90_000, third, 'wacid.2'));
    await say(merged(bia, work, { at: AT + 1, undone: true }));
    await say(merged(bia, third, { at: AT + 1, undone: true }));
    expect(await waiting()).toEqual([]);
  });

  it('means nothing to another workspace', async () => {
    await tell(message(work, 'rival'), message(work));
    await say(merged(bia, work, { accountId: 'rival' }));
    expect(await hear(sent())).toEqual([]);
  });

  it('is one or two by the last word, in whatever order and however often it is told', async () => {
    const words = [
      merged(bia, work),
      merged(bia, work, { at: AT + 1, undone: true }),
      merged(bia, work, { at: AT + 2, accountId: 'other' }),
      merged(bia, work, { at: AT + 3, undone: true, accountId: 'other' }),
    ];
    const told = fc
      .shuffledSubarray(words, { minLength: 1 })
      .chain((order) => fc.tuple(fc.constant(order), fc.array(fc.constantFrom(...order))));
    await fc.assert(
      fc.asyncProperty(told, async ([order, again]) => {
        await store.close();
        store = open();
        await tell(message(work));
        for (const word of [...order, ...again]) await say(word);
        await hear(sent());
        const last = order.reduce((one, other) => (other.at > one.at ? other : one));
        expect(await waiting()).toEqual(last.undone ? [`main/${work.waId}`] : []);
      }),
      { numRuns: 15 },
    );
  });
});
