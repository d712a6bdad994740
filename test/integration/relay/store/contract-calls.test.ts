import { describe, expect, it } from 'vitest';
import type { LogBody } from '../../../../src/shared/protocol/log-entry.ts';
import { TakenOver, type Store } from '../../../../src/relay/store/store.ts';
import {
  accepted,
  ana,
  announced,
  AT,
  ben,
  callIdOf,
  delivery,
  member,
  moved,
  offer,
  relayedOffer,
  talking,
  terminated,
} from './bodies.ts';
import { everyStore } from './every-store.ts';

/** What every store must do with calls, and who may have them. */
everyStore((on) => {
  const { open, all, ring, granted } = on;

  describe('claims in the store', () => {
    it('know a call from its offer on, which rings since then', async () => {
      const callId = await ring('1');
      const [entry] = await all();
      const call = await on.store.call(callId);
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
      expect(await on.store.ringing(AT)).toEqual([call]);
      expect(await on.store.ringing(AT + 1)).toEqual([]);
      expect(await on.store.call(callIdOf('2'))).toBeUndefined();
    });

    it('know a call from its announcement, too, whichever comes first', async () => {
      await on.store.append(delivery(), [announced('1')]);
      await on.store.append(delivery(AT + 5), [offer('1', AT + 5)]);
      expect((await on.store.call(callIdOf('1')))?.offer?.at).toBe(AT);
      expect(await on.store.ringing(AT)).toHaveLength(1);
    });

    it('never let a call ring when its end came first, or it was accepted elsewhere', async () => {
      await on.store.append(delivery(), [terminated('1')]);
      await on.store.append(delivery(), [offer('1')]);
      await on.store.append(delivery(), [offer('2'), accepted('2')]);
      expect(await on.store.ringing(0)).toEqual([]);
      expect(await on.store.claim(callIdOf('1'), ana, AT)).toMatchObject({ why: 'ended' });
      expect(await on.store.claim(callIdOf('2'), ana, AT)).toMatchObject({ why: 'ended' });
      expect(await on.store.claim(callIdOf('3'), ana, AT)).toMatchObject({ why: 'unknown' });
    });

    it('go to the first agent; others learn who won, and the winner may repeat it', async () => {
      const callId = await ring('1');
      expect(await on.store.claim(callId, ana, AT + 1)).toMatchObject({
        kind: 'granted',
        entry: { at: AT + 1, body: { type: 'claimed', callId, by: ana } },
      });
      expect(await on.store.claim(callId, ana, AT + 2)).toEqual({ kind: 'granted' });
      expect(await on.store.claim(callId, ben, AT + 3)).toEqual({
        kind: 'refused',
        why: 'taken',
        by: ana,
      });
      expect(await on.store.ringing(0)).toEqual([]);
      expect((await all()).filter(({ body }) => body.type === 'claimed')).toHaveLength(1);
      // The provider's `accepted` ends nothing if the call is one of our agents'.
      await on.store.append(delivery(), [accepted('1')]);
      expect(await on.store.call(callId)).toMatchObject({ ended: false, claimedBy: ana });
    });

    it('have one winner when many agents at two stores claim many calls at once', async () => {
      const other = await open();
      const calls = await Promise.all(Array.from({ length: 10 }, (_, n) => ring(`${n}`)));
      const agents = Array.from({ length: 8 }, (_, n) => ({ id: `a${n}`, name: `Agent ${n}` }));
      const races = await Promise.all(
        calls.map(async (callId, turn) => {
          const order = [...agents.slice(turn % 8), ...agents.slice(0, turn % 8)];
          const verdicts = await Promise.all(
            order.map((agent, n) => ((n + turn) % 2 ? on.store : other).claim(callId, agent, AT)),
          );
          return { callId, verdicts };
        }),
      );
      for (const { callId, verdicts } of races) {
        const [winner] = granted(verdicts);
        expect(granted(verdicts)).toHaveLength(1);
        expect(winner).toMatchObject({ entry: { body: { type: 'claimed', callId } } });
        const by = (await other.call(callId))?.claimedBy;
        expect((await on.store.call(callId))?.claimedBy).toEqual(by);
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
        on.store.reserve(callId, ana),
        other.reserve(callId, ben),
        on.store.reserve(callId, ana),
        other.reserve(callId, ben),
      ]);
      const holder = (await on.store.call(callId))?.reservedBy ?? ana;
      const loser = holder.id === 'ana' ? ben : ana;
      expect(granted(verdicts)).toHaveLength(2);
      expect(await other.claim(callId, loser, AT)).toEqual({
        kind: 'refused',
        why: 'reserved',
        by: holder,
      });
      expect(await on.store.agentsWithReservations()).toEqual([holder.id]);
      await on.store.dropReservations(holder.id);
      expect(await on.store.agentsWithReservations()).toEqual([]);
      expect(await on.store.claim(callId, loser, AT)).toMatchObject({ kind: 'granted' });
      expect(await on.store.reserve(callId, holder)).toMatchObject({ why: 'taken', by: loser });
    });

    it('can be released, and the call rings again', async () => {
      const callId = await ring('1');
      expect(await on.store.release(callId, ana, 'no media', AT)).toEqual({
        kind: 'refused',
        why: 'not-yours',
      });
      await on.store.reserve(callId, ana);
      await on.store.claim(callId, ana, AT);
      expect(await on.store.release(callId, ben, 'mine', AT)).toMatchObject({
        why: 'taken',
        by: ana,
      });
      expect(await on.store.release(callId, ana, 'no media', AT + 2)).toMatchObject({
        kind: 'granted',
        entry: { at: AT + 2, body: { type: 'released', callId, by: ana, why: 'no media' } },
      });
      expect(await on.store.ringing(AT)).toMatchObject([{ callId }]);
      expect(await on.store.claim(callId, ben, AT)).toMatchObject({ kind: 'granted' });
    });

    it('remember who declined, which ends their reservation', async () => {
      const other = await open();
      const callId = await ring('1');
      await on.store.reserve(callId, ana);
      expect(await on.store.decline(callId, 'ana')).toMatchObject({
        declinedBy: ['ana'],
        reservedBy: undefined,
      });
      await Promise.all([on.store.decline(callId, 'ben'), other.decline(callId, 'cai')]);
      await on.store.catchUp();
      const declined = (await on.store.call(callId))?.declinedBy ?? [];
      expect([...declined].sort()).toEqual(['ana', 'ben', 'cai']);
      expect(await on.store.decline(callIdOf('none'), 'ana')).toBeUndefined();
    });

    it('end with the provider’s report', async () => {
      const callId = await ring('1');
      await on.store.reserve(callId, ana);
      await on.store.append(delivery(), [terminated('1')]);
      expect(await on.store.call(callId)).toMatchObject({ ended: true, reservedBy: undefined });
      expect(await on.store.agentsWithReservations()).toEqual([]);
      expect(await on.store.claim(callId, ana, AT)).toMatchObject({
        kind: 'refused',
        why: 'ended',
      });
    });

    it('assign a call to the agent who last took one of the same customer', async () => {
      await on.store.claim(await ring('1'), ana, AT);
      await on.store.claim(await ring('2'), ben, AT + 1);
      expect((await on.store.call(await ring('3')))?.assigned).toBe('ben');
      await on.store.append(delivery(), [moved('5511999991234', '5511888881234')]);
      expect((await on.store.call(callIdOf('3')))?.assigned).toBeUndefined();
    });
  });

  describe('a relayed call', () => {
    it('is open from its offer on, unless its end came first', async () => {
      await on.store.append(delivery(), [relayedOffer('1')]);
      await on.store.append(delivery(), [terminated('2')]);
      await on.store.append(delivery(), [relayedOffer('2')]);
      expect(await on.store.openRelayedCalls()).toMatchObject([
        { callId: callIdOf('1'), offerSdp: 'v=0 of WhatsApp', state: { kind: 'ringing' } },
      ]);
      expect(await on.store.relayedCall(callIdOf('2'))).toBeUndefined();
    });

    it('is saved together with its entries', async () => {
      await on.store.append(delivery(), [relayedOffer('1')]);
      const callId = callIdOf('1');
      const bodies: LogBody[] = [
        { type: 'dtmf', callId, digit: '1' },
        { type: 'dtmf', callId, digit: '2' },
      ];
      const saved = await on.store.saveRelayedCall({ ...talking('1'), dtmf: '12' }, bodies, AT + 3);
      expect(saved.record.dtmf).toBe('12');
      expect(saved.entries).toMatchObject(bodies.map((body) => ({ at: AT + 3, body })));
      expect(await on.store.relayedCall(callId)).toEqual(saved.record);
      expect((await all()).slice(1)).toEqual(saved.entries);
    });

    it('is saved completely or not at all', async () => {
      await on.store.saveRelayedCall(talking('1'), [], AT);
      const callId = callIdOf('1');
      const broken: LogBody = {
        type: 'dtmf',
        callId,
        get digit(): string {
          throw new Error('cannot be written');
        },
      };
      const save = async () =>
        on.store.saveRelayedCall(
          { ...talking('1'), dtmf: '12' },
          [{ type: 'dtmf', callId, digit: '1' }, broken],
          AT,
        );
      await expect(save()).rejects.toThrow('cannot be written');
      expect(await all()).toEqual([]);
      expect(await on.store.relayedCall(callId)).toMatchObject({ dtmf: '' });
    });

    it('has the cursor of the entry that offered it', async () => {
      const { saved, body } = await offerToBen(on.store);
      const [entry] = saved.entries;
      expect(entry?.body).toEqual(body);
      expect(saved.record.state).toMatchObject({ callOffer: { cursor: entry?.cursor } });
      expect(await on.store.relayedCall(saved.record.callId)).toEqual(saved.record);
    });

    it('is taken over from a dead node by the first to try, and that node can no longer save it', async () => {
      await on.store.append(delivery(), [{ ...relayedOffer('1'), node: 'a' }]);
      const callId = callIdOf('1');
      const record = await on.store.relayedCall(callId);
      expect(record).toMatchObject({ node: 'a' });
      const other = await open();
      await other.catchUp();
      const tries = [
        on.store.adoptRelayedCall(callId, 'a', 'b'),
        other.adoptRelayedCall(callId, 'a', 'c'),
      ];
      expect((await Promise.all(tries)).filter((one) => one !== undefined)).toHaveLength(1);
      await expect(
        on.store.saveRelayedCall({ ...talking('1'), node: 'a' }, [], AT),
      ).rejects.toBeInstanceOf(TakenOver);
      const now = await on.store.relayedCall(callId);
      expect(now?.node).not.toBe('a');
      await on.store.saveRelayedCall({ ...talking('1'), ...now, state: { kind: 'ended' } }, [], AT);
      expect(await on.store.adoptRelayedCall(callId, now?.node, 'd')).toBeUndefined();
    });

    it('is closed once it is over, and nobody can claim it', async () => {
      await on.store.append(delivery(), [relayedOffer('1'), relayedOffer('2')]);
      const callId = callIdOf('1');
      await on.store.saveRelayedCall({ ...talking('1'), state: { kind: 'ended' } }, [], AT);
      expect(await on.store.openRelayedCalls()).toMatchObject([{ callId: callIdOf('2') }]);
      expect(await on.store.relayedCall(callId)).toMatchObject({ state: { kind: 'ended' } });
      expect(await on.store.claim(callId, ana, AT)).toMatchObject({ why: 'ended' });
    });
  });

  describe('a clock that was set back', () => {
    it('does not extend rings or wrap-up', async () => {
      await on.store.agents.add([{ ...member('ana'), tokenHash: 'hash' }], AT);
      await on.store.agents.wrapUp('ana', AT + 3_600_000);
      const callId = await ring('1', AT + 1_000);
      const before = await ring('2', AT - 5_000);
      await on.store.notLaterThan(AT, 20_000);
      expect((await on.store.call(callId))?.offer?.at).toBe(AT);
      expect((await on.store.call(before))?.offer?.at).toBe(AT - 5_000);
      expect((await on.store.agents.list())[0]?.wrapUpUntil).toBe(AT + 20_000);
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
