import { describe, expect, it } from 'vitest';
import {
  appliedSettings,
  mergePolicies,
  parsePolicy,
  policyView,
} from '../../../../src/shared/policy/policy.ts';

describe('a policy', () => {
  it('applies every right key although others are wrong', () => {
    const { policy, problems } = parsePolicy({
      relay: { url: 'ws://relay.example.com' },
      updates: { channel: 'nightly', enabled: 0 },
      retention: { callDays: 'a month' },
      recordings: { allowed: false },
      settings: { theme: 'dark', font: 'large', screenPop: { address: 'https://a.example', x: 1 } },
      route: 'direct',
    });
    expect(policy).toEqual({
      updates: { enabled: false },
      retention: {},
      relay: {},
      settings: { theme: 'dark' },
    });
    expect(problems).toEqual([
      expect.stringMatching(/^relay\.url: .*wss:\/\//s),
      expect.stringMatching(/^updates\.channel: must be one of .*"stable", "beta"/),
      expect.stringMatching(/^retention\.callDays: must be a number of days/),
      expect.stringMatching(/^recordings: is not known/),
      expect.stringMatching(/^settings\.font: is not known/),
      expect.stringMatching(/^settings\.screenPop: .*“x”/),
      expect.stringMatching(/^route: must be a group/),
    ]);
  });

  it.each([null, [], 'policy', 7])('says that %j is none', (raw) => {
    expect(parsePolicy(raw)).toEqual({ policy: {}, problems: [expect.stringContaining('group')] });
  });

  it.each([
    ['system', true],
    ['none', true],
    ['http://proxy.example.com:3128', true],
    ['socks5://proxy.example.com', true],
    ['proxy.example.com:3128', false],
    ['http://ana:secret@proxy.example.com', false],
    ['ftp://proxy.example.com', false],
  ])('takes the proxy %s: %s', (proxy, right) => {
    expect(parsePolicy({ route: { proxy } }).problems.length).toBe(right ? 0 : 1);
  });

  it('names no password of a proxy among its problems', () => {
    const { problems } = parsePolicy({ route: { proxy: 'http://ana:hunter2@proxy.example.com' } });
    expect(problems.join()).not.toContain('hunter2');
  });

  it('is the stronger place’s key by key', () => {
    const merged = mergePolicies([
      { relay: { url: 'wss://strong.example.com' }, features: { demo: false } },
      { relay: { url: 'wss://weak.example.com' }, features: { demo: true, export: false } },
    ]);
    expect(merged).toEqual({
      relay: { url: 'wss://strong.example.com' },
      features: { demo: false, export: false },
    });
  });

  it('locks the settings of a feature that is off', () => {
    const policy = {
      features: { localApi: false, demo: false },
      settings: { theme: 'dark' },
    } as const;
    expect(appliedSettings(policy)).toEqual({ localApi: false, theme: 'dark' });
    expect(policyView(policy, ['/etc/x.json'])).toEqual({
      sources: ['/etc/x.json'],
      locked: ['theme', 'localApi'],
      off: ['demo', 'localApi'],
    });
    expect(policyView({}, [])).toBeUndefined();
  });
});
