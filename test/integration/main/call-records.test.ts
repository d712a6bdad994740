import { describe, expect, test } from 'vitest';
import type { CallOffer } from '../../../src/shared/protocol/frames.ts';
import { ANA, BOB, CALL, facts, join, offered, talking } from './console.ts';

/* One call that reaches the same agent more than once, in a log on disk that outlives the app. */

type AgentConsole = Awaited<ReturnType<typeof join>>;

const waiting = (): CallOffer => ({
  ...offered(Date.now() + 30_000),
  why: 'requeue',
  to: [],
  note: undefined,
});

const rows = (desk: AgentConsole) => desk.history.list({}, undefined, 10).rows;

/** Bob takes the ring at Ana's desk, and hands the call to her later. */
async function handedOver(): Promise<AgentConsole> {
  const desk = await join();
  desk.say({
    type: 'provider',
    accountId: 'support',
    providerCallId: 'wacid.1',
    path: 'relayed',
    event: { kind: 'offer', at: Date.now(), party: facts.party, sdp: '' },
  });
  await desk.grant('leg', 'leg');
  desk.say({ type: 'claimed', callId: CALL, by: BOB });
  await desk.until(() => desk.name() === 'ended');
  const callOffer = { ...offered(Date.now() + 30_000), from: BOB, to: [ANA] };
  desk.say({ type: 'call-offer', callOffer });
  await desk.grant('leg', 'leg');
  desk.calls.accept('h1');
  await desk.grant('claim');
  desk.say({ type: 'claimed', callId: 'h1', by: ANA });
  desk.say({ type: 'call-offer-ended', callOfferId: 'h1', callId: CALL, end: 'accepted', by: ANA });
  desk.show({ state: 'talking' });
  await desk.until(() => desk.calls.live()[0]?.phase.name === 'connected');
  return desk;
}

/** Ana's app is killed while she talks, and started again when the team is asked already. */
async function killedAndBack(): Promise<AgentConsole> {
  const before = await talking();
  before.kill();
  const desk = await join(before);
  desk.say({ type: 'agent-disconnected', callId: CALL, agent: ANA, deadlineAt: Date.now() });
  desk.say({ type: 'call-offer', callOffer: waiting() });
  await desk.until(() => desk.calls.live().some(({ id }) => id === 'h1'));
  return desk;
}

describe('several records of one call', () => {
  test('become one row after a ring and a later transfer', async () => {
    const desk = await handedOver();
    desk.calls.hangUp('h1');
    await desk.grant('hang-up');
    expect(rows(desk)).toMatchObject([{ id: 'h1', outcome: 'answered' }]);
    const detail = desk.history.get('h1');
    expect(detail).toMatchObject({
      callOffer: { from: 'Bob', note: 'wants a refund' },
      parts: [
        { id: CALL, endReason: { kind: 'answered-elsewhere', by: 'Bob' } },
        { id: 'h1', callOffer: { from: 'Bob' }, endReason: { kind: 'agent-hung-up' } },
      ],
    });
    const kinds = detail?.timeline.map(({ kind }) => kind);
    expect(kinds).toEqual(expect.arrayContaining(['offer', 'taken', 'call-offered', 'hang-up']));
    // By either of its names.
    expect(desk.history.get(CALL)).toEqual(detail);
  });

  test('become one row after a crash, with the agent who has the call', async () => {
    const desk = await killedAndBack();
    desk.say({
      type: 'call-offer-ended',
      callOfferId: 'h1',
      callId: CALL,
      end: 'accepted',
      by: BOB,
    });
    await desk.until(() => desk.calls.live().length === 0);
    expect(rows(desk)).toMatchObject([{ id: CALL, outcome: 'answered' }]);
    expect(desk.history.get('h1')).toMatchObject({
      id: CALL,
      endReason: { kind: 'lost-to-team', to: 'Bob' },
      // It was offered, not taken.
      callOffer: undefined,
      parts: [{ id: CALL }, { id: 'h1', endReason: { kind: 'answered-elsewhere', by: 'Bob' } }],
    });
    expect(desk.history.count({})).toBe(1);
    expect(rows(desk)[0]?.unseen).toBe(false);
  });

  test('know who answered a transferred call while the console was offline', async () => {
    const before = await handedOver();
    before.kill();
    const desk = await join(before);
    const callOffer = { ...waiting(), callOfferId: 'h2' };
    desk.say({ type: 'call-offer', callOffer });
    await desk.until(() => desk.calls.live().some(({ id }) => id === 'h2'));
    desk.say({
      type: 'call-offer-ended',
      callOfferId: 'h2',
      callId: CALL,
      end: 'accepted',
      by: BOB,
    });
    await desk.until(() => desk.calls.live().length === 0);
    expect(desk.history.get('h2')).toMatchObject({
      id: 'h1',
      endReason: { kind: 'lost-to-team', to: 'Bob' },
      parts: [{ id: CALL }, { id: 'h1' }, { id: 'h2' }],
    });
  });

  test('are missed when the caller waited in vain, even if somebody had talked with them', async () => {
    const desk = await killedAndBack();
    desk.say({ type: 'call-offer-ended', callOfferId: 'h1', callId: CALL, end: 'unanswered' });
    await desk.until(() => desk.calls.live().length === 0);
    expect(rows(desk)).toMatchObject([{ id: 'h1', outcome: 'missed', unseen: true }]);
    expect(desk.history.get('h1')?.parts).toHaveLength(2);
    expect(desk.history.list({ outcome: 'answered' }, undefined, 10).rows).toEqual([]);
  });
});

