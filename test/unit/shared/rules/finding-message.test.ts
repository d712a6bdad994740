import { describe, expect, it } from 'vitest';
import { finding, findingKinds } from '../../../../src/shared/rules/findings.ts';
import { findingMessage } from '../../../../src/shared/rules/finding-message.ts';
import * as en from '../../../../src/shared/i18n/en/index.ts';
import { t } from '../../../../src/shared/i18n/i18n.ts';
import * as fc from 'fast-check';
import { mayCall, mayRequestPermission } from '../../../../src/shared/rules/verdicts.ts';
import { anyFacts, anyTime } from './rule-facts.ts';

describe('the texts of findings', () => {
  it('have two whole sentences for every finding', () => {
    expect(Object.keys(en.findings).sort()).toEqual(Object.keys(findingKinds).sort());
    for (const said of Object.values(en.findings)) {
      const { next, ...forms } = said;
      for (const what of Object.values(forms)) expect(what).toMatch(/^[A-Z{].*[.]$/);
      expect(Object.keys(forms).every((form) => /^what(_one|_other)?$/.test(form))).toBe(true);
      expect(next).toMatch(/^[A-Z].*[.]$/);
    }
  });

  it('have a whole sentence for every other problem', () => {
    const tables = [en.rateCard, en.billDifferences, en.hoursProblems];
    for (const words of tables.flatMap((table) => Object.values<string>(table))) {
      expect(words).toMatch(/^[A-Z“{].*[.]$/);
    }
  });

  it('find every name of their sentences among the values', () => {
    fc.assert(
      fc.property(anyFacts, anyTime, (known, now) => {
        const all = [mayCall(known, now), mayRequestPermission(known, now)];
        for (const found of all.flatMap((one) => one.findings)) {
          const { what, next } = findingMessage(found, (_, value) => String(value));
          expect(`${what} ${next}`).not.toMatch(/[{}]|undefined|NaN/);
        }
      }),
    );
  });

  it('let the screen format times and countries', () => {
    const found = finding('permission-declined', { declinedAt: 7 });
    const { what } = findingMessage(found, (name, value) => `<${name} ${value}>`);
    expect(what).toBe('This customer declined your call request (<declinedAt 7>).');
    const low = finding('pick-up-low', { ratePercent: 60, limitPercent: 70, calls: 40 });
    expect(findingMessage(low, (_, value) => `<${value}>`).what).toMatch(
      /^In seven days, 60% of <40> calls/,
    );
    expect(t('rateCard.bad-date', { line: 3, what: 'x' })).toBe(
      'Line 3: “x” is not a date. Use 2026-10-01.',
    );
  });
});
