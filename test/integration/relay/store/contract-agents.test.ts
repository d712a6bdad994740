import { beforeEach, describe, expect, it } from 'vitest';
import { AT, member } from './bodies.ts';
import { everyStore } from './every-store.ts';

/** What every store must do with agents, invitations and what other systems are told. */
everyStore((on) => {
  const { open, restart } = on;

  describe('invitations in the store', () => {
    const DAY = 86_400_000;
    const invitation = (id: string, agentId = 'ana') => ({
      id,
      codeHash: `code of ${id}`,
      agentId,
      expiresAt: AT + DAY,
    });
    const redeem = (id: string, token: string, from = on.store, at = AT + 1) =>
      from.invitations.redeem(`code of ${id}`, token, at);
    beforeEach(async () => {
      await on.store.agents.add([{ ...member('ana'), tokenHash: 'nobody knows' }], AT);
    });

    it('are redeemed by one of two consoles that try at once, and by that one again', async () => {
      const other = await open();
      expect(await on.store.invitations.add(invitation('one'), AT)).toBe(true);
      await other.catchUp();
      const verdicts = await Promise.all([redeem('one', 'here'), redeem('one', 'there', other)]);
      expect(verdicts.map(({ kind }) => kind).toSorted()).toEqual(['granted', 'used']);
      const winner = verdicts[0]?.kind === 'granted' ? 'here' : 'there';
      await on.store.catchUp();
      expect(await on.store.agents.byTokenHash(winner)).toMatchObject({ id: 'ana' });
      expect(await on.store.agents.byTokenHash('nobody knows')).toBeUndefined();
      await restart();
      expect(await redeem('one', winner)).toMatchObject({ kind: 'granted', agentId: 'ana' });
      // Not after the agent has moved on.
      await on.store.agents.rotate('ana', 'newer');
      expect(await redeem('one', winner)).toEqual({ kind: 'used' });
      expect(await on.store.agents.byTokenHash('newer')).toMatchObject({ id: 'ana' });
    });

    it('end with their time, when revoked, replaced, or without their agent', async () => {
      expect(await redeem('none', 'token')).toEqual({ kind: 'unknown' });
      await on.store.invitations.add(invitation('late'), AT);
      expect(await redeem('late', 'token', on.store, AT + DAY)).toEqual({ kind: 'expired' });
      // A new one replaces it.
      await on.store.invitations.add(invitation('second'), AT);
      expect(await redeem('late', 'token')).toEqual({ kind: 'revoked' });
      expect(await on.store.invitations.revoke('second', AT + 1)).toBe(true);
      expect(await on.store.invitations.revoke('second', AT + 1)).toBe(false);
      expect(await redeem('second', 'token')).toEqual({ kind: 'revoked' });
      // An agent of the same id, later, is another person.
      await on.store.invitations.add(invitation('third'), AT);
      await on.store.agents.remove('ana');
      await on.store.agents.add([{ ...member('ana'), tokenHash: 'another' }], AT);
      expect(await redeem('third', 'token')).toEqual({ kind: 'revoked' });
      expect(await on.store.invitations.list()).toMatchObject([
        { id: 'late', agentId: 'ana', expiresAt: AT + DAY, revokedAt: AT },
        { id: 'second', revokedAt: AT + 1 },
        { id: 'third', revokedAt: AT },
      ]);
    });

    it('are added once, whatever became of them', async () => {
      await on.store.invitations.add(invitation('one'), AT);
      await redeem('one', 'token');
      expect(await on.store.invitations.add(invitation('one'), AT + 2)).toBe(false);
      expect(await redeem('one', 'other')).toEqual({ kind: 'used' });
      expect(await on.store.invitations.find('code of one')).toBe('ana');
      expect(await on.store.invitations.find('code of two')).toBeUndefined();
      // What ended long ago is forgotten.
      await on.store.invitations.add(invitation('two'), AT + 100 * DAY);
      expect((await on.store.invitations.list()).map(({ id }) => id)).toEqual(['two']);
    });
  });

  describe('agents in the store', () => {
    it('are added once each, listed by id and found by their token', async () => {
      const other = await open();
      const added = await Promise.all([
        on.store.agents.add([{ ...member('ben'), tokenHash: 'hash-1' }], AT),
        other.agents.add([{ ...member('ben'), tokenHash: 'hash-2' }], AT),
        on.store.agents.add(
          [{ ...member('ana', { role: 'supervisor', team: 'sales' }), tokenHash: 'hash-3' }],
          AT + 1,
        ),
      ]);
      expect(added.filter((taken) => taken.length === 0)).toHaveLength(2);
      expect(added.flat()).toEqual(['ben']);
      const records = await on.store.agents.list();
      expect(records.map(({ id }) => id)).toEqual(['ana', 'ben']);
      expect(records[0]).toMatchObject({ role: 'supervisor', team: 'sales', addedAt: AT + 1 });
      expect(await on.store.agents.byTokenHash('hash-3')).toMatchObject({ id: 'ana' });
      const isFirst = added[0]?.length === 0;
      const [winning, losing] = isFirst ? ['hash-1', 'hash-2'] : ['hash-2', 'hash-1'];
      expect(await on.store.agents.byTokenHash(winning)).toMatchObject(member('ben'));
      expect(await on.store.agents.byTokenHash(losing)).toBeUndefined();
    });

    it('are added all together or not at all', async () => {
      const hashed = (id: string) => ({ ...member(id), tokenHash: `hash of ${id}` });
      expect(await on.store.agents.add([hashed('ana')], AT)).toEqual([]);
      expect(await on.store.agents.add(['ben', 'ana', 'cid'].map(hashed), AT)).toEqual(['ana']);
      expect((await on.store.agents.list()).map(({ id }) => id)).toEqual(['ana']);
      expect(await on.store.agents.add(['ben', 'cid'].map(hashed), AT)).toEqual([]);
      expect(await on.store.agents.byTokenHash('hash of cid')).toMatchObject({ id: 'cid' });
    });

    it('have the numbers of their workspace, or some of them', async () => {
      await on.store.agents.add([{ ...member('ana'), tokenHash: 'hash' }], AT);
      await on.store.agents.update('ana', { numbers: ['main'], workspace: 'sales' });
      await on.store.agents.update('ana', { calls: 'outbound-only', role: 'admin' });
      expect(await on.store.agents.byTokenHash('hash')).toMatchObject({
        workspace: 'sales',
        numbers: ['main'],
        calls: 'outbound-only',
        role: 'admin',
      });
      await on.store.agents.update('ana', { numbers: 'all' });
      expect((await on.store.agents.list())[0]?.numbers).toBe('all');
    });

    it('choose from what their workspace was given last, here and at another node', async () => {
      const other = await open();
      expect(await on.store.agents.wrapUpForms()).toEqual(new Map());
      const before = await on.store.agents.version();
      const first = { outcomes: ['Solved'], tags: [], required: false };
      const last = { outcomes: ['Solved', 'Open'], tags: ['VIP'], required: true };
      await on.store.agents.setWrapUpForm('east', first);
      await on.store.agents.setWrapUpForm('west', first);
      await on.store.agents.setWrapUpForm('east', last);
      const forms = new Map(Object.entries({ east: last, west: first }));
      expect(await on.store.agents.wrapUpForms()).toEqual(forms);
      expect(await on.store.agents.version()).not.toBe(before);
      await other.catchUp();
      expect(await other.agents.wrapUpForms()).toEqual(forms);
    });

    it('change only in the given fields, and an empty team removes it', async () => {
      await on.store.agents.add([{ ...member('ana', { team: 'sales' }), tokenHash: 'hash' }], AT);
      expect(await on.store.agents.update('ana', { role: 'supervisor' })).toBe(true);
      expect(await on.store.agents.byTokenHash('hash')).toMatchObject({
        role: 'supervisor',
        team: 'sales',
        calls: 'all',
      });
      await on.store.agents.update('ana', { team: '', calls: 'none' });
      expect(await on.store.agents.byTokenHash('hash')).toMatchObject({
        role: 'supervisor',
        calls: 'none',
      });
      expect((await on.store.agents.list())[0]?.team).toBeUndefined();
      expect(await on.store.agents.update('nobody', { role: 'agent' })).toBe(false);
    });

    it('lose their old token with a new one, and both when removed', async () => {
      await on.store.agents.add([{ ...member('ana'), tokenHash: 'old' }], AT);
      expect(await on.store.agents.rotate('ana', 'new')).toBe(true);
      expect(await on.store.agents.byTokenHash('old')).toBeUndefined();
      expect(await on.store.agents.byTokenHash('new')).toMatchObject({ id: 'ana' });
      expect(await on.store.agents.remove('ana')).toBe(true);
      expect(await on.store.agents.byTokenHash('new')).toBeUndefined();
      expect(await on.store.agents.list()).toEqual([]);
      expect(await on.store.agents.remove('ana')).toBe(false);
      expect(await on.store.agents.rotate('ana', 'newer')).toBe(false);
      expect(await on.store.agents.add([{ ...member('ana'), tokenHash: 'again' }], AT)).toEqual([]);
    });

    it('are stored with their wrap-up and their console’s cursor', async () => {
      await on.store.agents.add([{ ...member('ana'), tokenHash: 'hash' }], AT);
      await Promise.all([
        on.store.agents.wrapUp('ana', AT + 30_000),
        on.store.agents.acknowledged([{ id: 'ana', cursor: 17 }], AT + 5),
      ]);
      expect(await on.store.agents.list()).toMatchObject([
        { id: 'ana', wrapUpUntil: AT + 30_000, acked: { cursor: 17, at: AT + 5 } },
      ]);
      await on.store.agents.wrapUp('ana', undefined);
      expect((await on.store.agents.list())[0]?.wrapUpUntil).toBeUndefined();
      await on.store.agents.wrapUp('nobody', AT);
      await on.store.agents.acknowledged([{ id: 'nobody', cursor: 1 }], AT);
      expect(await on.store.agents.list()).toHaveLength(1);
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
      await on.store.dispatches.add('crm', 4, [], ['call.ringing']);
      await on.store.dispatches.add('crm', 6, [told('b', 6), told('a', 5)], ['call.ringing']);
      await on.store.dispatches.add(
        'crm',
        7,
        [told('a', 7), told('c', 7, 'call.missed')],
        ['call.ringing'],
      );
      await restart();
      expect(idsOf(await on.store.dispatches.next('crm', 10))).toEqual(['a']);
      expect(await on.store.dispatches.next('crm', 0)).toEqual([]);
      expect(idsOf(await on.store.dispatches.ofCall('crm', 'main/wacid.1'))).toEqual([
        'a',
        'b',
        'c',
      ]);
      expect(await on.store.dispatches.next('erp', 10)).toEqual([]);
      expect(await on.store.dispatches.endpoints()).toEqual([{ id: 'crm', cursor: 7 }]);
    });

    it('until it is taken or given up, and again when an admin says so', async () => {
      await on.store.dispatches.add('crm', 2, [told('a', 1), told('b', 2)], ['call.ringing']);
      const failed = { state: 'open', at: AT + 5, due: AT + 9_000, answer: 'HTTP 500' } as const;
      await on.store.dispatches.tried('crm', 'a', failed);
      await on.store.dispatches.tried('crm', 'b', {
        state: 'delivered',
        at: AT + 6,
        answer: 'HTTP 200',
      });
      expect(await on.store.dispatches.next('crm', 10)).toMatchObject([
        { id: 'a', attempts: 1, due: AT + 9_000, triedAt: AT + 5, answer: 'HTTP 500' },
      ]);
      // Another call does not wait for this one.
      const other = { ...told('d', 3), call: 'main/wacid.2' };
      await on.store.dispatches.add('crm', 3, [other], ['call.ringing']);
      expect(idsOf(await on.store.dispatches.next('crm', 10))).toEqual(['d', 'a']);
      await on.store.dispatches.tried('crm', 'd', {
        state: 'failed',
        at: AT + 7,
        answer: 'HTTP 400',
      });
      const list = (onlyFailed: boolean) =>
        on.store.dispatches.list({ failed: onlyFailed, limit: 10 }).then(idsOf);
      expect([await list(false), await list(true)]).toEqual([
        ['d', 'b', 'a'],
        ['d', 'a'],
      ]);
      expect(await on.store.dispatches.again('a', AT)).toBe(false);
      expect(await on.store.dispatches.again('b', AT + 99_000)).toBe(true);
      expect(await on.store.dispatches.ofCall('crm', 'main/wacid.1')).toMatchObject([
        { id: 'a' },
        { id: 'b', state: 'open', attempts: 0, due: AT + 99_000 },
      ]);
    });

    it('until they are switched off; and forgets them with the log, also what nobody takes', async () => {
      await on.store.dispatches.add('crm', 2, [told('a', 1), told('b', 2)], ['call.ringing']);
      await on.store.dispatches.setOff('crm', AT);
      expect(await on.store.dispatches.endpoints()).toEqual([
        { id: 'crm', cursor: 2, offSince: AT },
      ]);
      await on.store.dispatches.setOff('crm', undefined);
      expect(await on.store.dispatches.endpoints()).toEqual([{ id: 'crm', cursor: 2 }]);
      await on.store.dispatches.tried('crm', 'a', { state: 'failed', at: AT, answer: 'HTTP 500' });
      await on.store.dispatches.add('crm', 2_000, [told('c', 2_000)], ['call.ringing']);
      await on.store.prune(AT + 1_000);
      expect(idsOf(await on.store.dispatches.list({ failed: false, limit: 10 }))).toEqual(['c']);
    });
  });
});
