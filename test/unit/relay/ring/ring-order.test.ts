import { describe, expect, it } from 'vitest';
import { agentsToRing } from '../../../../src/relay/ring/ring-order.ts';
import type { RingOrder } from '../../../../src/relay/config/ring.ts';

const person = (id: string, team?: string) => ({ agent: { id }, team });
const all = [person('ana', 'sales'), person('ben', 'support'), person('cid')];
const order: RingOrder = [
  { who: { kind: 'assigned' }, seconds: 10 },
  { who: { kind: 'team', team: 'support' }, seconds: 20 },
  { who: { kind: 'anyone' }, seconds: 30 },
];
const ids = (now: number, able = all, assigned: string | undefined = 'ana') => {
  const { agents, nextAt } = agentsToRing(order, 0, now, able, assigned);
  return [agents.map(({ agent }) => agent.id).join(' '), nextAt];
};

describe('a ring order', () => {
  it('asks step by step, and earlier steps keep ringing', () => {
    expect(ids(0)).toEqual(['ana', 10_000]);
    expect(ids(10_000)).toEqual(['ana ben', 30_000]);
    expect(ids(30_000)).toEqual(['ana ben cid', undefined]);
    expect(ids(600_000)).toEqual(['ana ben cid', undefined]);
  });

  it('skips steps in which nobody can be asked', () => {
    expect(ids(0, all, 'zoe')).toEqual(['ben', 30_000]);
    expect(ids(0, [person('cid')], undefined)).toEqual(['cid', undefined]);
    expect(ids(0, [])).toEqual(['', undefined]);
  });

  it('of “everyone” asks everyone', () => {
    expect(agentsToRing('everyone', 0, 0, all, undefined)).toEqual({
      agents: all,
      nextAt: undefined,
    });
  });
});
