import { describe, expect, test } from 'vitest';
import { joao, openContacts, T0, reported } from '../contacts/contacts-fixture.ts';

describe('numbers', () => {
  test('keeps what an agent enters about a number until it is changed', async () => {
    const { numberService, numbers } = openContacts();
    numberService.note('support', {
      messagingTier: 'TIER_1K',
      balance: { amount: '9.98', minimum: '10', currency: 'USD' },
    });
    numberService.note('support', { recording: { purpose: 'Quality' } });
    expect(numbers.get('support')).toMatchObject({
      messagingTier: 'TIER_1K',
      balance: { amount: '9.98' },
      recording: { purpose: 'Quality' },
    });
    expect((await numberService.get('support')).recording).toEqual({ purpose: 'Quality' });
    numberService.note('support', { messagingTier: null, balance: null, recording: 'off' });
    const { messagingTier, balance } = numbers.get('support');
    expect([messagingTier, balance]).toEqual([undefined, undefined]);
    expect((await numberService.get('support')).recording).toBe('off');
  });

  test('announces restrictions and warnings, and their end, at once', () => {
    const atRisk: unknown[] = [];
    const { service } = openContacts({ atRisk: (...risk) => void atRisk.push(risk) });
    const warning = { what: 'warning', type: 'LOW_USER_INITIATED_CALLING_QUALITY' } as const;
    const lifted = { what: 'restricted', restrictions: [] } as const;
    service.handleEntry(reported({ kind: 'number', at: T0, change: warning }));
    service.handleEntry(reported({ kind: 'number', at: T0, change: { what: 'settings' } }));
    service.handleEntry(
      reported({ kind: 'number', at: T0, change: { what: 'restricted', restrictions: [] } }),
    );
    expect(atRisk).toEqual([
      ['support', warning],
      ['support', lifted],
    ]);
  });
});

describe('the rate card', () => {
  const card = (rate: string) =>
    `effective_from,currency,region,areas,above_minutes,rate_per_minute\n2026-10-01,USD,Brazil,BR,0,${rate}\n`;

  test('is imported whole or not at all', async () => {
    const { service, rateCards } = openContacts();
    expect(rateCards.import('rates.csv', card('0.01'), undefined).ok).toBe(true);
    const bad = rateCards.import('other.csv', card('a lot'), undefined);
    expect(bad).toMatchObject({ ok: false, error: [{ code: 'bad-rate', line: 2 }] });
    expect(rateCards.get()).toMatchObject({ name: 'rates.csv', currency: 'USD' });
    expect((await service.facts('support', joao, false)).cost).toMatchObject({
      currency: 'USD',
      monthSeconds: 0,
    });
  });
});
