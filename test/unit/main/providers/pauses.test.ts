import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { FakeClock } from '../../../fakes/clock.ts';
import { failureOf, valueOf } from './failure.ts';
import { accounts, adapterOf } from './numbers.ts';

const to = { waId: '14085551234' };
const permission = { status: 200, body: { permission: { status: 'permanent' } } };
const done = { status: 200, body: { success: true } };
const busy = (headers: Record<string, string>) => ({ status: 429, body: {}, headers });

describe('a 429', () => {
  test('is retried after a short pause that the provider names', async () => {
    const { provider, received } = await adapterOf(
      accounts.zernio,
      busy({ 'retry-after': '1' }),
      permission,
    );
    const timers = vi.spyOn(globalThis, 'setTimeout');
    onTestFinished(() => timers.mockRestore());
    await valueOf(provider.permission(to));
    expect(timers).toHaveBeenCalledWith(expect.any(Function), 1_000);
    expect(received).toHaveLength(2);
  });

  test('with a long pause ends the attempts, and pauses all reads', async () => {
    const { provider, received, clock } = await adapterOf(
      accounts.zernio,
      busy({ 'retry-after': '60' }),
      permission,
    );
    expect(await failureOf(provider.permission(to))).toMatchObject({
      code: 'http-429',
      transient: true,
    });
    expect(await failureOf(provider.reads?.call('call_1'))).toMatchObject({
      code: 'http-429',
      message: expect.stringContaining('60 s'),
    });
    expect(received).toHaveLength(1);
    clock.advance(60_000);
    await valueOf(provider.permission(to));
    expect(received).toHaveLength(2);
  });

  test.each([
    ['Unix seconds', 1000],
    ['Unix ms', 1],
  ])('X-RateLimit-Reset in %s', async (_, unit) => {
    const reset = String((new FakeClock().now() + 90_000) / unit);
    const { provider, received } = await adapterOf(
      accounts.zernio,
      busy({ 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': reset }),
    );
    await failureOf(provider.permission(to));
    expect(await failureOf(provider.permission(to))).toMatchObject({
      message: expect.stringContaining('90 s'),
    });
    expect(received).toHaveLength(1);
  });

  test('the reset time of an unmet limit causes no pause', async () => {
    const headers = { 'x-ratelimit-reset': String(new FakeClock().now() / 1000 + 90) };
    const { provider, received } = await adapterOf(
      accounts.zernio,
      { status: 502, body: {}, headers },
      permission,
    );
    await valueOf(provider.permission(to));
    expect(received).toHaveLength(2);
  });

  test('what an agent does is still sent', async () => {
    const { provider, received } = await adapterOf(
      accounts['pilot-web'],
      busy({ 'retry-after': '60' }),
      done,
    );
    await failureOf(provider.reads?.call('call_1'));
    await valueOf(provider.calls.accept('call_1'));
    expect(received.map(({ method }) => method)).toEqual(['GET', 'POST']);
  });
});
