import { expect, it } from 'vitest';
import { RelayedCallWorld } from '../relayed-call-world.ts';

const world = new RelayedCallWorld();
const AGENTS = 20;
const CALLS = 100;

it(`${AGENTS} agents race for ${CALLS} relayed calls: one winner and one accept at the provider each`, async () => {
  const machines = [];
  for (let n = 0; n < AGENTS; n += 1) machines.push(await world.join(`agent-${n}`));
  const [first] = machines;
  if (!first) throw new Error('nobody');
  for (let turn = 0; turn < CALLS; turn += 1) {
    const callId = await world.ring(first, { waId: `55119${String(turn).padStart(8, '0')}` });
    const order = [...machines.slice(turn % AGENTS), ...machines.slice(0, turn % AGENTS)];
    const outcomes = await Promise.all(order.map(({ console }) => console.claim(callId)));
    const winner = outcomes.findIndex(({ kind }) => kind === 'granted');
    expect(outcomes.filter(({ kind }) => kind === 'granted')).toHaveLength(1);
    expect(outcomes.filter((one) => one.kind === 'refused' && one.why === 'taken')).toHaveLength(
      AGENTS - 1,
    );
    const accepts = world.report(callId)?.requests.filter(({ action }) => action === 'accept');
    expect(accepts).toHaveLength(1);
    await order[winner]?.console.hangUp(callId);
    await world.ended(callId);
  }
});
