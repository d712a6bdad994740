import { describe, expect, it } from 'vitest';
import { LARGEST_ENTRY } from '../../../../src/shared/protocol/frames.ts';
import type { LogBody } from '../../../../src/shared/protocol/log-entry.ts';
import type { LogEntry } from '../../../../src/relay/store/store.ts';
import {
  ana,
  AT,
  ben,
  callIdOf,
  delivery,
  member,
  message,
  offer,
  relayedOffer,
  talking,
  terminated,
} from './bodies.ts';
import { everyStore } from './every-store.ts';

/** What every store must do with its log. */
everyStore((on) => {
  const { open, restart, all, cursorsOf, bodiesOf, ring, reached } = on;

  describe('the log', () => {
    it('keeps who waits, grants the first claim of them, and forgets nothing at a restart', async () => {
      await on.store.append(delivery(), [message('m1'), offer('wacid.1'), terminated('wacid.1')]);
      const [item] = await on.store.todos(10);
      expect(item?.reasons).toMatchObject({ messages: { count: 1 }, missed: { count: 1 } });
      const { accountId = '', customer = '' } = item ?? {};
      const act = (agent: typeof ana, gone?: string) =>
        on.store.changeTodo({
          accountId,
          customer,
          action: { kind: 'claim' },
          actor: { agent, supervises: false },
          gone,
          at: AT,
        });
      expect(await Promise.all([act(ana), act(ben)])).toMatchObject([
        { kind: 'granted', entry: { body: { type: 'todo', by: ana } } },
        { kind: 'refused', why: 'taken', by: ana },
      ]);
      await restart();
      expect(await on.store.todos(10)).toMatchObject([{ customer, owner: ana }]);
      expect(await on.store.todos(10, { accountId, customer })).toEqual([]);
      expect((await act(ben)).kind).toBe('refused');
      // Whoever asks says that the owner has left: what a node knows of agents decides nothing.
      expect((await act(ben, ana.id)).kind).toBe('granted');
      expect(await on.store.todo(accountId, customer)).toMatchObject({ owner: ben });
    });

    it('keeps what counts about people, longer than the log, and logs nothing twice', async () => {
      const wrote = (value: string, at: number) => ({
        type: 'described' as const,
        accountId: 'main',
        by: ana,
        at,
        party: { waId: '5511999991234' },
        fields: [{ field: 'name' as const, value }],
      });
      const merge = { accountId: 'main', by: ben, at: AT, kept: '5511999991234', other: 'u:BR.1' };
      const merged = { type: 'merged' as const, ...merge, undone: false };
      await on.store.people.add([wrote('Rui', AT), merged], AT + 1);
      await on.store.people.add([wrote('Earlier', AT - 1)], AT + 2);
      await on.store.people.add([wrote('Rui', AT)], AT + 3);
      expect(bodiesOf(await all())).toEqual([wrote('Rui', AT), merged]);
      expect(await on.store.people.page(0, 1)).toEqual({
        entries: [wrote('Rui', AT)],
        next: expect.any(Number),
      });
      await on.store.prune(AT + 60_000);
      await restart();
      expect(await all()).toEqual([]);
      expect(await on.store.people.page(0, 5)).toEqual({
        entries: [wrote('Rui', AT), merged],
        next: undefined,
      });
    });

    it('knows that a merged person is answered at each node, until the merge is undone', async () => {
      const other = '5511333330000';
      const merge = { type: 'merged' as const, accountId: 'main', by: ana, kept: other };
      const merged = { ...merge, at: AT, other: '5511999991234', undone: false };
      const undone = { ...merged, at: AT + 1, undone: true };
      const answersTo = (entry: LogEntry | undefined, from = on.store) =>
        entry ? from.answeredElsewhere(entry, () => true) : undefined;
      await on.store.append(delivery(), [message('m1')]);
      await on.store.people.add([merged], AT);
      const sent = { type: 'sent' as const, accountId: 'main', by: ana, at: AT };
      const wrote = {
        ...sent,
        party: { waId: other },
        sent: { what: 'text' as const, text: 'Hi' },
      };
      await on.store.appendMessage(wrote, AT, 'sent');
      const [answered] = (await answersTo((await all()).at(-1))) ?? [];
      expect(answered).toMatchObject({ answer: { kind: 'wrote', merged: true } });
      if (answered) await on.store.appendMessage(answered, AT, 'answered');
      expect(await on.store.todos(10)).toEqual([]);
      // Whatever else the log forgets, who is one person stays known.
      await restart();
      await on.store.people.add([undone], AT + 1);
      const [parted] = (await answersTo((await all()).at(-1))) ?? [];
      expect(parted).toMatchObject({ answer: { kind: 'parted' } });
      if (parted) await on.store.appendMessage(parted, AT, 'parted');
      expect(await on.store.todos(10)).toMatchObject([{ reasons: { messages: { count: 1 } } }]);
    });

    it('is empty at first, and reports what is stored safely', async () => {
      expect(await on.store.extent()).toEqual({ head: 0, prunedTo: 0 });
      expect(await all()).toEqual([]);
      expect(on.store.durable()).toBe(true);
    });

    it('gives each entry a higher cursor, in the order of the events', async () => {
      const first = await on.store.append(delivery(), [message('1'), message('2')]);
      const second = await on.store.append(delivery(AT + 1), [message('3')]);
      const entries = [...first, ...second];
      expect(await all()).toEqual(
        entries.map(({ cursor, at, accountId, body }) => ({ cursor, at, accountId, body })),
      );
      expect(bodiesOf(entries)).toEqual(['1', '2', '3'].map((id) => message(id).body));
      expect(entries.map(({ at }) => at)).toEqual([AT, AT, AT + 1]);
      const cursors = cursorsOf(entries);
      expect(cursors).toEqual([...new Set(cursors)].sort((a, b) => a - b));
      expect(cursors[0]).toBeGreaterThan(0);
      expect((await on.store.extent()).head).toBe(cursors[2]);
    });

    it('answers with the new entries, and with SDPs that consoles do not get', async () => {
      const [added] = await on.store.append(delivery(), [relayedOffer('1')]);
      expect(added).toMatchObject({ sdp: 'v=0 of WhatsApp', at: AT });
      expect(JSON.stringify(await all())).not.toContain('v=0 of WhatsApp');
    });

    it('adds nothing for a known event, in one delivery or a later one', async () => {
      expect(await on.store.append(delivery(), [message('1'), message('1')])).toHaveLength(1);
      expect(await on.store.append(delivery(AT + 60_000), [message('1')])).toEqual([]);
      const mixed = await on.store.append(delivery(), [message('1'), message('2'), message('1')]);
      expect(bodiesOf(mixed)).toEqual([message('2').body]);
      expect(await all()).toHaveLength(2);
    });

    it('stores a delivery that cannot be read, without an entry', async () => {
      expect(await on.store.append(delivery(), [])).toEqual([]);
      expect(await on.store.extent()).toEqual({ head: 0, prunedTo: 0 });
    });

    it('stores an event once that comes to two stores at the same time, many times', async () => {
      const other = await open();
      const deliveries = Array.from({ length: 40 }, (_, index) =>
        (index % 2 === 0 ? on.store : other).append(delivery(), [message(String(index >> 2))]),
      );
      const added = (await Promise.all(deliveries)).flat();
      expect(added).toHaveLength(10);
      await reached(other);
      const entries = await all();
      expect(cursorsOf(entries)).toEqual(cursorsOf(added).sort((a, b) => a - b));
      expect(await all(other)).toEqual(entries);
    });

    it('stores an agent’s message, once if it has an identity', async () => {
      const body: LogBody = {
        type: 'sent',
        accountId: 'main',
        by: ana,
        at: AT,
        party: { waId: '5511999991234' },
        sent: { what: 'text', text: 'Hello' },
      };
      await Promise.all([
        on.store.appendMessage(body, AT, 'main/sent:1'),
        on.store.appendMessage(body, AT, 'main/sent:1'),
      ]);
      await on.store.appendMessage(body, AT);
      await on.store.appendMessage(body, AT);
      expect(await all()).toHaveLength(3);
    });

    it('is read from any cursor in pages without gaps or repetitions', async () => {
      for (let n = 0; n < 5; n += 1) {
        await on.store.append(delivery(), [message(`${n}a`), message(`${n}b`), message(`${n}c`)]);
      }
      const entries = await all();
      expect(entries).toHaveLength(15);
      const read: LogEntry[] = [];
      for (;;) {
        const page = await on.store.entriesAfter(read.at(-1)?.cursor ?? 0, 4);
        if (page.length === 0) break;
        expect(page.length).toBeLessThanOrEqual(4);
        read.push(...page);
      }
      expect(read).toEqual(entries);
      for (const [index, { cursor }] of entries.entries()) {
        expect(await on.store.entriesAfter(cursor, 100)).toEqual(entries.slice(index + 1));
        expect(await on.store.entriesAfter(cursor - 1, 100)).toEqual(entries.slice(index));
      }
    });

    it('returns texts of any script and length unchanged', async () => {
      const { identity, body } = message('1');
      const text = '\u{1F4DE} Привет "\\" 電話'.repeat(10);
      const long = 'ã'.repeat(Math.floor(LARGEST_ENTRY / 2) - 1_000);
      const withText = (said: string): LogBody =>
        body.type === 'provider' && body.event.kind === 'message'
          ? { ...body, event: { ...body.event, text: said } }
          : body;
      const bodies = [withText(text), withText(long)];
      await on.store.append(
        delivery(),
        bodies.map((one, index) => ({ identity: `${identity}${index}`, body: one })),
      );
      expect(bodiesOf(await all())).toEqual(bodies);
    });

    it('has a new epoch once renewed, and otherwise the same one', async () => {
      const epoch = await on.store.epoch();
      expect(await on.store.epoch()).toBe(epoch);
      const other = await open();
      expect(await other.epoch()).toBe(epoch);
      await on.store.renewEpoch();
      const renewed = await on.store.epoch();
      expect(renewed).not.toBe(epoch);
      await restart();
      expect(await on.store.epoch()).toBe(renewed);
    });
  });

  it('knows what was written elsewhere after catching up', async () => {
    const other = await open();
    const [entry] = await on.store.append(delivery(), [offer('1')]);
    await other.catchUp();
    expect(await all(other)).toMatchObject([{ cursor: entry?.cursor }]);
  });

  describe('old entries', () => {
    it('are removed, and the log reports from where it is complete', async () => {
      await ring('1', AT);
      await on.store.append(delivery(AT), [message('old')]);
      await on.store.saveRelayedCall({ ...talking('2'), state: { kind: 'ended' } }, [], AT);
      await on.store.saveRelayedCall(talking('3'), [], AT);
      const old = await all();
      await on.store.append(delivery(AT + 1_000), [message('new')]);
      const kept = (await all()).slice(old.length);
      expect(await on.store.prune(AT + 500)).toBe(old.length);
      expect(await all()).toEqual(kept);
      expect(await on.store.extent()).toEqual({
        head: kept[0]?.cursor,
        prunedTo: old.at(-1)?.cursor,
      });
      expect(await on.store.call(callIdOf('1'))).toBeUndefined();
      expect(await on.store.relayedCall(callIdOf('2'))).toBeUndefined();
      expect(await on.store.relayedCall(callIdOf('3'))).toBeDefined();
      expect(await on.store.prune(AT + 500)).toBe(0);
    });

    it('leave no gap, and their cursors are never reused', async () => {
      await on.store.append(delivery(AT), [message('1')]);
      // The clock was set back between the two.
      await on.store.append(delivery(AT + 5_000), [message('2')]);
      await on.store.append(delivery(AT), [message('3')]);
      const [, , last] = await all();
      expect(await on.store.prune(AT + 1)).toBe(3);
      expect(await on.store.extent()).toEqual({ head: last?.cursor, prunedTo: last?.cursor });
      await restart();
      const [next] = await on.store.append(delivery(AT), [message('1')]);
      expect(next?.cursor).toBeGreaterThan(last?.cursor ?? 0);
    });
  });

  describe('a restarted store', () => {
    it('still has everything that it acknowledged', async () => {
      const other = await open();
      await on.store.agents.add([{ ...member('ana'), tokenHash: 'hash' }], AT);
      const callId = await ring('1');
      const reserved = await ring('2');
      await on.store.append(delivery(), [relayedOffer('3')]);
      await Promise.all([
        on.store.claim(callId, ana, AT),
        other.reserve(reserved, ben),
        other.decline(reserved, 'ana'),
        on.store.agents.wrapUp('ana', AT + 9),
        on.store.saveRelayedCall({ ...talking('3'), dtmf: '9' }, [], AT),
        on.store.append(delivery(), [message('1')]),
        other.append(delivery(), [message('2')]),
      ]);
      const look = async () => ({
        entries: await all(),
        extent: await on.store.extent(),
        epoch: await on.store.epoch(),
        calls: [await on.store.call(callId), await on.store.call(reserved)],
        ringing: await on.store.ringing(0),
        relayed: await on.store.openRelayedCalls(),
        agents: await on.store.agents.list(),
        holders: await on.store.agentsWithReservations(),
      });
      const before = await look();
      expect(before.entries).toHaveLength(6);
      expect(before.calls).toMatchObject([
        { claimedBy: ana },
        { reservedBy: ben, declinedBy: ['ana'] },
      ]);
      expect(before.relayed).toMatchObject([{ dtmf: '9' }]);
      await restart();
      expect(await look()).toEqual(before);
      expect(await on.store.append(delivery(), [message('1'), message('2')])).toEqual([]);
    });
  });
});