describe('talk time', () => {
  test('excludes hold', async () => {
    const desk = await talking();
    const talk = () => desk.calls.live()[0]?.talkIntervals ?? [];
    desk.show({ state: 'on-hold' });
    await desk.until(() => talk()[0]?.to !== undefined);
    desk.show({ state: 'talking' });
    await desk.until(() => talk().length === 2);
    expect(talk()[1]?.to).toBeUndefined();
  });

  test('of a killed app ends when the relay lost it, not when it is back', async () => {
    const before = await talking();
    const from = before.calls.live()[0]?.talkIntervals?.[0]?.from ?? 0;
    before.kill();
    const desk = await join(before);
    const at = from + 1;
    desk.say({ type: 'agent-disconnected', callId: CALL, agent: ANA, deadlineAt: Date.now() }, at);
    await desk.until(() => desk.calls.live()[0]?.talkIntervals?.[0]?.to === at);
    expect(desk.calls.live()[0]?.talkIntervals).toHaveLength(1);
  });
});

describe('a hang-up that the relay never received', () => {
  /** Pressed while the line is down; then the app dies. */
  async function hungUpUnheard(desk: AgentConsole, callId: string): Promise<AgentConsole> {
    desk.server.cut();
    desk.calls.hangUp(callId);
    desk.kill();
    return join(desk);
  }

  test('is sent again when the relay still has the call for this agent', async () => {
    const desk = await hungUpUnheard(await talking(), CALL);
    desk.show({ state: 'agent-disconnected' });
    expect(await desk.grant('hang-up')).toMatchObject({ callId: CALL });
    expect(rows(desk)).toMatchObject([{ id: CALL, outcome: 'answered' }]);
  });

  test('is sent again for a transferred call', async () => {
    const desk = await hungUpUnheard(await handedOver(), 'h1');
    desk.show({ state: 'talking' });
    expect(await desk.grant('hang-up')).toMatchObject({ callId: 'h1' });
  });

  test('leaves the customer to the teammate who is asked, or who has the call now', async () => {
    const desk = await hungUpUnheard(await talking(), CALL);
    desk.show({ state: 'on-hold', callOffer: offered(Date.now() + 30_000) });
    desk.show({ state: 'talking', owner: BOB });
    desk.show({ state: 'agent-disconnected' });
    await desk.grant('hang-up');
    const said = desk.server.frames.filter(({ type }) => type === 'hang-up');
    expect(said).toHaveLength(1);
  });
});
