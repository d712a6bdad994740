import { describe, expect, it } from 'vitest';
import { WebhookTurns } from '../../../../src/relay/webhooks/turns.ts';

const MB = 1_048_576;

/** Waits for turns and records their order. */
function open() {
  const turns = new WebhookTurns();
  const order: string[] = [];
  const take = async (account: string, bytes = 1_000) => {
    if (!(await turns.take(account, bytes))) return false;
    order.push(account);
    return true;
  };
  return { order, take };
}

describe('the turns of webhooks', () => {
  it('include another account’s webhook at once, however many are waiting for one account', async () => {
    const { order, take } = open();
    const flood = Array.from({ length: 1_000 }, () => take('flood'));
    await take('other');
    expect(order.indexOf('other')).toBe(1);
    expect(order.length).toBeLessThanOrEqual(32);
    await Promise.all(flood);
    expect(order).toHaveLength(1_001);
  });

  it('stay short, however large webhooks are', async () => {
    const { order, take } = open();
    const flood = Array.from({ length: 20 }, () => take('flood', MB));
    await new Promise((resolve) => setImmediate(resolve));
    expect(order).toEqual(['flood']);
    await take('other');
    expect(order.indexOf('other')).toBeLessThanOrEqual(2);
    await Promise.all(flood);
  });

  it('are refused only to an account with too much waiting', async () => {
    const { take } = open();
    const many = Array.from({ length: 2_000 }, () => take('flood'));
    expect(await take('flood')).toBe(false);
    const large = Array.from({ length: 32 }, () => take('large', MB));
    expect(await take('large', MB)).toBe(false);
    expect(await take('other', MB)).toBe(true);
    expect(await Promise.all([...many, ...large])).not.toContain(false);
    expect(await take('flood')).toBe(true);
    expect(await take('large', MB)).toBe(true);
  });
});
