import { describe, expect, it } from 'vitest';
import { underPolicy } from '../../../../src/main/policy/under-policy.ts';

const profile = {
  relayUrl: 'wss://relay.example.com/v1/agents',
  screenPop: { address: 'https://crm.example.com/{number}', name: '', onAccept: true },
};

describe('a profile under a policy', () => {
  it('is as it was where the policy says nothing', () => {
    expect(underPolicy(profile, {})).toEqual({ ...profile, differ: [] });
  });

  it('goes to the policy’s relay, and names the disagreement', () => {
    const policy = { relay: { url: 'wss://calls.example.org' } };
    expect(underPolicy(profile, policy)).toMatchObject({
      relayUrl: 'wss://calls.example.org/v1/agents',
      differ: ['relay'],
    });
    const same = { relay: { url: 'wss://relay.example.com' } };
    expect(underPolicy(profile, same).differ).toEqual([]);
  });

  it('leaves its page about customers to the policy', () => {
    const page = { address: 'https://other.example.com', name: '', onAccept: true };
    const own = underPolicy(profile, { settings: { screenPop: page } });
    expect(own).toMatchObject({ screenPop: undefined, differ: ['screenPop'] });
    const off = underPolicy(profile, { features: { screenPop: false } });
    expect(off).toMatchObject({ screenPop: undefined, differ: ['screenPop'] });
  });
});
