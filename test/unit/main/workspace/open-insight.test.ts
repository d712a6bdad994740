import { expect, test } from 'vitest';
import { openInsight } from '../../../../src/main/workspace/open-insight.ts';
import { mayCall } from '../../../../src/shared/rules/verdicts.ts';
import type { Policy } from '../../../../src/shared/policy/policy.ts';
import { FakeClock } from '../../../fakes/clock.ts';
import { FakeLog } from '../../../fakes/log.ts';

type Insight = Parameters<typeof openInsight>[0];
type Ports = Pick<Insight, 'relay' | 'prepare' | 'prices'> &
  Pick<Insight['history'], 'preparedInsight'>;

/** A number that picked up 40 of 100 calls today. */
function open(policy: Policy, relay: 'none' | 'older', ports: Partial<Ports> = {}) {
  const clock = new FakeClock();
  const day = new Date(clock.now()).toISOString().slice(0, 10);
  const counts = { received: 100, pickedUp: 40, missed: 60, placed: 0, reached: 0 };
  return openInsight({
    history: {
      preparedInsight: ports.preparedInsight ?? (() => Promise.reject(new Error('not asked'))),
      insight: () =>
        Promise.resolve({
          view: 'pickUp',
          numbers: [{ accountId: 'main', days: [{ date: day, ...counts }] }],
        }),
    },
    relay:
      ports.relay ?? (relay === 'none' ? undefined : { insight: () => Promise.resolve('older') }),
    policy,
    roster: () => ({}),
    zone: () => 'UTC',
    prepare: ports.prepare ?? (() => Promise.resolve()),
    prices: ports.prices ?? (() => undefined),
    clock,
    log: new FakeLog(),
    changed: () => undefined,
  });
}

const range = { from: 0, to: 1, zone: 'UTC' };

test('a number below the organisation’s limit places no calls, and says why', async () => {
  const insight = open({ pickUp: { holdBelow: 50 } }, 'none');
  expect(await insight.isHeld('main')).toBe(true);
  const pickUp = insight.pickUpFacts('main');
  const { allowed, findings } = mayCall(
    {
      provider: 'pilot-web',
      business: { number: '5511999990000', pickUp },
      customer: { number: '5511987654321' },
      permission: 'unchecked',
      history: [],
    },
    0,
  );
  expect(allowed).toBe(false);
  expect(findings[0]).toMatchObject({
    code: 'pick-up-held',
    values: { ratePercent: 40, limitPercent: 50, calls: 100 },
  });
  insight.close();
});

test('without such a limit it only warns', async () => {
  const insight = open({}, 'none');
  insight.pickUpFacts('main');
  await Promise.resolve();
  expect(await insight.isHeld('main')).toBe(false);
  expect(insight.limits).toEqual({ warnBelow: 70, atLeast: 20 });
  insight.close();
});

test('days that are not packed are prepared once somebody looks', async () => {
  const prepared: string[] = [];
  const preparing = { view: 'preparing', share: 0.5 } as const;
  for (const isPacked of [false, true]) {
    const insight = open({}, 'none', {
      preparedInsight: () => Promise.resolve({ figures: preparing, isPacked }),
      prepare: () => Promise.resolve(void prepared.push(String(isPacked))),
    });
    expect(await insight.own({ view: 'hours' }, range)).toEqual(preparing);
  }
  expect(prepared).toEqual(['false']);
});

test('the team’s costs are counted by the prices for the countries that were called', async () => {
  const csv = `effective_from,currency,region,areas,above_minutes,rate_per_minute
2026-01-01,USD,Mexico,MX,0,0.1
2026-01-01,USD,Brazil,BR,0,0.2
`;
  const row = { accountId: 'main', country: 'BR', calls: 1, seconds: 6, unpriced: 1 };
  const asked: unknown[] = [];
  const insight = open({}, 'older', {
    relay: {
      insight(_part, _range, prices) {
        asked.push(prices?.csv.includes('BR'));
        return Promise.resolve({ kind: 'insight', figures: { view: 'cost', rows: [row] } });
      },
    },
    prices: () => ({ csv, currency: 'USD' }),
  });
  expect(await insight.ofTeam({ view: 'cost' }, range)).toMatchObject({ ok: true });
  expect(asked).toEqual([undefined, true]);
});

test('the team’s figures say since when the relay knows calls; one of the release before knew a week', async () => {
  const days = 86_400_000;
  for (const [knownForMs, known] of [
    [14 * days, 14 * days],
    [undefined, 7 * days],
  ] as const) {
    const answer = { kind: 'insight', figures: { view: 'cost', rows: [] }, knownForMs } as const;
    const insight = open({}, 'older', { relay: { insight: () => Promise.resolve(answer) } });
    expect(await insight.ofTeam({ view: 'cost' }, range)).toMatchObject({
      value: { view: 'cost', knownSince: new FakeClock().now() - known },
    });
  }
});

test('the team’s figures need a relay that knows them', async () => {
  expect(await open({}, 'none').ofTeam({ view: 'hours' }, range)).toMatchObject({
    ok: false,
    error: { code: 'offline' },
  });
  await expect(open({}, 'older').ofTeam({ view: 'hours' }, range)).rejects.toThrow(/older/);
});
