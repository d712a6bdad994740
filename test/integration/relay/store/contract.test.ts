import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { LARGEST_ENTRY, type LogBody } from '../../../../src/shared/protocol/frames.ts';
import {
  TakenOver,
  type LogEntry,
  type Store,
  type Verdict,
} from '../../../../src/relay/store/store.ts';
import {
  accepted,
  ana,
  announced,
  AT,
  ben,
  callIdOf,
  delivery,
  member,
  message,
  moved,
  offer,
  relayedOffer,
  talking,
  terminated,
} from './bodies.ts';
import { STORES, type StorePlace } from './stores.ts';

/** What every store must do, whatever it is built on; each test opens one as often as it likes. */
describe.each(STORES)('a store in $name', ({ start }) => {
  let kind: Awaited<ReturnType<typeof start>>;
  let place: StorePlace;
  let opened: Store[] = [];
  let store: Store;

  const open = async (): Promise<Store> => {
    const another = await place.open();
    opened.push(another);
    return another;
  };
  const restart = async (): Promise<void> => {
    await Promise.all(opened.map((one) => one.close()));
    opened = [];
    store = await open();
  };

  beforeAll(async () => {
    kind = await start();
  });
  afterAll(() => kind.stop());
  beforeEach(async () => {
    place = kind.place();
    store = await open();
  });
  afterEach(async () => {
    await Promise.all(opened.map((one) => one.close()));
    opened = [];
    await place.close();
  });

  const all = (from = store) => from.entriesAfter(0, 1_000);
  const cursorsOf = (entries: readonly LogEntry[]) => entries.map(({ cursor }) => cursor);
  const bodiesOf = (entries: readonly LogEntry[]) => entries.map(({ body }) => body);
  const ring = async (id: string, at = AT) => {
    await store.append(delivery(at), [offer(id, at)]);
    return callIdOf(id);
  };
  const granted = (verdicts: readonly Verdict[]) =>
    verdicts.filter(({ kind }) => kind === 'granted');

  /** Resolves when a store, perhaps of another node, knows what `store` knows. */
  const reached = async (other: Store) => {
    const { head } = await store.extent();
    await new Promise<void>((resolve, reject) => {
      const look = async () => {
        if ((await other.extent()).head < head) return;
        stop();
        resolve();
      };
      const stop = other.watch(() => void look().catch(reject));
      look().catch(reject);
    });
  };

  describe('the log', () => {
    it('keeps who waits, grants the first claim of them, and forgets nothing at a restart', async () => {
      await store.append(delivery(), [message('m1'), offer('wacid.1'), terminated('wacid.1')]);
      const [item] = await store.todos(10);
      expect(item?.reasons).toMatchObject({ messages: { count: 1 }, missed: { count: 1 } });
      const { accountId = '', customer = '' } = item ?? {};
      const act = (agent: typeof ana, gone?: string) =>
        store.changeTodo({
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
      expect(await store.todos(10)).toMatchObject([{ customer, owner: ana }]);
      expect(await store.todos(10, { accountId, customer })).toEqual([]);
      expect((await act(ben)).kind).toBe('refused');
      // Whoever asks says that the owner has left: what a node knows of agents decides nothing.
      expect((await act(ben, ana.id)).kind).toBe('granted');
      expect(await store.todo(accountId, customer)).toMatchObject({ owner: ben });
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
      await store.people.add([wrote('Rui', AT), merged], AT + 1);
      await store.people.add([wrote('Earlier', AT - 1)], AT + 2);
      await store.people.add([wrote('Rui', AT)], AT + 3);
      expect(bodiesOf(await all())).toEqual([wrote('Rui', AT), merged]);
      expect(await store.people.page(0, 1)).toEqual({
        entries: [wrote('Rui', AT)],
        next: expect.any(Number),
      });
      await store.prune(AT + 60_000);
      await restart();
      expect(await all()).toEqual([]);
      expect(await store.people.page(0, 5)).toEqual({
        entries: [wrote('Rui', AT), merged],
        next: undefined,
      });
    });

    it('is empty at first, and reports what is stored safely', async () => {
      expect(await store.extent()).toEqual({ head: 0, prunedTo: 0 });
      expect(await all()).toEqual([]);
      expect(store.durable()).toBe(true);
    });

    it('gives each entry a higher cursor, in the order of the events', async () => {
      const first = await store.append(delivery(), [message('1'), message('2')]);
      const second = await store.append(delivery(AT + 1), [message('3')]);
      const entries = [...first, ...second];
      expect(await all()).toEqual(
        entries.map(({ cursor, at, accountId, body }) => ({ cursor, at, accountId, body })),
      );
      expect(bodiesOf(entries)).toEqual(['1', '2', '3'].map((id) => message(id).body));
      expect(entries.map(({ at }) => at)).toEqual([AT, AT, AT + 1]);
      const cursors = cursorsOf(entries);
      expect(cursors).toEqual([...new Set(cursors)].sort((a, b) => a - b));
      expect(cursors[0]).toBeGreaterThan(0);
      expect((await store.extent()).head).toBe(cursors[2]);
    });

    it('answers with the new entries, and with SDPs that consoles do not get', async () => {
      const [added] = await store.append(delivery(), [relayedOffer('1')]);
      expect(added).toMatchObject({ sdp: 'v=0 of WhatsApp', at: AT });
      expect(JSON.stringify(await all())).not.toContain('v=0 of WhatsApp');
    });

    it('adds nothing for a known event, in one delivery or a later one', async () => {
      expect(await store.append(delivery(), [message('1'), message('1')])).toHaveLength(1);
      expect(await store.append(delivery(AT + 60_000), [message('1')])).toEqual([]);
      const mixed = await store.append(delivery(), [message('1'), message('2'), message('1')]);
      expect(bodiesOf(mixed)).toEqual([message('2').body]);
      expect(await all()).toHaveLength(2);
    });

    it('stores a delivery that cannot be read, without an entry', async () => {
      expect(await store.append(delivery(), [])).toEqual([]);
      expect(await store.extent()).toEqual({ head: 0, prunedTo: 0 });
    });

    it('stores an event once that comes to two stores at the same time, many times', async () => {
      const other = await open();
      const deliveries = Array.from({ length: 40 }, (_, index) =>
        (index % 2 === 0 ? store : other).append(delivery(), [message(String(index >> 2))]),
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
        store.appendMessage(body, AT, 'main/sent:1'),
        store.appendMessage(body, AT, 'main/sent:1'),
      ]);
      await store.appendMessage(body, AT);
      await store.appendMessage(body, AT);
      expect(await all()).toHaveLength(3);
    });

    it('is read from any cursor in pages without gaps or repetitions', async () => {
      for (let n = 0; n < 5; n += 1) {
        await store.append(delivery(), [message(`${n}a`), message(`${n}b`), message(`${n}c`)]);
      }
      const entries = await all();
      expect(entries).toHaveLength(15);
      const read: LogEntry[] = [];
      for (;;) {
        const page = await store.entriesAfter(read.at(-1)?.cursor ?? 0, 4);
        if (page.length === 0) break;
        expect(page.length).toBeLessThanOrEqual(4);
        read.push(...page);
      }
      expect(read).toEqual(entries);
      for (const [index, { cursor }] of entries.entries()) {
        expect(await store.entriesAfter(cursor, 100)).toEqual(entries.slice(index + 1));
        expect(await store.entriesAfter(cursor - 1, 100)).toEqual(entries.slice(index));
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
      await store.append(
        delivery(),
        bodies.map((one, index) => ({ identity: `${identity}${index}`, body: one })),
      );
      expect(bodiesOf(await all())).toEqual(bodies);
    });

    it('has a new epoch once renewed, and otherwise the same one', async () => {
      const epoch = await store.epoch();
      expect(await store.epoch()).toBe(epoch);
      const other = await open();
      expect(await other.epoch()).toBe(epoch);
      await store.renewEpoch();
      const renewed = await store.epoch();
      expect(renewed).not.toBe(epoch);
      await restart();
      expect(await store.epoch()).toBe(renewed);
    });
  });

  describe('claims in the store', () => {
    it('know a call from its offer on, which rings since then', async () => {
      const callId = await ring('1');
      const [entry] = await all();
      const call = await store.call(callId);
      expect(call).toEqual({
        callId,
        offer: { at: AT, cursor: entry?.cursor },
        accountId: 'main',
        assigned: undefined,
        ended: false,
        claimedBy: undefined,
        reservedBy: undefined,
        declinedBy: [],
      });
      expect(await store.ringing(AT)).toEqual([call]);
      expect(await store.ringing(AT + 1)).toEqual([]);
      expect(await store.call(callIdOf('2'))).toBeUndefined();
    });

    it('know a call from its announcement, too, whichever comes first', async () => {
      await store.append(delivery(), [announced('1')]);
      await store.append(delivery(AT + 5), [offer('1', AT + 5)]);
      expect((await store.call(callIdOf('1')))?.offer?.at).toBe(AT);
      expect(await store.ringing(AT)).toHaveLength(1);
    });

    it('never let a call ring when its end came first, or it was accepted elsewhere', async () => {
      await store.append(delivery(), [terminated('1')]);
      await store.append(delivery(), [offer('1')]);
      await store.append(delivery(), [offer('2'), accepted('2')]);
      expect(await store.ringing(0)).toEqual([]);
      expect(await store.claim(callIdOf('1'), ana, AT)).toMatchObject({ why: 'ended' });
      expect(await store.claim(callIdOf('2'), ana, AT)).toMatchObject({ why: 'ended' });
      expect(await store.claim(callIdOf('3'), ana, AT)).toMatchObject({ why: 'unknown' });
    });

    it('go to the first agent; others learn who won, and the winner may repeat it', async () => {
      const callId = await ring('1');
      expect(await store.claim(callId, ana, AT + 1)).toMatchObject({
        kind: 'granted',
        entry: { at: AT + 1, body: { type: 'claimed', callId, by: ana } },
      });
      expect(await store.claim(callId, ana, AT + 2)).toEqual({ kind: 'granted' });
      expect(await store.claim(callId, ben, AT + 3)).toEqual({
        kind: 'refused',
        why: 'taken',
        by: ana,
      });
      expect(await store.ringing(0)).toEqual([]);
      expect((await all()).filter(({ body }) => body.type === 'claimed')).toHaveLength(1);
      // The provider's `accepted` ends nothing if the call is one of our agents'.
      await store.append(delivery(), [accepted('1')]);
      expect(await store.call(callId)).toMatchObject({ ended: false, claimedBy: ana });
    });

    it('have one winner when many agents at two stores claim many calls at once', async () => {
      const other = await open();
      const calls = await Promise.all(Array.from({ length: 10 }, (_, n) => ring(`${n}`)));
      const agents = Array.from({ length: 8 }, (_, n) => ({ id: `a${n}`, name: `Agent ${n}` }));
      const races = await Promise.all(
        calls.map(async (callId, turn) => {
          const order = [...agents.slice(turn % 8), ...agents.slice(0, turn % 8)];
          const verdicts = await Promise.all(
            order.map((agent, n) => ((n + turn) % 2 ? store : other).claim(callId, agent, AT)),
          );
          return { callId, verdicts };
        }),
      );
      for (const { callId, verdicts } of races) {
        const [winner] = granted(verdicts);
        expect(granted(verdicts)).toHaveLength(1);
        expect(winner).toMatchObject({ entry: { body: { type: 'claimed', callId } } });
        const by = (await other.call(callId))?.claimedBy;
        expect((await store.call(callId))?.claimedBy).toEqual(by);
        for (const verdict of verdicts.filter(({ kind }) => kind === 'refused')) {
          expect(verdict).toEqual({ kind: 'refused', why: 'taken', by });
        }
      }
      const claimed = (await all()).filter(({ body }) => body.type === 'claimed');
      expect(claimed).toHaveLength(calls.length);
    });

    it('are kept for the holder of a reservation until it is dropped', async () => {
      const other = await open();
      const callId = await ring('1');
      const verdicts = await Promise.all([
        store.reserve(callId, ana),
        other.reserve(callId, ben),
        store.reserve(callId, ana),
        other.reserve(callId, ben),
      ]);
      const holder = (await store.call(callId))?.reservedBy ?? ana;
      const loser = holder.id === 'ana' ? ben : ana;
      expect(granted(verdicts)).toHaveLength(2);
      expect(await other.claim(callId, loser, AT)).toEqual({
        kind: 'refused',
        why: 'reserved',
        by: holder,
      });
      expect(await store.agentsWithReservations()).toEqual([holder.id]);
      await store.dropReservations(holder.id);
      expect(await store.agentsWithReservations()).toEqual([]);
      expect(await store.claim(callId, loser, AT)).toMatchObject({ kind: 'granted' });
      expect(await store.reserve(callId, holder)).toMatchObject({ why: 'taken', by: loser });
    });

    it('can be released, and the call rings again', async () => {
      const callId = await ring('1');
      expect(await store.release(callId, ana, 'no media', AT)).toEqual({
        kind: 'refused',
        why: 'not-yours',
      });
      await store.reserve(callId, ana);
      await store.claim(callId, ana, AT);
      expect(await store.release(callId, ben, 'mine', AT)).toMatchObject({ why: 'taken', by: ana });
      expect(await store.release(callId, ana, 'no media', AT + 2)).toMatchObject({
        kind: 'granted',
        entry: { at: AT + 2, body: { type: 'released', callId, by: ana, why: 'no media' } },
      });
      expect(await store.ringing(AT)).toMatchObject([{ callId }]);
      expect(await store.claim(callId, ben, AT)).toMatchObject({ kind: 'granted' });
    });

    it('remember who declined, which ends their reservation', async () => {
      const other = await open();
      const callId = await ring('1');
      await store.reserve(callId, ana);
      expect(await store.decline(callId, 'ana')).toMatchObject({
        declinedBy: ['ana'],
        reservedBy: undefined,
      });
      await Promise.all([store.decline(callId, 'ben'), other.decline(callId, 'cai')]);
      await store.catchUp();
      const declined = (await store.call(callId))?.declinedBy ?? [];
      expect([...declined].sort()).toEqual(['ana', 'ben', 'cai']);
      expect(await store.decline(callIdOf('none'), 'ana')).toBeUndefined();
    });

    it('end with the provider’s report', async () => {
      const callId = await ring('1');
      await store.reserve(callId, ana);
      await store.append(delivery(), [terminated('1')]);
      expect(await store.call(callId)).toMatchObject({ ended: true, reservedBy: undefined });
      expect(await store.agentsWithReservations()).toEqual([]);
      expect(await store.claim(callId, ana, AT)).toMatchObject({ kind: 'refused', why: 'ended' });
    });

    it('assign a call to the agent who last took one of the same customer', async () => {
      await store.claim(await ring('1'), ana, AT);
      await store.claim(await ring('2'), ben, AT + 1);
      expect((await store.call(await ring('3')))?.assigned).toBe('ben');
      await store.append(delivery(), [moved('5511999991234', '5511888881234')]);
      expect((await store.call(callIdOf('3')))?.assigned).toBeUndefined();
    });
  });

  describe('a relayed call', () => {
    it('is open from its offer on, unless its end came first', async () => {
      await store.append(delivery(), [relayedOffer('1')]);
      await store.append(delivery(), [terminated('2')]);
      await store.append(delivery(), [relayedOffer('2')]);
      expect(await store.openRelayedCalls()).toMatchObject([
        { callId: callIdOf('1'), offerSdp: 'v=0 of WhatsApp', state: { kind: 'ringing' } },
      ]);
      expect(await store.relayedCall(callIdOf('2'))).toBeUndefined();
    });

    it('is saved together with its entries', async () => {
      await store.append(delivery(), [relayedOffer('1')]);
      const callId = callIdOf('1');
      const bodies: LogBody[] = [
        { type: 'dtmf', callId, digit: '1' },
        { type: 'dtmf', callId, digit: '2' },
      ];
      const saved = await store.saveRelayedCall({ ...talking('1'), dtmf: '12' }, bodies, AT + 3);
      expect(saved.record.dtmf).toBe('12');
      expect(saved.entries).toMatchObject(bodies.map((body) => ({ at: AT + 3, body })));
      expect(await store.relayedCall(callId)).toEqual(saved.record);
      expect((await all()).slice(1)).toEqual(saved.entries);
    });

    it('is saved completely or not at all', async () => {
      await store.saveRelayedCall(talking('1'), [], AT);
      const callId = callIdOf('1');
      const broken: LogBody = {
        type: 'dtmf',
        callId,
        get digit(): string {
          throw new Error('cannot be written');
        },
      };
      const save = async () =>
        store.saveRelayedCall(
          { ...talking('1'), dtmf: '12' },
          [{ type: 'dtmf', callId, digit: '1' }, broken],
          AT,
        );
      await expect(save()).rejects.toThrow('cannot be written');
      expect(await all()).toEqual([]);
      expect(await store.relayedCall(callId)).toMatchObject({ dtmf: '' });
    });

    it('has the cursor of the entry that offered it', async () => {
      const { saved, body } = await offerToBen(store);
      const [entry] = saved.entries;
      expect(entry?.body).toEqual(body);
      expect(saved.record.state).toMatchObject({ callOffer: { cursor: entry?.cursor } });
      expect(await store.relayedCall(saved.record.callId)).toEqual(saved.record);
    });

    it('is taken over from a dead node by the first to try, and that node can no longer save it', async () => {
      await store.append(delivery(), [{ ...relayedOffer('1'), node: 'a' }]);
      const callId = callIdOf('1');
      const record = await store.relayedCall(callId);
      expect(record).toMatchObject({ node: 'a' });
      const other = await open();
      await other.catchUp();
      const tries = [
        store.adoptRelayedCall(callId, 'a', 'b'),
        other.adoptRelayedCall(callId, 'a', 'c'),
      ];
      expect((await Promise.all(tries)).filter((one) => one !== undefined)).toHaveLength(1);
      await expect(
        store.saveRelayedCall({ ...talking('1'), node: 'a' }, [], AT),
      ).rejects.toBeInstanceOf(TakenOver);
      const now = await store.relayedCall(callId);
      expect(now?.node).not.toBe('a');
      await store.saveRelayedCall({ ...talking('1'), ...now, state: { kind: 'ended' } }, [], AT);
      expect(await store.adoptRelayedCall(callId, now?.node, 'd')).toBeUndefined();
    });

    it('is closed once it is over, and nobody can claim it', async () => {
      await store.append(delivery(), [relayedOffer('1'), relayedOffer('2')]);
      const callId = callIdOf('1');
      await store.saveRelayedCall({ ...talking('1'), state: { kind: 'ended' } }, [], AT);
      expect(await store.openRelayedCalls()).toMatchObject([{ callId: callIdOf('2') }]);
      expect(await store.relayedCall(callId)).toMatchObject({ state: { kind: 'ended' } });
      expect(await store.claim(callId, ana, AT)).toMatchObject({ why: 'ended' });
    });
  });

  it('knows what was written elsewhere after catching up', async () => {
    const other = await open();
    const [entry] = await store.append(delivery(), [offer('1')]);
    await other.catchUp();
    expect(await all(other)).toMatchObject([{ cursor: entry?.cursor }]);
  });

  describe('invitations in the store', () => {
    const DAY = 86_400_000;
    const invitation = (id: string, agentId = 'ana') => ({
      id,
      codeHash: `code of ${id}`,
      agentId,
      expiresAt: AT + DAY,
    });
    const redeem = (id: string, token: string, from = store, at = AT + 1) =>
      from.invitations.redeem(`code of ${id}`, token, at);
    beforeEach(async () => {
      await store.agents.add([{ ...member('ana'), tokenHash: 'nobody knows' }], AT);
    });

    it('are redeemed by one of two consoles that try at once, and by that one again', async () => {
      const other = await open();
      expect(await store.invitations.add(invitation('one'), AT)).toBe(true);
      await other.catchUp();
      const verdicts = await Promise.all([redeem('one', 'here'), redeem('one', 'there', other)]);
      expect(verdicts.map(({ kind }) => kind).toSorted()).toEqual(['granted', 'used']);
      const winner = verdicts[0]?.kind === 'granted' ? 'here' : 'there';
      await store.catchUp();
      expect(await store.agents.byTokenHash(winner)).toMatchObject({ id: 'ana' });
      expect(await store.agents.byTokenHash('nobody knows')).toBeUndefined();
      await restart();
      expect(await redeem('one', winner)).toMatchObject({ kind: 'granted', agentId: 'ana' });
      // Not after the agent has moved on.
      await store.agents.rotate('ana', 'newer');
      expect(await redeem('one', winner)).toEqual({ kind: 'used' });
      expect(await store.agents.byTokenHash('newer')).toMatchObject({ id: 'ana' });
    });

    it('end with their time, when revoked, replaced, or without their agent', async () => {
      expect(await redeem('none', 'token')).toEqual({ kind: 'unknown' });
      await store.invitations.add(invitation('late'), AT);
      expect(await redeem('late', 'token', store, AT + DAY)).toEqual({ kind: 'expired' });
      // A new one replaces it.
      await store.invitations.add(invitation('second'), AT);
      expect(await redeem('late', 'token')).toEqual({ kind: 'revoked' });
      expect(await store.invitations.revoke('second', AT + 1)).toBe(true);
      expect(await store.invitations.revoke('second', AT + 1)).toBe(false);
      expect(await redeem('second', 'token')).toEqual({ kind: 'revoked' });
      // An agent of the same id, later, is another person.
      await store.invitations.add(invitation('third'), AT);
      await store.agents.remove('ana');
      await store.agents.add([{ ...member('ana'), tokenHash: 'another' }], AT);
      expect(await redeem('third', 'token')).toEqual({ kind: 'revoked' });
      expect(await store.invitations.list()).toMatchObject([
        { id: 'late', agentId: 'ana', expiresAt: AT + DAY, revokedAt: AT },
        { id: 'second', revokedAt: AT + 1 },
        { id: 'third', revokedAt: AT },
      ]);
    });

    it('are added once, whatever became of them', async () => {
      await store.invitations.add(invitation('one'), AT);
      await redeem('one', 'token');
      expect(await store.invitations.add(invitation('one'), AT + 2)).toBe(false);
      expect(await redeem('one', 'other')).toEqual({ kind: 'used' });
      expect(await store.invitations.find('code of one')).toBe('ana');
      expect(await store.invitations.find('code of two')).toBeUndefined();
      // What ended long ago is forgotten.
      await store.invitations.add(invitation('two'), AT + 100 * DAY);
      expect((await store.invitations.list()).map(({ id }) => id)).toEqual(['two']);
    });
  });

  describe('agents in the store', () => {
    it('are added once each, listed by id and found by their token', async () => {
      const other = await open();
      const added = await Promise.all([
        store.agents.add([{ ...member('ben'), tokenHash: 'hash-1' }], AT),
        other.agents.add([{ ...member('ben'), tokenHash: 'hash-2' }], AT),
        store.agents.add(
          [{ ...member('ana', { role: 'supervisor', team: 'sales' }), tokenHash: 'hash-3' }],
          AT + 1,
        ),
      ]);
      expect(added.filter((taken) => taken.length === 0)).toHaveLength(2);
      expect(added.flat()).toEqual(['ben']);
      const records = await store.agents.list();
      expect(records.map(({ id }) => id)).toEqual(['ana', 'ben']);
      expect(records[0]).toMatchObject({ role: 'supervisor', team: 'sales', addedAt: AT + 1 });
      expect(await store.agents.byTokenHash('hash-3')).toMatchObject({ id: 'ana' });
      const isFirst = added[0]?.length === 0;
      const [winning, losing] = isFirst ? ['hash-1', 'hash-2'] : ['hash-2', 'hash-1'];
      expect(await store.agents.byTokenHash(winning)).toMatchObject(member('ben'));
      expect(await store.agents.byTokenHash(losing)).toBeUndefined();
    });

    it('are added all together or not at all', async () => {
      const hashed = (id: string) => ({ ...member(id), tokenHash: `hash of ${id}` });
      expect(await store.agents.add([hashed('ana')], AT)).toEqual([]);
      expect(await store.agents.add(['ben', 'ana', 'cid'].map(hashed), AT)).toEqual(['ana']);
      expect((await store.agents.list()).map(({ id }) => id)).toEqual(['ana']);
      expect(await store.agents.add(['ben', 'cid'].map(hashed), AT)).toEqual([]);
      expect(await store.agents.byTokenHash('hash of cid')).toMatchObject({ id: 'cid' });
    });

    it('have the numbers of their workspace, or some of them', async () => {
      await store.agents.add([{ ...member('ana'), tokenHash: 'hash' }], AT);
      await store.agents.update('ana', { numbers: ['main'], workspace: 'sales' });
      await store.agents.update('ana', { calls: 'outbound-only', role: 'admin' });
      expect(await store.agents.byTokenHash('hash')).toMatchObject({
        workspace: 'sales',
        numbers: ['main'],
        calls: 'outbound-only',
        role: 'admin',
      });
      await store.agents.update('ana', { numbers: 'all' });
      expect((await store.agents.list())[0]?.numbers).toBe('all');
    });

    it('choose from what their workspace was given last, here and at another node', async () => {
      const other = await open();
      expect(await store.agents.wrapUpForms()).toEqual(new Map());
      const before = await store.agents.version();
      const first = { outcomes: ['Solved'], tags: [], required: false };
      const last = { outcomes: ['Solved', 'Open'], tags: ['VIP'], required: true };
      await store.agents.setWrapUpForm('east', first);
      await store.agents.setWrapUpForm('west', first);
      await store.agents.setWrapUpForm('east', last);
      const forms = new Map(Object.entries({ east: last, west: first }));
      expect(await store.agents.wrapUpForms()).toEqual(forms);
      expect(await store.agents.version()).not.toBe(before);
      await other.catchUp();
      expect(await other.agents.wrapUpForms()).toEqual(forms);
    });

    it('change only in the given fields, and an empty team removes it', async () => {
      await store.agents.add([{ ...member('ana', { team: 'sales' }), tokenHash: 'hash' }], AT);
      expect(await store.agents.update('ana', { role: 'supervisor' })).toBe(true);
      expect(await store.agents.byTokenHash('hash')).toMatchObject({
        role: 'supervisor',
        team: 'sales',
        calls: 'all',
      });
      await store.agents.update('ana', { team: '', calls: 'none' });
      expect(await store.agents.byTokenHash('hash')).toMatchObject({
        role: 'supervisor',
        calls: 'none',
      });
      expect((await store.agents.list())[0]?.team).toBeUndefined();
      expect(await store.agents.update('nobody', { role: 'agent' })).toBe(false);
    });

    it('lose their old token with a new one, and both when removed', async () => {
      await store.agents.add([{ ...member('ana'), tokenHash: 'old' }], AT);
      expect(await store.agents.rotate('ana', 'new')).toBe(true);
      expect(await store.agents.byTokenHash('old')).toBeUndefined();
      expect(await store.agents.byTokenHash('new')).toMatchObject({ id: 'ana' });
      expect(await store.agents.remove('ana')).toBe(true);
      expect(await store.agents.byTokenHash('new')).toBeUndefined();
      expect(await store.agents.list()).toEqual([]);
      expect(await store.agents.remove('ana')).toBe(false);
      expect(await store.agents.rotate('ana', 'newer')).toBe(false);
      expect(await store.agents.add([{ ...member('ana'), tokenHash: 'again' }], AT)).toEqual([]);
    });

    it('are stored with their wrap-up and their console’s cursor', async () => {
      await store.agents.add([{ ...member('ana'), tokenHash: 'hash' }], AT);
      await Promise.all([
        store.agents.wrapUp('ana', AT + 30_000),
        store.agents.acknowledged([{ id: 'ana', cursor: 17 }], AT + 5),
      ]);
      expect(await store.agents.list()).toMatchObject([
        { id: 'ana', wrapUpUntil: AT + 30_000, acked: { cursor: 17, at: AT + 5 } },
      ]);
      await store.agents.wrapUp('ana', undefined);
      expect((await store.agents.list())[0]?.wrapUpUntil).toBeUndefined();
      await store.agents.wrapUp('nobody', AT);
      await store.agents.acknowledged([{ id: 'nobody', cursor: 1 }], AT);
      expect(await store.agents.list()).toHaveLength(1);
    });
  });

  describe('a clock that was set back', () => {
    it('does not extend rings or wrap-up', async () => {
      await store.agents.add([{ ...member('ana'), tokenHash: 'hash' }], AT);
      await store.agents.wrapUp('ana', AT + 3_600_000);
      const callId = await ring('1', AT + 1_000);
      const before = await ring('2', AT - 5_000);
      await store.notLaterThan(AT, 20_000);
      expect((await store.call(callId))?.offer?.at).toBe(AT);
      expect((await store.call(before))?.offer?.at).toBe(AT - 5_000);
      expect((await store.agents.list())[0]?.wrapUpUntil).toBe(AT + 20_000);
    });
  });

  describe('old entries', () => {
    it('are removed, and the log reports from where it is complete', async () => {
      await ring('1', AT);
      await store.append(delivery(AT), [message('old')]);
      await store.saveRelayedCall({ ...talking('2'), state: { kind: 'ended' } }, [], AT);
      await store.saveRelayedCall(talking('3'), [], AT);
      const old = await all();
      await store.append(delivery(AT + 1_000), [message('new')]);
      const kept = (await all()).slice(old.length);
      expect(await store.prune(AT + 500)).toBe(old.length);
      expect(await all()).toEqual(kept);
      expect(await store.extent()).toEqual({
        head: kept[0]?.cursor,
        prunedTo: old.at(-1)?.cursor,
      });
      expect(await store.call(callIdOf('1'))).toBeUndefined();
      expect(await store.relayedCall(callIdOf('2'))).toBeUndefined();
      expect(await store.relayedCall(callIdOf('3'))).toBeDefined();
      expect(await store.prune(AT + 500)).toBe(0);
    });

    it('leave no gap, and their cursors are never reused', async () => {
      await store.append(delivery(AT), [message('1')]);
      // The clock was set back between the two.
      await store.append(delivery(AT + 5_000), [message('2')]);
      await store.append(delivery(AT), [message('3')]);
      const [, , last] = await all();
      expect(await store.prune(AT + 1)).toBe(3);
      expect(await store.extent()).toEqual({ head: last?.cursor, prunedTo: last?.cursor });
      await restart();
      const [next] = await store.append(delivery(AT), [message('1')]);
      expect(next?.cursor).toBeGreaterThan(last?.cursor ?? 0);
    });
  });

  describe('a restarted store', () => {
    it('still has everything that it acknowledged', async () => {
      const other = await open();
      await store.agents.add([{ ...member('ana'), tokenHash: 'hash' }], AT);
      const callId = await ring('1');
      const reserved = await ring('2');
      await store.append(delivery(), [relayedOffer('3')]);
      await Promise.all([
        store.claim(callId, ana, AT),
        other.reserve(reserved, ben),
        other.decline(reserved, 'ana'),
        store.agents.wrapUp('ana', AT + 9),
        store.saveRelayedCall({ ...talking('3'), dtmf: '9' }, [], AT),
        store.append(delivery(), [message('1')]),
        other.append(delivery(), [message('2')]),
      ]);
      const look = async () => ({
        entries: await all(),
        extent: await store.extent(),
        epoch: await store.epoch(),
        calls: [await store.call(callId), await store.call(reserved)],
        ringing: await store.ringing(0),
        relayed: await store.openRelayedCalls(),
        agents: await store.agents.list(),
        holders: await store.agentsWithReservations(),
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
      expect(await store.append(delivery(), [message('1'), message('2')])).toEqual([]);
    });
  });

  describe('tells other systems', () => {
    const told = (
      id: string,
      cursor: number,
      type: 'call.ringing' | 'call.missed' = 'call.ringing',
    ) => ({
      id,
      cursor,
      call: 'main/wacid.1',
      type,
      at: AT + cursor,
      body: `{"id":"${id}"}`,
    });
    const idsOf = (dispatches: readonly { id: string }[]) => dispatches.map(({ id }) => id);

    it('each thing once, in order, and only what they want; and knows it after a restart', async () => {
      await store.dispatches.add('crm', 4, [], ['call.ringing']);
      await store.dispatches.add('crm', 6, [told('b', 6), told('a', 5)], ['call.ringing']);
      await store.dispatches.add(
        'crm',
        7,
        [told('a', 7), told('c', 7, 'call.missed')],
        ['call.ringing'],
      );
      await restart();
      expect(idsOf(await store.dispatches.next('crm', 10))).toEqual(['a']);
      expect(await store.dispatches.next('crm', 0)).toEqual([]);
      expect(idsOf(await store.dispatches.ofCall('crm', 'main/wacid.1'))).toEqual(['a', 'b', 'c']);
      expect(await store.dispatches.next('erp', 10)).toEqual([]);
      expect(await store.dispatches.endpoints()).toEqual([{ id: 'crm', cursor: 7 }]);
    });

    it('until it is taken or given up, and again when an admin says so', async () => {
      await store.dispatches.add('crm', 2, [told('a', 1), told('b', 2)], ['call.ringing']);
      const failed = { state: 'open', at: AT + 5, due: AT + 9_000, answer: 'HTTP 500' } as const;
      await store.dispatches.tried('crm', 'a', failed);
      await store.dispatches.tried('crm', 'b', {
        state: 'delivered',
        at: AT + 6,
        answer: 'HTTP 200',
      });
      expect(await store.dispatches.next('crm', 10)).toMatchObject([
        { id: 'a', attempts: 1, due: AT + 9_000, triedAt: AT + 5, answer: 'HTTP 500' },
      ]);
      // Another call does not wait for this one.
      const other = { ...told('d', 3), call: 'main/wacid.2' };
      await store.dispatches.add('crm', 3, [other], ['call.ringing']);
      expect(idsOf(await store.dispatches.next('crm', 10))).toEqual(['d', 'a']);
      await store.dispatches.tried('crm', 'd', { state: 'failed', at: AT + 7, answer: 'HTTP 400' });
      const list = (onlyFailed: boolean) =>
        store.dispatches.list({ failed: onlyFailed, limit: 10 }).then(idsOf);
      expect([await list(false), await list(true)]).toEqual([
        ['d', 'b', 'a'],
        ['d', 'a'],
      ]);
      expect(await store.dispatches.again('a', AT)).toBe(false);
      expect(await store.dispatches.again('b', AT + 99_000)).toBe(true);
      expect(await store.dispatches.ofCall('crm', 'main/wacid.1')).toMatchObject([
        { id: 'a' },
        { id: 'b', state: 'open', attempts: 0, due: AT + 99_000 },
      ]);
    });

    it('until they are switched off; and forgets them with the log, also what nobody takes', async () => {
      await store.dispatches.add('crm', 2, [told('a', 1), told('b', 2)], ['call.ringing']);
      await store.dispatches.setOff('crm', AT);
      expect(await store.dispatches.endpoints()).toEqual([{ id: 'crm', cursor: 2, offSince: AT }]);
      await store.dispatches.setOff('crm', undefined);
      expect(await store.dispatches.endpoints()).toEqual([{ id: 'crm', cursor: 2 }]);
      await store.dispatches.tried('crm', 'a', { state: 'failed', at: AT, answer: 'HTTP 500' });
      await store.dispatches.add('crm', 2_000, [told('c', 2_000)], ['call.ringing']);
      await store.prune(AT + 1_000);
      expect(idsOf(await store.dispatches.list({ failed: false, limit: 10 }))).toEqual(['c']);
    });
  });
});

/** Saves a call that Ana transfers to Ben, with the entry that offers it. */
async function offerToBen(store: Store) {
  const record = talking('1');
  const callOffer = {
    id: 'offer-1',
    cursor: 0,
    to: ben,
    mode: 'blind' as const,
    deadlineAt: AT + 20_000,
  };
  const body: LogBody = {
    type: 'call-offer',
    callOffer: {
      callOfferId: callOffer.id,
      callId: record.callId,
      accountId: record.accountId,
      providerCallId: '1',
      direction: 'inbound',
      party: record.party,
      why: 'transfer',
      from: ana,
      to: [ben],
      deadlineAt: callOffer.deadlineAt,
    },
  };
  const saved = await store.saveRelayedCall(
    { ...record, state: { kind: 'transfer-offered', owner: ana, ownerHere: true, callOffer } },
    [body],
    AT,
  );
  return { saved, body };
}
