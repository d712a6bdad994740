import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Reads } from '../../../../src/main/calls/ports.ts';
import { createProvider } from '../../../../src/main/providers/index.ts';
import { providerErrorMessage } from '../../../../src/shared/providers/error-words.ts';
import type { ProviderReport } from '../../../../src/shared/providers/events.ts';
import { FakeClock } from '../../../fakes/clock.ts';
import type { Reply } from '../../../fakes/http-server.ts';
import { FakeLog } from '../../../fakes/log.ts';
import { failureOf, valueOf } from './failure.ts';
import { accounts, adapterOf } from './numbers.ts';

const wacid = 'wacid.ABGG';
const to = { waId: '14085551234' };
const placing = { to, sdp: 'v=0', callbackData: 'o', once: 'once' };
const at = Date.UTC(2026, 10, 22, 10);
const iso = (ms: number) => new Date(ms).toISOString();

const call = (number: number, more: object = {}) => ({
  id: `call_${number}`,
  externalCallId: `wacid.${number}`,
  direction: 'INBOUND',
  status: 'COMPLETED',
  peerNumber: '14085551234',
  durationSeconds: 30,
  createdAt: iso(at + number * 1000),
  connectedAt: iso(at + number * 1000 + 5000),
  endedAt: iso(at + number * 1000 + 35_000),
  ...more,
});
const ok = (body: unknown): Reply => ({ status: 200, body });
const refusal = (status: number, code: string): Reply => ({ status, body: { error: 'No.', code } });

const all = (reads: Reads | undefined, since: number) => valueOf(reads?.callsSince(since));

/** Pilot Status's list: newest first, those created strictly before `before`. */
function listing(calls: readonly { createdAt: string }[]): typeof fetch {
  return (input) => {
    const { searchParams } = new URL(input instanceof Request ? input.url : input);
    const before = Date.parse(searchParams.get('before') ?? '9999-01-01T00:00:00Z');
    const older = calls.filter(({ createdAt }) => Date.parse(createdAt) < before);
    const page = older.slice(0, Number(searchParams.get('limit')));
    return Promise.resolve(Response.json({ calls: page }));
  };
}

describe('a Meta number of Pilot Status', () => {
  const meta = (...replies: Reply[]) => adapterOf(accounts['pilot-meta'], ...replies);

  test('places a call under WhatsApp’s id, as webhooks name it', async () => {
    const named = await meta(ok({ id: 'call_1', externalCallId: wacid, status: 'INITIATED' }));
    expect(await valueOf(named.provider.calls.place(placing))).toEqual({ providerCallId: wacid });
    const unnamed = await meta(ok({ id: 'call_1', externalCallId: null }));
    expect(await valueOf(unnamed.provider.calls.place(placing))).toEqual({
      providerCallId: 'call_1',
    });
  });

  test('reads the offer that no webhook brought', async () => {
    const ringing = { status: 'RINGING', connectedAt: null, endedAt: null, durationSeconds: null };
    const { provider } = await meta(ok(call(1, { ...ringing, sdpOffer: 'v=0 offer' })));
    expect(await valueOf(provider.reads?.call('wacid.1'))).toEqual([
      {
        accountId: 'support',
        providerCallId: 'wacid.1',
        secondaryId: 'call_1',
        event: { kind: 'offer', at: at + 1000, party: to, sdp: 'v=0 offer' },
      },
    ]);
  });

  test('reads permissions in any case', async () => {
    const { provider, clock } = await meta(ok({ permission: { status: 'PERMANENT' } }));
    expect(await valueOf(provider.permission(to))).toMatchObject({
      status: 'permanent',
      checkedAt: clock.now(),
    });
  });

  test('refuses unsupported requests before they are sent', async () => {
    const { provider, received } = await meta();
    const template = { name: 'n', language: 'en', values: [] };
    const refused = [
      provider.requestPermission(to, { kind: 'template', template }),
      provider.settings?.set({ iconCountries: ['BR'] }),
    ];
    for (const one of refused)
      expect(await failureOf(one)).toMatchObject({ code: 'not-supported' });
    expect(
      await failureOf(provider.calls.place({ ...placing, to: { userId: 'US.1' } })),
    ).toMatchObject({
      code: 'no-number',
    });
    expect(received).toEqual([]);
  });

  test('leaves out unsupported settings', async () => {
    const { provider } = await meta(ok({ calling: { status: 'ENABLED' } }));
    expect(await valueOf(provider.settings?.get())).toEqual({
      calling: true,
      iconVisible: true,
      hours: { value: undefined },
      callback: false,
      voicemail: { on: false, triggers: [] },
    });
  });
});

