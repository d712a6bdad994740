import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  mayCall,
  mayRequestPermission,
  maySendFreeForm,
} from '../../../../src/shared/rules/verdicts.ts';
import { answer, anyFacts, anyTime, facts, HOUR, START } from './rule-facts.ts';

const questions = {
  mayCall,
  mayRequestPermission,
  requestByTemplate: (...[known, now]: Parameters<typeof mayCall>) =>
    mayRequestPermission(known, now, 'template'),
  maySendFreeForm,
};

describe.each(Object.entries(questions))('the verdict of %s', (_, ask) => {
  it('says when it changes and stays the same until then', () => {
    fc.assert(
      fc.property(anyFacts, anyTime, fc.nat(), (known, now, step) => {
        const first = ask(known, now);
        const until = first.changesAt;
        expect(until ?? Infinity).toBeGreaterThan(now);
        const later = now + (until === undefined ? step : step % (until - now));
        expect(ask(known, later)).toEqual(first);
      }),
      { numRuns: 400 },
    );
  });

  it('lists blocking findings first and allows exactly when none blocks', () => {
    fc.assert(
      fc.property(anyFacts, anyTime, (known, now) => {
        const { allowed, findings } = ask(known, now);
        const order = findings.map((one) => ['block', 'warn', 'info'].indexOf(one.severity));
        expect(order).toEqual(order.toSorted((a, b) => a - b));
        expect(allowed).toBe(!order.includes(0));
      }),
    );
  });

  it('does not depend on the order of the history', () => {
    fc.assert(
      fc.property(anyFacts, anyTime, (known, now) => {
        // Events at the same moment keep the given order.
        const times = new Set(known.history.map((event) => event.at));
        fc.pre(times.size === known.history.length);
        const other = { ...known, history: known.history.toReversed() };
        expect(ask(other, now)).toEqual(ask(known, now));
      }),
    );
  });
});

const codes = (verdict: ReturnType<typeof mayCall>) => verdict.findings.map((one) => one.code);

describe('all verdicts together', () => {
  it('let an agent call with permission', () => {
    const verdict = mayCall(facts(), START);
    expect(verdict.allowed).toBe(true);
    expect(codes(verdict)).toEqual(['permission-permanent', 'calls-left']);
  });

  it('name every reason at once, most severe first', () => {
    const verdict = mayCall(
      facts({
        business: {
          number: '+14155552671',
          callingEnabled: false,
          facts: [{ kind: 'payment', code: '131044', since: START - HOUR }],
          balance: { amount: '9.98', minimum: '10', currency: 'USD' },
        },
        permission: answer({ status: 'none', call: { allowed: false, limits: [] } }),
      }),
      START,
    );
    expect(verdict.allowed).toBe(false);
    expect(codes(verdict)).toEqual([
      'country-blocked',
      'calling-off',
      'balance-too-low',
      'permission-missing',
      'payment-missing',
      'calls-left',
    ]);
  });

  it('ask for nothing on a Pilot Status web number', () => {
    const web = facts({ provider: 'pilot-web', permission: 'unchecked' });
    expect(mayCall(web, START)).toEqual({ allowed: true, findings: [], changesAt: undefined });
    expect(maySendFreeForm(web, START).allowed).toBe(true);
    expect(codes(mayRequestPermission(web, START))).toEqual(['permission-not-needed']);
  });

  it('do not ask again for what is granted permanently (138017)', () => {
    expect(codes(mayRequestPermission(facts(), START))).toEqual(['permission-already-permanent']);
  });

  it('allow free text only inside the window', () => {
    expect(codes(maySendFreeForm(facts(), START))).toEqual(['window-closed']);
    const known = facts({ history: [{ kind: 'customer-message', at: START - HOUR }] });
    expect(maySendFreeForm(known, START)).toMatchObject({
      allowed: true,
      changesAt: START + 23 * HOUR,
    });
  });
});
