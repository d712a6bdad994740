import { describe, expect, it } from 'vitest';
import {
  policyRefusal,
  recordingOf,
  recordingPolicyOf,
  type RecordingRules,
} from '../../../../src/main/numbers/recording-use.ts';
import { recordingPolicySchema } from '../../../../src/shared/recording/policy.ts';

const account = {
  id: 'support',
  label: 'Support',
  number: '+15551112222',
  provider: 'meta',
  phoneNumberId: '1',
  wabaId: '2',
  recording: { purpose: 'Quality' },
} as const;
const policy = (by: 'off' | 'provider' | 'console') => recordingPolicySchema.parse({ by });
const rules = (more: Partial<RecordingRules> = {}): RecordingRules => ({
  path: 'direct',
  mayRecord: true,
  mayDecide: true,
  ...more,
});

describe('how a number is recorded', () => {
  it('is the relay’s word, then the page’s, then the profile’s', () => {
    const page = { recordingPolicy: policy('console') };
    const byRelay = policy('off');
    expect(recordingPolicyOf(account, page, rules({ byRelay })).by).toBe('off');
    expect(recordingPolicyOf(account, page, rules()).by).toBe('console');
    expect(recordingPolicyOf(account, {}, rules()).by).toBe('provider');
    // Neither does Meta hear what the page says.
    const asked = { ...page, recording: { purpose: 'Ours' } };
    expect(recordingOf(account, asked, rules({ byRelay }))).toBe('off');
  });

  it('is only the relay’s word where the relay places and accepts the calls', () => {
    const relayed = { path: 'relayed' } as const;
    const page = { recordingPolicy: policy('provider') };
    expect(recordingPolicyOf(account, page, rules(relayed)).by).toBe('off');
    expect(recordingPolicyOf(account, {}, rules(relayed)).by).toBe('off');
    expect(policyRefusal(account, policy('provider'), rules(relayed))).toBe('relay-decides');
    const byRelay = policy('provider');
    expect(recordingPolicyOf(account, page, rules({ ...relayed, byRelay })).by).toBe('provider');
  });

  it('is not at all where the organisation forbids it, whoever asks', () => {
    const off = { mayRecord: false };
    for (const by of ['provider', 'console'] as const) {
      expect(recordingPolicyOf(account, { recordingPolicy: policy(by) }, rules(off)).by).toBe(
        'off',
      );
      const byRelay = policy(by);
      expect(recordingPolicyOf(account, {}, rules({ ...off, byRelay })).by).toBe('off');
      expect(policyRefusal(account, policy(by), rules(off))).toBe('forbidden');
    }
    expect(recordingOf(account, {}, rules(off))).toBe('off');
  });

  it('is decided by admins, and by nobody here once the relay has', () => {
    expect(policyRefusal(account, policy('console'), rules())).toBeUndefined();
    const agent = rules({ mayDecide: false });
    expect(policyRefusal(account, policy('off'), agent)).toBe('not-admin');
    const byRelay = policy('console');
    expect(policyRefusal(account, policy('off'), rules({ byRelay }))).toBe('set-by-relay');
  });
});
