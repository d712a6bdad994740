import { describe, expect, test } from 'vitest';
import type { Reply } from '../../../fakes/http-server.ts';
import { failureOf, valueOf } from './failure.ts';
import { accounts, adapterOf, SECRET } from './numbers.ts';

const ok = (body: unknown): Reply => ({ status: 200, body });
const meta = (...replies: Reply[]) => adapterOf(accounts.meta, ...replies);
const template = (name: string) => ({
  name,
  language: 'en',
  category: 'UTILITY',
  status: 'APPROVED',
  components: [{ type: 'BODY', text: 'Hello' }],
});

describe('Meta recordings', () => {
  const recording = { providerCallId: 'wacid.1', mediaId: '9388' };

  test('come with the token that their address requires', async () => {
    const url = 'https://lookaside.fbsbx.com/a?mid=9388';
    const { provider } = await meta(ok({ url, mime_type: 'audio/ogg' }));
    expect(await valueOf(provider.recording?.(recording))).toEqual({
      url,
      headers: { authorization: `Bearer ${SECRET}` },
    });
  });

  test('send the token nowhere else', async () => {
    const { provider } = await meta(ok({ url: 'https://evil.example/a?token=x' }));
    expect(await failureOf(provider.recording?.(recording))).toEqual({
      code: 'foreign-media',
      message: 'The file is at evil.example.',
      transient: false,
    });
  });

  test('are not requested unless WhatsApp reported one', async () => {
    const { provider, received } = await meta();
    const asked = provider.recording?.({ providerCallId: 'wacid.1' });
    expect(await failureOf(asked)).toMatchObject({ code: 'no-recording' });
    expect(received).toEqual([]);
  });
});

describe('Meta templates', () => {
  test('are read from all pages', async () => {
    const paging = { cursors: { after: 'a' }, next: 'https://graph.facebook.com/…' };
    const { provider } = await meta(
      ok({ data: [template('one')], paging }),
      ok({ data: [template('two')], paging: { cursors: { after: 'b' } } }),
    );
    const found = await valueOf(provider.messages?.templates());
    expect(found?.map(({ name }) => name)).toEqual(['one', 'two']);
  });

  test('are refused as a whole when a page fails', async () => {
    const paging = { cursors: { after: 'a' }, next: 'https://graph.facebook.com/…' };
    const { provider } = await meta(ok({ data: [template('one')], paging }), {
      status: 400,
      body: { error: { code: 190, message: 'expired' } },
    });
    const asked = provider.messages?.templates();
    expect(await failureOf(asked)).toMatchObject({ code: '190' });
  });
});

describe('Meta analytics', () => {
  test('are summed in our units, without points that cannot be read', async () => {
    const { provider } = await meta(
      ok({
        id: '1',
        call_analytics: {
          granularity: 'DAILY',
          data_points: [
            {
              start: 1_765_958_400,
              end: 1_766_044_800,
              direction: 'BUSINESS_INITIATED',
              country: 'BR',
              cost: 0.47795,
              count: 35,
              average_duration: 106,
            },
            { start: 'odd' },
          ],
        },
      }),
    );
    expect(await valueOf(provider.analytics?.(0, 1))).toEqual([
      {
        from: 1_765_958_400_000,
        to: 1_766_044_800_000,
        direction: 'outbound',
        country: 'BR',
        count: 35,
        cost: 0.47795,
        averageSeconds: 106,
      },
    ]);
  });

  test('are read from the documented sample, which names its one direction above the points', async () => {
    const data_points = [{ start: 1, end: 2, cost: 0.5, count: 1, average_duration: 6 }];
    const { provider } = await meta(
      ok({ call_analytics: { directions: 'USER_INITIATED', data_points } }),
    );
    expect(await valueOf(provider.analytics?.(0, 1))).toMatchObject([{ direction: 'inbound' }]);
  });

  test('are empty for an account without calls', async () => {
    const { provider } = await meta(ok({ id: '1' }));
    expect(await valueOf(provider.analytics?.(0, 1))).toEqual([]);
  });
});

test('rejects forwarding as a setting of Meta’s', async () => {
  const { provider, received } = await meta();
  const asked = provider.settings?.set({ forwarding: { to: 'tel:+1' } });
  expect(await failureOf(asked)).toMatchObject({ code: 'not-supported' });
  expect(received).toEqual([]);
});

describe('a customer who shows only a username', () => {
  const somebody = { userId: 'US.1' };

  test('is rejected for 360dialog', async () => {
    const { provider, received } = await adapterOf(accounts.d360);
    for (const asked of [
      provider.calls.place({ to: somebody, sdp: 'v=0', callbackData: 'o', once: 'once' }),
      provider.permission(somebody),
      provider.messages?.sendText(somebody, 'Hello'),
    ]) {
      expect(await failureOf(asked)).toMatchObject({ code: 'no-number' });
    }
    expect(received).toEqual([]);
  });

  test('without any id is rejected by every provider', async () => {
    const { provider, received } = await meta();
    expect(await failureOf(provider.permission({}))).toMatchObject({ code: 'no-number' });
    expect(received).toEqual([]);
  });
});
