import { describe, expect, it } from 'vitest';
import { blockedForOutbound } from '../../../../src/shared/rules/data/countries.ts';
import { providerIds, type ProviderId } from '../../../../src/shared/rules/data/providers.ts';
import { mayCall } from '../../../../src/shared/rules/verdicts.ts';
import { facts, START } from './rule-facts.ts';

const numbers = {
  US: '+14155552671',
  CA: '+14165550123',
  JM: '+18765551234',
  TR: '+905321234567',
  EG: '+201001234567',
  VN: '+84912345678',
  NG: '+2348021234567',
  BR: '+5511987654321',
} as const;
const expected: Record<ProviderId, readonly string[]> = {
  meta: ['US', 'CA', 'EG', 'VN', 'NG'],
  d360: ['US', 'CA', 'TR', 'EG', 'VN', 'NG'],
  'pilot-meta': ['US', 'CA', 'EG', 'VN', 'NG'],
  'pilot-web': [],
  zernio: ['US', 'CA', 'EG', 'VN', 'NG'],
};
const found = (
  provider: ProviderId,
  number: string,
  customer = '525512345678',
  outboundDisabled?: boolean,
) =>
  mayCall(
    facts({ provider, business: { number, outboundDisabled }, customer: { number: customer } }),
    START,
  ).findings;

describe('country rules', () => {
  it.each(providerIds)('block calls from the business numbers that %s lists', (provider) => {
    const blocked = Object.entries(numbers).filter(([, number]) =>
      found(provider, number).some((one) => one.code === 'country-blocked'),
    );
    expect(blocked.map(([country]) => country).sort()).toEqual(expected[provider].toSorted());
    expect(blockedForOutbound[provider].source).not.toBe('');
  });

  it('depend on the business number, not on the customer', () => {
    expect(found('meta', numbers.BR, numbers.US).map((one) => one.code)).not.toContain(
      'country-blocked',
    );
  });

  it('let the provider’s own flag win in both directions', () => {
    expect(found('zernio', numbers.US, undefined, false)[0]?.severity).not.toBe('block');
    expect(found('zernio', numbers.JM, undefined, true)[0]).toMatchObject({
      code: 'country-blocked',
      values: { country: 'JM' },
    });
  });

  it('warn when the country is unknown', () => {
    expect(found('meta', '+888123')[0]).toMatchObject({
      code: 'country-unknown',
      severity: 'warn',
    });
  });

  it.each([
    ['+5351234567', 'CU'],
    ['+989121234567', 'IR'],
    ['+850191234567', 'KP'],
    ['+963944567890', 'SY'],
    ['+79781234567', 'Crimea'],
    ['+79491234567', 'Donetsk'],
    ['+79591234567', 'Luhansk'],
  ])('block %s on either side with every provider', (number, region) => {
    for (const provider of providerIds) {
      expect(found(provider, numbers.BR, number)[0]).toMatchObject({
        code: 'region-sanctioned',
        severity: 'block',
        values: { region, party: 'customer' },
      });
      expect(found(provider, number)[0]).toMatchObject({ values: { region, party: 'business' } });
    }
  });

  it.each([
    ['+971501234567', 'region-unreliable'],
    ['+966501234567', 'region-unreliable'],
    ['+97433123456', 'region-unreliable'],
    ['+201001234567', 'region-unreliable'],
    ['+380621234567', 'region-doubtful'],
  ])('warn about %s: %s', (number, code) => {
    const findings = found('meta', numbers.BR, number);
    expect(findings[0]).toMatchObject({ code, severity: 'warn' });
  });

  it('ignore a customer without a number', () => {
    expect(mayCall(facts({ customer: {} }), START).allowed).toBe(true);
  });
});
