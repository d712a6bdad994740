import { describe, expect, test } from 'vitest';
import {
  NOT_RECORDED,
  recordingPolicySchema,
  recordingProblem,
} from '../../../../src/shared/recording/policy.ts';

describe('how a number is recorded', () => {
  test('not at all, unless somebody says so', () => {
    expect(NOT_RECORDED.by).toBe('off');
  });

  test.each([{ by: 'everybody' }, { keepDays: 0 }, { pauseForSeconds: 9_999 }, { more: true }])(
    '%o is refused',
    (policy) => {
      expect(recordingPolicySchema.safeParse(policy).success).toBe(false);
    },
  );

  test.each([
    ['off', 'console', { path: 'external', providerRecords: false }, undefined],
    ['provider', 'console', { path: 'direct', providerRecords: true }, undefined],
    ['provider', 'console', { path: 'direct', providerRecords: false }, 'provider-cannot'],
    ['relay', 'relay', { path: 'relayed', providerRecords: false }, undefined],
    ['relay', 'relay', { path: 'direct', providerRecords: true }, 'relay-does-not-carry'],
    ['console', 's3', { path: 'direct', providerRecords: true }, undefined],
    ['console', 'console', { path: 'streamed', providerRecords: false }, undefined],
    ['console', 'console', { path: 'external', providerRecords: true }, 'console-does-not-speak'],
    ['console', 'console', { path: 'relayed', providerRecords: true }, 'console-does-not-speak'],
    ['provider', 'console', { path: 'relayed', providerRecords: true }, undefined],
    [
      'provider',
      'console',
      { path: 'relayed', providerRecords: true, askedBy: 'console' },
      'relay-decides',
    ],
    [
      'console',
      'console',
      { path: 'relayed', providerRecords: true, askedBy: 'console' },
      'relay-decides',
    ],
    [
      'provider',
      'console',
      { path: 'direct', providerRecords: true, askedBy: 'console' },
      undefined,
    ],
    ['console', 'relay', { path: 'direct', providerRecords: true }, 'console-keeps-its-own'],
    ['relay', 'relay', { path: 'relayed', providerRecords: true, allowed: false }, 'forbidden'],
  ] as const)('by %s, kept at %s, for %o: %s', (by, where, number, problem) => {
    expect(recordingProblem({ by, where }, number)).toBe(problem);
  });
});
