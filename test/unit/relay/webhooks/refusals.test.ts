import { expect, it } from 'vitest';
import { suggestsWrongSecret } from '../../../../src/relay/webhooks/refusals.ts';
import { WebhookHealth } from '../../../../src/relay/webhooks/webhook-health.ts';
import { offer, relayConfig } from '../../../integration/relay/harness.ts';

const MINUTE_MS = 60_000;

/** Whether a refused delivery raises an alarm, by how long ago this relay and the store took one. */
async function alarms(taken: { here?: number; stored?: number }): Promise<boolean> {
  const { accounts } = relayConfig('data');
  const [account] = accounts;
  if (!account) throw new Error('no account');
  const clock = { time: 0, now: () => clock.time };
  const health = new WebhookHealth(clock);
  const now = 100 * MINUTE_MS;
  if (taken.here !== undefined) {
    clock.time = now - taken.here;
    health.taken(account.id);
  }
  clock.time = now;
  const stored =
    taken.stored === undefined ? [] : [[account.id, { takenAt: now - taken.stored }] as const];
  const store = { lastWebhooks: async () => new Map(stored) };
  const body = Buffer.from(JSON.stringify(offer('wacid.1')));
  return suggestsWrongSecret({ accounts, clock, health, store }, account, body);
}

it.each([
  ['none was ever taken', {}],
  ['the last one was taken long ago', { here: 5 * MINUTE_MS, stored: 5 * MINUTE_MS }],
])('a refused delivery is an alarm where %s', async (_when, taken) => {
  expect(await alarms(taken)).toBe(true);
});

it.each([
  ['this relay has just taken one', { here: 1_000 }],
  ['this relay had just taken one before it was restarted', { stored: 1_000 }],
  ['another relay takes them now', { here: 5 * MINUTE_MS, stored: 1_000 }],
])('a refused delivery is no alarm where %s', async (_when, taken) => {
  expect(await alarms(taken)).toBe(false);
});
