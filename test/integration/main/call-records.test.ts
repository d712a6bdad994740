import { describe, expect, test } from 'vitest';
import type { CallOffer } from '../../../src/shared/protocol/log-entry.ts';
import { asRelayed } from '../../helpers/calls.ts';
import { ANA, BOB, CALL, facts, join, offered, talking } from './console.ts';

/* One call that reaches the same agent more than once, in a log on disk that outlives the app. */

type AgentConsole = Awaited<ReturnType<typeof join>>;

const waiting = (): CallOffer => ({
  ...offered(Date.now() + 30_000),
  why: 'requeue',
  to: [],
  note: undefined,
});

const rows = (agent: AgentConsole) => agent.history.list({}, undefined, 10).rows;

/** Bob answers the ring, and transfers the call to Ana later. */
async function handedOver(): Promise<AgentConsole> {
  const agent = await join();
  agent.receive({
    type: 'provider',
    accountId: 'support',
    providerCallId: 'wacid.1',
    path: 'relayed',
    event: { kind: 'offer', at: Date.now(), party: facts.party },
  });
  await agent.grant('leg', 'leg');
  agent.receive({ type: 'claimed', callId: CALL, by: BOB });
  await agent.until(() => agent.name() === 'ended');
  const callOffer = { ...offered(Date.now() + 30_000), from: BOB, to: [ANA] };
  agent.receive({ type: 'call-offer', callOffer });
  await agent.grant('leg', 'leg');
  agent.calls.accept('h1');
  await agent.grant('claim');
  agent.receive({ type: 'claimed', callId: 'h1', by: ANA });
  agent.receive({
    type: 'call-offer-ended',
    callOfferId: 'h1',
    callId: CALL,
    end: 'accepted',
    by: ANA,
  });
  agent.show({ state: 'talking' });
  await agent.until(() => agent.calls.live()[0]?.phase.name === 'connected');
  return agent;
}

/** Ana's app is killed while she talks, and restarted when the team is already asked. */
async function killedAndBack(): Promise<AgentConsole> {
  const before = await talking();
  before.kill();
  const agent = await join(before);
  agent.receive({ type: 'agent-disconnected', callId: CALL, agent: ANA, deadlineAt: Date.now() });
  agent.receive({ type: 'call-offer', callOffer: waiting() });
  await agent.until(() => agent.calls.live().some(({ id }) => id === 'h1'));
  return agent;
}

describe('several records of one call', () => {
  test('become one row after a ring and a later transfer', async () => {
    const agent = await handedOver();
    agent.calls.hangUp('h1');
    await agent.grant('hang-up');
    expect(rows(agent)).toMatchObject([{ id: 'h1', outcome: 'answered' }]);
    const detail = agent.history.get('h1');
    expect(detail).toMatchObject({
      callOffer: { from: 'Bob', note: 'wants a refund' },
      parts: [
        { id: CALL, endReason: { kind: 'answered-elsewhere', by: 'Bob' } },
        { id: 'h1', callOffer: { from: 'Bob' }, endReason: { kind: 'agent-hung-up' } },
      ],
    });
    const kinds = detail?.timeline.map(({ kind }) => kind);
    expect(kinds).toEqual(expect.arrayContaining(['offer', 'taken', 'call-offered', 'hang-up']));
    // By either of its ids.
    expect(agent.history.get(CALL)).toEqual(detail);
  });

  test('become one row after a crash, with the agent who has the call', async () => {
    const agent = await killedAndBack();
    agent.receive({
      type: 'call-offer-ended',
      callOfferId: 'h1',
      callId: CALL,
      end: 'accepted',
      by: BOB,
    });
    await agent.until(() => agent.calls.live().length === 0);
    expect(rows(agent)).toMatchObject([{ id: CALL, outcome: 'answered' }]);
    expect(agent.history.get('h1')).toMatchObject({
      id: CALL,
      endReason: { kind: 'lost-to-team', to: 'Bob' },
      // It was offered, not accepted.
      callOffer: undefined,
      parts: [{ id: CALL }, { id: 'h1', endReason: { kind: 'answered-elsewhere', by: 'Bob' } }],
    });
    expect(agent.history.count({})).toBe(1);
    expect(rows(agent)[0]?.unseen).toBe(false);
  });

  test('know who answered a transferred call while the console was offline', async () => {
    const before = await handedOver();
    before.kill();
    const agent = await join(before);
    const callOffer = { ...waiting(), callOfferId: 'h2' };
    agent.receive({ type: 'call-offer', callOffer });
    await agent.until(() => agent.calls.live().some(({ id }) => id === 'h2'));
    agent.receive({
      type: 'call-offer-ended',
      callOfferId: 'h2',
      callId: CALL,
      end: 'accepted',
      by: BOB,
    });
    await agent.until(() => agent.calls.live().length === 0);
    expect(agent.history.get('h2')).toMatchObject({
      id: 'h1',
      endReason: { kind: 'lost-to-team', to: 'Bob' },
      parts: [{ id: CALL }, { id: 'h1' }, { id: 'h2' }],
    });
  });

  test('are missed when the caller waited in vain, even if somebody had talked with them', async () => {
    const agent = await killedAndBack();
    agent.receive({ type: 'call-offer-ended', callOfferId: 'h1', callId: CALL, end: 'unanswered' });
    await agent.until(() => agent.calls.live().length === 0);
    expect(rows(agent)).toMatchObject([{ id: 'h1', outcome: 'missed', unseen: true }]);
    expect(agent.history.get('h1')?.parts).toHaveLength(2);
    expect(agent.history.list({ outcome: 'answered' }, undefined, 10).rows).toEqual([]);
  });
});

