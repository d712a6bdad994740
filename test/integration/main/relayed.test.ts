import { expect, test } from 'vitest';
import type { Teammate } from '../../../src/shared/protocol/frames.ts';
import { ANA, BOB, CALL, join, offered, talking } from './console.ts';

test('a relayed call rings, opens its leg, is claimed, talks and ends through the relay only', async () => {
  const desk = await talking();
  expect(desk.orders.map((order) => order.do)).toEqual(['offer', 'apply-answer', 'live']);
  expect(desk.orders[0]).toMatchObject({
    leg: { iceServers: [{ urls: ['stun:stun.example.com'] }] },
  });
  desk.calls.hangUp(CALL);
  expect(await desk.grant('hang-up')).toMatchObject({ callId: CALL });
  expect(desk.provider.asked).toEqual([]);
});

test('a transfer is requested, shown with its deadline, and returns with the true reason', async () => {
  const desk = await talking();
  const asked = desk.team.requests.transfer(CALL, {
    to: 'bob',
    mode: 'blind',
    note: ' wants a refund ',
  });
  expect(await desk.grant('transfer')).toMatchObject({ to: 'bob', note: 'wants a refund' });
  expect(await asked).toEqual({ ok: true, value: null });
  const deadlineAt = Date.now() + 30_000;
  desk.say({ type: 'call-offer', callOffer: offered(deadlineAt) });
  desk.show({ state: 'on-hold', callOffer: offered(deadlineAt), dtmf: '7' });
  await desk.until(() => desk.call()?.team?.asking !== undefined);
  expect(desk.call()?.team).toMatchObject({ asking: { to: 'Bob', deadlineAt }, dtmf: '7' });
  desk.say({ type: 'call-offer-ended', callOfferId: 'h1', callId: CALL, end: 'unanswered' });
  desk.show({ state: 'talking' });
  await desk.until(() => desk.notices.list().length > 0);
  expect(desk.notices.list()).toMatchObject([
    { code: 'transfer-reverted', values: { name: 'Bob', end: 'unanswered' } },
  ]);
  expect(desk.name()).toBe('connected');
});

test('shows the relay’s refusal', async () => {
  const desk = await talking();
  const asked = desk.team.requests.transfer(CALL, { to: 'bob', mode: 'blind' });
  const frame = await desk.server.next('transfer');
  const outcome = { kind: 'refused', why: 'busy' } as const;
  desk.server.send({ type: 'result', id: frame.id, outcome });
  expect(await asked).toMatchObject({
    ok: false,
    error: { code: 'relay-refused', details: ['busy'] },
  });
});

test('records the teammate who gets a call after an attended transfer', async () => {
  const desk = await talking();
  const deadlineAt = Date.now() + 30_000;
  desk.say({ type: 'call-offer', callOffer: offered(deadlineAt) });
  desk.show({ state: 'consulting', callOffer: offered(deadlineAt), consulting: BOB });
  await desk.until(() => desk.call()?.team?.consulting !== undefined);
  const done = desk.team.requests.completeTransfer(CALL);
  await desk.grant('transfer-complete');
  expect((await done).ok).toBe(true);
  desk.say({ type: 'call-offer-ended', callOfferId: 'h1', callId: CALL, end: 'accepted', by: BOB });
  await desk.until(() => desk.name() === 'ended');
  expect(desk.history.get(CALL)).toMatchObject({
    endReason: { kind: 'transferred', to: 'Bob' },
    transfers: [{ to: 'Bob', note: 'wants a refund', end: 'accepted' }],
  });
});

test('opens a new leg by itself once a lost relay is back', async () => {
  const desk = await talking();
  desk.server.cut();
  desk.calls.handleSoftphoneLost();
  await desk.until(() => desk.name() === 'rejoining');
  await desk.greet();
  await desk.grant('leg', 'leg');
  await desk.until(() => desk.name() === 'connected');
  expect(desk.orders.at(-1)).toEqual({ do: 'live', callId: CALL });
});

test('sends presence to the relay, and gets the team from it', async () => {
  const desk = await join();
  desk.team.presence.set('away', 30);
  expect(await desk.server.next('presence')).toMatchObject({ presence: 'away' });
  const one = (who: typeof ANA): Teammate => ({
    ...who,
    role: 'agent',
    presence: 'away',
    since: 1,
    takesTransfers: true,
  });
  desk.server.send({ type: 'team', agents: [one(ANA), one(BOB)] });
  await desk.until(() => desk.team.view().team.length === 2);
  expect(desk.team.view().presence.state).toBe('away');
  expect(desk.team.view().supervisable).toEqual([]);
});

test('a supervisor sees teammates’ calls, and listens', async () => {
  const desk = await join();
  const me: Teammate = {
    ...ANA,
    role: 'supervisor',
    presence: 'available',
    since: 1,
    takesTransfers: true,
  };
  desk.server.send({ type: 'team', agents: [me] });
  desk.show({ owner: BOB, startedAt: 1 });
  await desk.until(() => desk.team.view().supervisable.length === 1);
  const heard = desk.team.supervision.set(CALL, 'listen');
  expect(await desk.grant('leg', 'leg')).toMatchObject({ callId: CALL });
  expect(await desk.grant('supervise')).toMatchObject({ mode: 'listen' });
  expect((await heard).ok).toBe(true);
  expect(desk.team.view().supervisable).toMatchObject([{ agent: 'Bob', mode: 'listen' }]);
  desk.show({ owner: BOB, state: 'ended' });
  await desk.until(() => desk.team.view().supervisable.length === 0);
  expect(desk.orders.at(-1)?.do).toBe('close');
});