describe('a web number of Pilot Status', () => {
  const web = (...replies: Reply[]) => adapterOf(accounts['pilot-web'], ...replies);
  const session = ok({ wsUrl: 'wss://media.example.com/1?token=t', token: 't' });

  test('has 16 kHz sound in 20 ms frames, unless its account says otherwise', async () => {
    const { provider } = await web(session);
    expect(await valueOf(provider.stream?.(wacid))).toEqual({
      url: 'wss://media.example.com/1?token=t',
      sampleRate: 16_000,
      frameMs: 20,
    });
    const audio = { sampleRate: 24_000, frameMs: 60 };
    const other = await adapterOf({ ...accounts['pilot-web'], audio }, session);
    expect(await valueOf(other.provider.stream?.(wacid))).toMatchObject(audio);
  });

  test('requests each session once, because its token is good for one connection', async () => {
    const { provider, received } = await web({ status: 500, body: {} }, session);
    await failureOf(provider.stream?.(wacid));
    expect(received).toHaveLength(1);
  });

  test.each([
    [409, 'WHATSAPP_INSTANCE_NOT_CONNECTED', /QR code/],
    [400, 'FEATURE_NOT_SUPPORTED', /right kind/],
  ])('%i %s is explained, with the next step', async (status, code, next) => {
    const { provider } = await web(refusal(status, code));
    const error = await failureOf(provider.calls.place(placing));
    expect(error).toEqual({ code, message: 'No.', transient: false, provider: 'pilot-web' });
    expect(providerErrorMessage(error.provider, error)?.next).toMatch(next);
  });

  test('neither pre-accepts nor requests permission', async () => {
    const { provider, received } = await web();
    for (const asked of [
      provider.calls.preAccept(wacid, ''),
      provider.permission(to),
      provider.requestPermission(to, { kind: 'free-form', text: '' }),
    ]) {
      expect(await failureOf(asked)).toMatchObject({ code: 'not-supported' });
    }
    expect(received).toEqual([]);
    expect(provider.settings).toBeUndefined();
    expect(provider.messages).toBeUndefined();
  });
});

describe('ending a Pilot Status call', () => {
  test('that is already over is no error, whatever the answer', async () => {
    const { provider } = await adapterOf(
      accounts['pilot-web'],
      refusal(409, 'CALL_NOT_ACTIVE'),
      ok(call(1)),
    );
    expect(await valueOf(provider.calls.terminate('wacid.1'))).toBe(true);
  });

  test('that is still live is an error', async () => {
    const { provider } = await adapterOf(
      accounts['pilot-web'],
      refusal(409, 'SOMETHING'),
      ok(call(1, { status: 'ACCEPTED', endedAt: null })),
    );
    expect(await failureOf(provider.calls.terminate('wacid.1'))).toMatchObject({
      code: 'SOMETHING',
    });
  });
});

describe('Pilot Status calls since a time', () => {
  const kinds = (events: readonly ProviderReport[]) => events.map(({ event }) => event.kind);
  const ids = (found: readonly (readonly ProviderReport[])[]) =>
    found.map(([first]) => first?.providerCallId);

  test('come oldest first, each with its end', async () => {
    const { provider } = await adapterOf(
      accounts['pilot-web'],
      ok({ calls: [call(3), call(2, { connectedAt: null, durationSeconds: null }), call(1)] }),
    );
    const found = await all(provider.reads, at + 2000);
    expect(ids(found)).toEqual(['wacid.2', 'wacid.3']);
    expect(found.map(kinds)).toEqual([['terminated'], ['terminated']]);
    expect(found[0]?.[0]?.event).not.toHaveProperty('startedAt');
    expect(found[1]?.[0]?.event).toMatchObject({ durationSeconds: 30 });
  });

  test('are read page by page, none twice, even if many began in one moment', async () => {
    // How many calls began in each millisecond; a page has 100.
    const moments = fc.array(fc.integer({ min: 0, max: 99 }), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(moments, async (counts) => {
        const reported = counts.flatMap((count, ms) =>
          Array.from({ length: count }, (_, n) => call(ms * 100 + n, { createdAt: iso(at + ms) })),
        );
        const provider = createProvider(accounts['pilot-meta'], 'key', {
          fetch: listing(reported.toReversed()),
          clock: new FakeClock(),
          log: new FakeLog(),
        });
        const found = ids(await all(provider.reads, at));
        expect(found).toHaveLength(reported.length);
        expect(new Set(found)).toEqual(
          new Set(reported.map(({ externalCallId }) => externalCallId)),
        );
      }),
      { seed: 20_261_122, numRuns: 60 },
    );
  });

  test('are read without a row that cannot be read', async () => {
    const { provider } = await adapterOf(
      accounts['pilot-web'],
      ok({ calls: [{ nothing: true }, null, call(1)] }),
    );
    expect(ids(await all(provider.reads, 0))).toEqual(['wacid.1']);
  });

  test('report a refusal', async () => {
    const { provider } = await adapterOf(
      accounts['pilot-web'],
      refusal(403, 'TENANT_SCOPE_NOT_ALLOWED'),
    );
    expect(await failureOf(provider.reads?.callsSince(0))).toMatchObject({
      code: 'TENANT_SCOPE_NOT_ALLOWED',
    });
  });
});