describe('talk time', () => {
  const talkIntervals = ({ calls }: AgentConsole) => asRelayed(calls.live()[0]).talkIntervals ?? [];

  test('excludes hold', async () => {
    const agent = await talking();
    const talk = () => talkIntervals(agent);
    agent.show({ state: 'on-hold' });
    await agent.until(() => talk()[0]?.to !== undefined);
    agent.show({ state: 'talking' });
    await agent.until(() => talk().length === 2);
    expect(talk()[1]?.to).toBeUndefined();
  });

  test('of a killed app ends when the relay lost it, not when it is back', async () => {
    const before = await talking();
    const from = talkIntervals(before)[0]?.from ?? 0;
    before.kill();
    const agent = await join(before);
    const at = from + 1;
    agent.receive(
      { type: 'agent-disconnected', callId: CALL, agent: ANA, deadlineAt: Date.now() },
      at,
    );
    await agent.until(() => talkIntervals(agent)[0]?.to === at);
    expect(talkIntervals(agent)).toHaveLength(1);
  });
});

describe('a hang-up that the relay never received', () => {
  /** Pressed while the connection is down; then the app dies. */
  async function hungUpUnheard(agent: AgentConsole, callId: string): Promise<AgentConsole> {
    agent.server.cut();
    agent.calls.hangUp(callId);
    agent.kill();
    return join(agent);
  }

  test('is sent again when the relay still has the call for this agent', async () => {
    const agent = await hungUpUnheard(await talking(), CALL);
    agent.show({ state: 'agent-disconnected' });
    expect(await agent.grant('hang-up')).toMatchObject({ callId: CALL });
    expect(rows(agent)).toMatchObject([{ id: CALL, outcome: 'answered' }]);
  });

  test('is sent again for a transferred call', async () => {
    const agent = await hungUpUnheard(await handedOver(), 'h1');
    agent.show({ state: 'talking' });
    expect(await agent.grant('hang-up')).toMatchObject({ callId: 'h1' });
  });

  test('leaves the customer to the teammate who is asked, or who has the call now', async () => {
    const agent = await hungUpUnheard(await talking(), CALL);
    agent.show({ state: 'on-hold', callOffer: offered(Date.now() + 30_000) });
    agent.show({ state: 'talking', owner: BOB });
    agent.show({ state: 'agent-disconnected' });
    await agent.grant('hang-up');
    const said = agent.server.frames.filter(({ type }) => type === 'hang-up');
    expect(said).toHaveLength(1);
  });
});
