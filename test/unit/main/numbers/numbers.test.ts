import { describe, expect, test } from 'vitest';
import { joao, openContacts, T0, told } from '../contacts/contacts-fixture.ts';

describe('a number of ours', () => {
  test('what is told of a number by hand stays until it is told otherwise', async () => {
    const { desk, numbers } = openContacts();
    desk.noteNumber('support', {
      messagingTier: 'TIER_1K',
      balance: { amount: '9.98', minimum: '10', currency: 'USD' },
    });
    desk.noteNumber('support', { recording: { purpose: 'Quality' } });
    expect(numbers.get('support')).toMatchObject({
      messagingTier: 'TIER_1K',
      balance: { amount: '9.98' },
      recording: { purpose: 'Quality' },
    });
    expect((await desk.number('support')).recording).toEqual({ purpose: 'Quality' });
    desk.noteNumber('support', { messagingTier: null, balance: null, recording: 'off' });
    const { messagingTier, balance } = numbers.get('support');
    expect([messagingTier, balance]).toEqual([undefined, undefined]);
    expect((await desk.number('support')).recording).toBe('off');
  });

  test('restrictions and warnings are told at once, and their end as well', () => {
    const atRisk: unknown[] = [];
    const { desk } = openContacts({ atRisk: (...risk) => void atRisk.push(risk) });
    const warning = { what: 'warning', type: 'LOW_USER_INITIATED_CALLING_QUALITY' } as const;
    const lifted = { what: 'restricted', restrictions: [] } as const;
    desk.handleEntry(told({ kind: 'number', at: T0, change: warning }));
    desk.handleEntry(told({ kind: 'number', at: T0, change: { what: 'settings' } }));
    desk.handleEntry(
      told({ kind: 'number', at: T0, change: { what: 'restricted', restrictions: [] } }),
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

  test('is taken whole or not at all', async () => {
    const { desk } = openContacts();
    expect(desk.importRateCard('rates.csv', card('0.01'), undefined).ok).toBe(true);
    const bad = desk.importRateCard('other.csv', card('a lot'), undefined);
    expect(bad).toMatchObject({ ok: false, error: [{ code: 'bad-rate', line: 2 }] });
    expect(desk.rateCard()).toMatchObject({ name: 'rates.csv', currency: 'USD' });
    expect((await desk.facts('support', joao, false)).cost).toMatchObject({
      currency: 'USD',
      monthSeconds: 0,
    });
  });
});
