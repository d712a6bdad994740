import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { callsLeft } from '../../../../src/shared/rules/call-limit.ts';
import type { ContactEvent } from '../../../../src/shared/rules/facts.ts';
import { periodMs } from '../../../../src/shared/rules/quota.ts';
import { requestsLeft } from '../../../../src/shared/rules/request-limit.ts';
import { mayCall, mayRequestPermission } from '../../../../src/shared/rules/verdicts.ts';
import { answer, anyHistory, anyTime, DAY, facts, HOUR, START } from './rule-facts.ts';

const message = (at: number): ContactEvent => ({ kind: 'customer-message', at });
const request = (at: number): ContactEvent => ({ kind: 'permission-request', at });
const blocks = (history: readonly ContactEvent[], now: number, permission = none) =>
  mayRequestPermission(facts({ history, permission }), now).findings.filter(
    (one) => one.severity === 'block',
  );
const none = answer({ status: 'none', call: { allowed: false, limits: [] }, checkedAt: 0 });

describe('permission requests without provider limits', () => {
  it('are allowed once in 24 hours, to the millisecond', () => {
    const history = [request(START), message(START + 23 * HOUR)];
    expect(blocks(history, START + DAY - 1)).toMatchObject([
      { code: 'request-limit', changesAt: START + DAY, values: { max: 1, hours: 24 } },
    ]);
    expect(blocks(history, START + DAY)).toEqual([]);
  });

  it('are allowed twice in seven days, with the later of two times', () => {
    const history = [request(START), request(START + 2 * DAY), message(START + 3 * DAY)];
    expect(blocks(history, START + 3 * DAY)).toMatchObject([
      { code: 'request-limit', changesAt: START + 7 * DAY, values: { max: 2, hours: 168 } },
    ]);
    const both = [request(START), request(START + 6.5 * DAY), message(START + 6.6 * DAY)];
    expect(blocks(both, START + 6.6 * DAY)).toMatchObject([{ changesAt: START + 7.5 * DAY }]);
  });

  it.each<ContactEvent>([
    { kind: 'customer-call', at: START + HOUR, connectedAt: START + HOUR },
    { kind: 'business-call', at: START + HOUR, outcome: 'connected', connectedAt: START + HOUR },
  ])('start over after a connected call: $kind', (call) => {
    expect(blocks([request(START), call], START + 2 * HOUR)).toEqual([]);
  });

  it('do not start over after an unanswered call', () => {
    const history: ContactEvent[] = [request(START), { kind: 'customer-call', at: START + HOUR }];
    expect(blocks(history, START + 2 * HOUR)).toMatchObject([{ code: 'request-limit' }]);
  });

  it('wait 24 hours after a refusal unless the provider has allowed one since', () => {
    const sandbox = { number: '+5511987654321', sandbox: true };
    const declinedAt = START + HOUR;
    const history: ContactEvent[] = [
      request(START),
      { kind: 'permission-declined', at: declinedAt },
      message(START + DAY),
    ];
    const ask = (now: number, checkedAt: number) =>
      mayRequestPermission(
        facts({ history, business: sandbox, permission: { ...none, checkedAt } }),
        now,
      );
    expect(ask(declinedAt + DAY - 1, START).allowed).toBe(false);
    expect(ask(declinedAt + DAY, START).allowed).toBe(true);
    expect(ask(declinedAt + DAY - 1, declinedAt + 1).allowed).toBe(true);
  });

  it('count a request that is still pending', () => {
    const known = facts({ history: [request(START)], permission: none });
    const pending = mayRequestPermission(known, START + 2 * DAY).findings.find(
      (one) => one.code === 'request-pending',
    );
    expect(pending?.changesAt).toBe(START + 7 * DAY);
  });
});

describe('provider limits', () => {
  it('override our constants in both directions', () => {
    fc.assert(
      fc.property(anyHistory, fc.boolean(), anyTime, (history, allowed, checkedAt) => {
        // Everything known happened before the provider was asked.
        const before = history.filter((event) => event.at < checkedAt - HOUR);
        const max = 25;
        const used = allowed ? max - 1 : max;
        const limits = [
          { period: 'PT24H', max, used, freeAt: allowed ? undefined : checkedAt + 7 },
        ];
        const permission = answer({
          checkedAt,
          call: { allowed, limits },
          request: { allowed, limits },
          status: 'temporary',
        });
        const known = facts({ history: [...before, message(checkedAt)], permission });
        expect(mayCall(known, checkedAt).allowed).toBe(allowed);
        expect(mayRequestPermission(known, checkedAt).allowed).toBe(allowed);
        // Used places free when the provider said.
        expect(mayCall(known, checkedAt + 7).allowed).toBe(true);
        expect(callsLeft(known, checkedAt).from).toBe('provider');
      }),
    );
  });

  it('include what we did since the last check', () => {
    const limits = [{ period: 'PT24H', max: 2, used: 1 }];
    const permission = answer({ call: { allowed: true, limits } });
    const at = START + HOUR;
    const history: ContactEvent[] = [
      { kind: 'business-call', at, outcome: 'connected', connectedAt: at },
    ];
    expect(callsLeft(facts({ permission, history }), at).exhausted).toBe(true);
    // Uses counted by the provider expire at most a day after the answer.
    expect(mayCall(facts({ permission, history }), at).findings[0]).toMatchObject({
      code: 'call-limit',
      changesAt: START + DAY,
    });
  });

  it('are replaced by our figures only while missing', () => {
    expect(callsLeft(facts(), START)).toMatchObject({ from: 'default', limits: [{ max: 100 }] });
    expect(requestsLeft(facts(), START)).toMatchObject({ from: 'default' });
  });

  it('report a refused request that nothing explains', () => {
    const permission = { ...none, checkedAt: START, request: { allowed: false, limits: [] } };
    expect(blocks([message(START)], START, permission)).toMatchObject([
      { code: 'request-refused', next: 'check-permission' },
    ]);
  });
});

describe('an ISO 8601 period', () => {
  it.each([
    ['PT24H', DAY],
    ['P7D', 7 * DAY],
    ['P1W', 7 * DAY],
    ['P1DT12H', 1.5 * DAY],
    ['PT90M', 1.5 * HOUR],
    ['PT30S', 30_000],
    ['P', undefined],
    ['PT0S', undefined],
    ['24h', undefined],
  ])('is read: %s', (text, ms) => {
    expect(periodMs(text)).toBe(ms);
  });
});
