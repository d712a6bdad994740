import { describe, expect, it } from 'vitest';
import type { Presence } from '../../../../src/shared/protocol/frames.ts';
import { eligibleAgents } from '../../../../src/relay/ring/eligible-agents.ts';
import { obstacle, type ClaimRecord } from '../../../../src/relay/store/claim-record.ts';

const agent = (id: string) => ({ id, name: id.toUpperCase() });
const present = (id: string, presence: Presence = 'available') => ({ agent: agent(id), presence });
const open: ClaimRecord = {
  callId: 'main/1',
  offer: { at: 1, cursor: 1 },
  accountId: 'main',
  assigned: undefined,
  ended: false,
  claimedBy: undefined,
  reservedBy: undefined,
  declinedBy: [],
};
const all = [present('a'), present('b'), present('c', 'on-call'), present('d', 'dnd')];

const ids = (call: Partial<ClaimRecord>) =>
  eligibleAgents({ ...open, ...call }, all).map(({ agent }) => agent.id);

describe('eligible agents', () => {
  it('are connected, available and have not declined', () => {
    expect(ids({})).toEqual(['a', 'b']);
    expect(ids({ declinedBy: ['a', 'x'] })).toEqual(['b']);
  });

  it('are only the reservation’s holder while there is one, whatever they do', () => {
    expect(ids({ reservedBy: agent('b') })).toEqual(['b']);
    expect(ids({ reservedBy: agent('c') })).toEqual(['c']);
    expect(ids({ reservedBy: agent('away') })).toEqual([]);
  });

  it('are none once the call is claimed or over', () => {
    expect(ids({ claimedBy: agent('a') })).toEqual([]);
    expect(ids({ ended: true })).toEqual([]);
  });
});

describe('the obstacle to taking a call', () => {
  it.each([
    [undefined, 'unknown'],
    [{ ...open, offer: undefined }, 'unknown'],
    [{ ...open, offer: undefined, ended: true }, 'ended'],
    [{ ...open, ended: true, claimedBy: agent('a') }, 'ended'],
    [{ ...open, claimedBy: agent('b') }, 'taken'],
    [{ ...open, reservedBy: agent('b') }, 'reserved'],
    [{ ...open, claimedBy: agent('a'), reservedBy: agent('a') }, undefined],
    [open, undefined],
  ])('%j', (call, why) => {
    expect(obstacle(call, 'a')?.why).toBe(why);
  });
});
