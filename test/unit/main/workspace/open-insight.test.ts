import { expect, test } from 'vitest';
import { openInsight } from '../../../../src/main/workspace/open-insight.ts';
import { mayCall } from '../../../../src/shared/rules/verdicts.ts';
import type { Policy } from '../../../../src/shared/policy/policy.ts';
import { FakeClock } from '../../../fakes/clock.ts';
import { FakeLog } from '../../../fakes/log.ts';

/** A number that picked up 40 of 100 calls today. */
function open(policy: Policy, relay: 'none' | 'older') {
  const clock = new FakeClock();
  const day = new Date(clock.now()).toISOString().slice(0, 10);
  const counts = { received: 100, pickedUp: 40, missed: 60, placed: 0, reached: 0 };
  return openInsight({
    history: {
      preparedInsight: () => Promise.reject(new Error('not asked')),
      insight: () =>
        Promise.resolve({
          view: 'pickUp',
          numbers: [{ accountId: 'main', days: [{ date: day, ...counts }] }],
        }),
    },
    relay: relay === 'none' ? undefined : { insight: () => Promise.resolve('older') },
    policy,
    team: () => [],
    agentId: () => 'ana',
    zone: () => 'UTC',
    prepare: () => Promise.resolve(),
    prices: () => undefined,
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
    values: { rate: 40, limit: 50, calls: 100 },
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

test('the team’s figures need a relay that knows them', async () => {
  expect(await open({}, 'none').ofTeam({ view: 'hours' }, range)).toMatchObject({
    ok: false,
    error: { code: 'offline' },
  });
  await expect(open({}, 'older').ofTeam({ view: 'hours' }, range)).rejects.toThrow(/older/);
});
