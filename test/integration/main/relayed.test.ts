import { expect, test } from 'vitest';
import type { Teammate } from '../../../src/shared/protocol/frames.ts';
import { ANA, BOB, CALL, join, offered, talking } from './console.ts';

test('a relayed call rings, opens its leg, is claimed, talks and ends through the relay only', async () => {
  const agent = await talking();
  expect(agent.orders.map((order) => order.do)).toEqual(['offer', 'apply-answer', 'live']);
  expect(agent.orders[0]).toMatchObject({
    leg: { iceServers: [{ urls: ['stun:stun.example.com'] }] },
  });
  agent.calls.hangUp(CALL);
  expect(await agent.grant('hang-up')).toMatchObject({ callId: CALL });
  expect(agent.provider.asked).toEqual([]);
});

test('a transfer is requested, shown with its deadline, and returns with the true reason', async () => {
  const agent = await talking();
  const asked = agent.team.requests.transfer(CALL, {
    to: 'bob',
    mode: 'blind',
    note: ' wants a refund ',
  });
  expect(await agent.grant('transfer')).toMatchObject({ to: 'bob', note: 'wants a refund' });
  expect(await asked).toEqual({ ok: true, value: null });
  const deadlineAt = Date.now() + 30_000;
  agent.receive({ type: 'call-offer', callOffer: offered(deadlineAt) });
  agent.show({ state: 'on-hold', callOffer: offered(deadlineAt), dtmf: '7' });
  await agent.until(() => agent.call()?.team?.asking !== undefined);
  expect(agent.call()?.team).toMatchObject({ asking: { to: 'Bob', deadlineAt }, dtmf: '7' });
  agent.receive({ type: 'call-offer-ended', callOfferId: 'h1', callId: CALL, end: 'unanswered' });
  agent.show({ state: 'talking' });
  await agent.until(() => agent.notices.list().length > 0);
  expect(agent.notices.list()).toMatchObject([
    { code: 'transfer-reverted', values: { name: 'Bob', end: 'unanswered' } },
  ]);
  expect(agent.name()).toBe('connected');
});

test('shows the relay’s refusal', async () => {
  const agent = await talking();
  const asked = agent.team.requests.transfer(CALL, { to: 'bob', mode: 'blind' });
  const frame = await agent.server.next('transfer');
  const outcome = { kind: 'refused', why: 'busy' } as const;
  agent.server.send({ type: 'result', id: frame.id, outcome });
  expect(await asked).toMatchObject({
    ok: false,
    error: { code: 'relay-refused', details: ['busy'] },
  });
});

test('records the teammate who gets a call after an attended transfer', async () => {
  const agent = await talking();
  const deadlineAt = Date.now() + 30_000;
  agent.receive({ type: 'call-offer', callOffer: offered(deadlineAt) });
  agent.show({ state: 'consulting', callOffer: offered(deadlineAt), consulting: BOB });
  await agent.until(() => agent.call()?.team?.consulting !== undefined);
  const done = agent.team.requests.completeTransfer(CALL);
  await agent.grant('transfer-complete');
  expect((await done).ok).toBe(true);
  agent.receive({
    type: 'call-offer-ended',
    callOfferId: 'h1',
    callId: CALL,
    end: 'accepted',
    by: BOB,
  });
  await agent.until(() => agent.name() === 'ended');
  expect(agent.history.get(CALL)).toMatchObject({
    endReason: { kind: 'transferred', to: 'Bob' },
    transfers: [{ to: 'Bob', note: 'wants a refund', end: 'accepted' }],
  });
});

test('opens a new leg by itself once a lost relay is back', async () => {
  const agent = await talking();
  agent.server.cut();
  agent.calls.handleSoftphoneLost();
  await agent.until(() => agent.name() === 'rejoining');
  await agent.greet();
  await agent.grant('leg', 'leg');
  await agent.until(() => agent.name() === 'connected');
  expect(agent.orders.at(-1)).toEqual({ do: 'live', callId: CALL });
});

test('sends presence to the relay, and gets the team from it', async () => {
  const agent = await join();
  agent.team.presence.set('away', 30);
  expect(await agent.server.next('presence')).toMatchObject({ presence: 'away' });
  const one = (who: typeof ANA): Teammate => ({
    ...who,
    role: 'agent',
    presence: 'away',
    since: 1,
    takesTransfers: true,
  });
  agent.server.send({ type: 'team', whole: true, agents: [one(ANA), one(BOB)], gone: [] });
  await agent.until(() => agent.team.view().team.length === 2);
  expect(agent.team.view().presence.state).toBe('away');
  expect(agent.team.view().supervisable).toEqual([]);
});

test('a supervisor sees teammates’ calls, and listens', async () => {
  const agent = await join();
  const me: Teammate = {
    ...ANA,
    role: 'supervisor',
    presence: 'available',
    since: 1,
    takesTransfers: true,
  };
  agent.server.send({ type: 'team', whole: true, agents: [me], gone: [] });
  agent.show({ owner: BOB, startedAt: 1 });
  await agent.until(() => agent.team.view().supervisable.length === 1);
  const heard = agent.team.supervision.set(CALL, 'listen');
  expect(await agent.grant('leg', 'leg')).toMatchObject({ callId: CALL });
  expect(await agent.grant('supervise')).toMatchObject({ mode: 'listen' });
  expect((await heard).ok).toBe(true);
  expect(agent.team.view().supervisable).toMatchObject([{ agent: 'Bob', mode: 'listen' }]);
  agent.show({ owner: BOB, state: 'ended' });
  await agent.until(() => agent.team.view().supervisable.length === 0);
  expect(agent.orders.at(-1)?.do).toBe('close');
});
