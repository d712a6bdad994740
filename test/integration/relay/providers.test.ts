import { describe, expect, it } from 'vitest';
import type { LogBody } from '../../../src/shared/relay/protocol.ts';
import { DELIVERIES as META, envelope, SAMPLES } from '../../unit/shared/providers/meta/samples.ts';
import { FLAT, MESSAGES } from '../../unit/shared/providers/pilot-status/samples.ts';
import { DELIVERIES as ZERNIO } from '../../unit/shared/providers/zernio/samples.ts';
import { sign } from './harness.ts';
import {
  accounts,
  deliver,
  type NumberName,
  PLATFORM,
  posts,
  postTo,
  SECRET,
  SIGNING,
} from './numbers.ts';
import { World } from './world.ts';

const world = new World({ accounts });

const kindsOf = (bodies: readonly LogBody[]) =>
  bodies.map((body) => (body.type === 'provider' ? body.event.kind : body.type));

describe('what a provider tells', () => {
  const metaKinds = [
    'offer',
    'answer',
    'status',
    'terminated',
    'recording',
    'permission',
    'message',
    'message-status',
    'number',
    'number',
    'number',
    'number',
  ];
  const pilotKinds = [
    'announced',
    'status',
    'status',
    'terminated',
    'terminated',
    'permission',
    'message',
    'message-status',
  ];
  const pilot = [...Object.values(FLAT), ...Object.values(MESSAGES)];
  const native = { event: 'calls', ...SAMPLES.userConnect };
  const zernioKinds = ['announced', 'terminated', 'permission'];
  const zernio = [ZERNIO.received, ZERNIO.ended, ZERNIO.permission];

  it.each<[NumberName, readonly unknown[], readonly string[]]>([
    ['meta', META, metaKinds],
    ['dialog', META, metaKinds],
    ['partner', META, metaKinds],
    ['official', [native, ...pilot], ['offer', ...pilotKinds]],
    ['web', pilot, pilotKinds],
    ['forwarded', zernio, zernioKinds],
  ])('of %s is in the log of every console, once', async (name, bodies, kinds) => {
    const ana = await world.join('ana');
    for (const body of bodies) {
      expect(await deliver(world.url, name, body)).toMatchObject({
        status: 200,
        json: { added: 1 },
      });
    }
    for (const body of bodies) {
      expect(await deliver(world.url, name, body)).toMatchObject({
        status: 200,
        json: { added: 0 },
      });
    }
    await ana.until(() => ana.cursors.length === kinds.length || undefined);
    const told = ana.all('entry').map(({ body }) => body);
    expect(kindsOf(told)).toEqual(kinds);
    for (const body of told) expect(body).toMatchObject({ accountId: name });
  });

  it('of what a call cost comes with its end', async () => {
    const ana = await world.join('ana');
    await deliver(world.url, 'forwarded', ZERNIO.ended);
    expect((await ana.entry('provider')).event).toMatchObject({
      kind: 'terminated',
      bill: { billable: '0.0672', meta: '0.0336', total: '0.1008' },
      recorded: true,
    });
  });

  it('of another number with the same subscription is that number’s', async () => {
    const ana = await world.join('ana');
    const call = { ...ZERNIO.ended.call, accountId: 'acc_2' };
    await deliver(world.url, 'forwarded', { ...ZERNIO.ended, call });
    expect(await ana.entry('provider')).toMatchObject({ accountId: 'streamed' });
    const foreign = { ...ZERNIO.ended, call: { ...call, accountId: 'acc_3' } };
    expect(await deliver(world.url, 'forwarded', foreign)).toMatchObject({
      status: 200,
      json: { added: 0 },
    });
    expect(world.deliveries().at(-1)?.problems).toContain('number id acc_3');
  });

  it('that is no JSON, or not as documented, is kept and answered 200', async () => {
    for (const name of ['dialog', 'official', 'web'] as const) {
      expect(await postTo(world.url, posts[name].path, '{"event":')).toMatchObject({ status: 200 });
      expect(await deliver(world.url, name, { event: 7 })).toMatchObject({ json: { added: 0 } });
    }
    expect(await deliver(world.url, 'forwarded', { event: 'call.ended' })).toMatchObject({
      status: 200,
    });
    expect(world.deliveries()).toHaveLength(7);
    for (const { problems } of world.deliveries()) expect(problems).not.toBeNull();
  });
});

describe('a webhook is believed', () => {
  const text = JSON.stringify(envelope(SAMPLES.userConnect));
  const code = async (path: string, headers: Record<string, string> = {}) => {
    const { status, json } = await postTo(world.url, path, text, headers);
    const told = JSON.stringify(json);
    return `${status} ${/"code":"([^"]+)"/.exec(told)?.[1] ?? 'ok'}`;
  };
  const bare = (key: string) => sign(text, key).replace('sha256=', '');

  it.each<[string, Record<string, string>, string]>([
    ['d360/dialog', {}, '401 secret-missing'],
    ['d360/dialog/guess', {}, '401 secret-wrong'],
    [`d360/dialog/${SECRET}x`, {}, '401 secret-wrong'],
    ['d360/dialog', { 'X-Ringdesk-Secret': 'guess' }, '401 secret-wrong'],
    ['d360/dialog', { 'X-Ringdesk-Secret': SECRET }, '200 ok'],
    [`d360/dialog/${SECRET}/more`, {}, '404 not-found'],
    ['d360/partner', {}, '401 signature-missing'],
    ['d360/partner', { 'x-360dialog-signature': 'abc' }, '401 signature-not-a-signature'],
    ['d360/partner', { 'x-360dialog-signature': bare('guess') }, '401 signature-wrong'],
    ['d360/partner', { 'x-360dialog-signature': sign(text, PLATFORM) }, '200 ok'],
    ['pilot-meta/official', {}, '401 secret-missing'],
    ['pilot-web/web/guess', {}, '401 secret-wrong'],
    ['pilot-web/official', {}, '404 unknown-account'],
    ['zernio/forwarded', {}, '401 signature-missing'],
    ['zernio/forwarded', { 'x-zernio-signature': bare('guess') }, '401 signature-wrong'],
    ['zernio/forwarded', { 'x-late-signature': bare(SIGNING) }, '200 ok'],
    ['meta/meta', { 'x-zernio-signature': bare(SIGNING) }, '401 signature-missing'],
  ])('%s with %j: %s', async (path, headers, answer) => {
    expect(await code(path, headers)).toBe(answer);
    expect(world.deliveries()).toHaveLength(answer === '200 ok' ? 1 : 0);
  });

  it('by POST only', async () => {
    const got = await fetch(`${world.url}/webhooks/${posts.web.path}`);
    expect(got.status).toBe(405);
    expect(got.headers.get('allow')).toBe('POST');
  });

  it('without its secret being kept or logged', async () => {
    await code('d360/dialog', { 'X-Ringdesk-Secret': SECRET });
    await code(`d360/dialog/${SECRET}`);
    await code('d360/dialog/guessed-secret');
    await code('zernio/forwarded', {
      'x-zernio-signature': bare(SIGNING),
      'x-zernio-event-id': '7',
    });
    const kept = JSON.stringify([world.deliveries(), world.relay.lines]);
    expect(kept).not.toContain(SECRET);
    expect(kept).not.toContain('guessed-secret');
    expect(world.deliveries().at(-1)?.headers).toContain('"x-zernio-event-id":"7"');
  });
});

describe('a call without an SDP', () => {
  const now = () => new Date(world.clock.now()).toISOString();
  const number = { web: 'web', streamed: 'streamed' } as const;

  /** A customer calls a number whose voice comes as PCM; resolves to our id of the call. */
  const announce = async (name: 'web' | 'streamed', id: string): Promise<string> => {
    const body =
      name === 'web'
        ? { ...FLAT.ringing, externalCallId: id, timestamp: now() }
        : {
            ...ZERNIO.received,
            call: { ...ZERNIO.received.call, id, accountId: 'acc_2', startedAt: now() },
          };
    await deliver(world.url, name, body);
    return `${name}/${id}`;
  };
  const finish = (id: string) =>
    deliver(world.url, 'web', { ...FLAT.missed, externalCallId: id, timestamp: now() });

  it.each([number.web, number.streamed])(
    'of %s rings at everybody, and has one winner',
    async (name) => {
      const ids = Array.from({ length: 8 }, (_, index) => `agent-${index}`);
      const consoles = await Promise.all(ids.map((id) => world.join(id)));
      for (let n = 0; n < 10; n += 1) {
        const callId = await announce(name, `call-${n}`);
        await Promise.all(consoles.map((console) => console.ringing(callId, ids)));
        const outcomes = await Promise.all(consoles.map((console) => console.claim(callId)));
        expect(outcomes.filter(({ kind }) => kind === 'granted')).toHaveLength(1);
        const by = outcomes.findIndex(({ kind }) => kind === 'granted');
        for (const outcome of outcomes.filter(({ kind }) => kind === 'refused')) {
          expect(outcome).toMatchObject({ why: 'taken', by: { id: ids[by] } });
        }
      }
    },
  );

  it('is declined, taken and given back like any other', async () => {
    const [ana, bea] = [await world.join('ana'), await world.join('bea')];
    const callId = await announce('web', '1');
    await bea.ringing(callId, ['ana', 'bea']);
    expect(await ana.decline(callId)).toEqual({ kind: 'declined', last: false });
    expect(await bea.ringing(callId, ['bea'])).toMatchObject({ alone: true });
    expect(await bea.claim(callId)).toEqual({ kind: 'granted' });
    expect(await bea.release(callId, 'http-409')).toEqual({ kind: 'granted' });
    expect(await bea.decline(callId)).toEqual({ kind: 'declined', last: true });
  });

  it('rings for a console that is opened meanwhile, also after a restart', async () => {
    const callId = await announce('web', '1');
    await world.restart();
    const ana = await world.join('ana');
    expect(await ana.ringing(callId, ['ana'])).toMatchObject({ alone: true });
    expect(kindsOf(ana.all('entry').map(({ body }) => body))).toEqual(['announced']);
  });

  it('ends with its end, which may come first', async () => {
    const ana = await world.join('ana');
    const callId = await announce('web', '1');
    await finish('1');
    expect(await ana.claim(callId)).toMatchObject({ why: 'ended' });
    await finish('2');
    const late = await announce('web', '2');
    expect(await ana.claim(late)).toMatchObject({ why: 'ended' });
    expect(ana.all('ringing').filter((frame) => frame.callId === late)).toEqual([]);
  });

  it('that was taken elsewhere no longer rings', async () => {
    const ana = await world.join('ana');
    const callId = await announce('web', '1');
    await ana.ringing(callId, ['ana']);
    const connected = { ...FLAT.connected, direction: 'INBOUND', connectedAt: now() };
    await deliver(world.url, 'web', { ...connected, externalCallId: '1' });
    expect(await ana.claim(callId)).toMatchObject({ why: 'ended' });
    // The word that it is connected also comes to whoever took it here.
    const mine = await announce('web', '2');
    await ana.claim(mine);
    await deliver(world.url, 'web', { ...connected, externalCallId: '2' });
    expect(await ana.claim(mine)).toEqual({ kind: 'granted' });
  });

  it('does not ring when we place it, nor when it is taken where it is forwarded to', async () => {
    const ana = await world.join('ana');
    await deliver(world.url, 'web', { ...FLAT.ringingOut, createdAt: now() });
    const call = { ...ZERNIO.received.call, startedAt: now() };
    await deliver(world.url, 'forwarded', { ...ZERNIO.received, call });
    const callId = await announce('web', '3');
    await ana.ringing(callId, ['ana']);
    expect(new Set(ana.all('ringing').map((frame) => frame.callId))).toEqual(new Set([callId]));
    expect(await ana.claim('forwarded/call_1')).toMatchObject({ why: 'unknown' });
  });

  it('of an official number rings by its offer alone, and is one call', async () => {
    const ana = await world.join('ana');
    const at = String(Math.floor(world.clock.now() / 1000));
    const [call] = SAMPLES.userConnect.calls;
    const offer = {
      event: 'calls',
      ...SAMPLES.userConnect,
      calls: [{ ...call, id: 'wacid.A', timestamp: at }],
    };
    const ringing = { ...FLAT.ringing, timestamp: now() };
    await deliver(world.url, 'official', ringing);
    expect(await ana.claim('official/wacid.A')).toMatchObject({ why: 'unknown' });
    await deliver(world.url, 'official', offer);
    await deliver(world.url, 'official', { ...ringing, repeated: true });
    expect(await ana.ringing('official/wacid.A', ['ana'])).toMatchObject({ alone: true });
    expect(kindsOf(ana.all('entry').map(({ body }) => body))).toEqual(['announced', 'offer']);
    expect(await ana.claim('official/wacid.A')).toEqual({ kind: 'granted' });
  });
});

describe('what an agent wrote', () => {
  const party = { waId: '5511999990000' };
  const text = { what: 'text', text: 'We will call you back.' } as const;

  it('is in everybody’s log, by the one who is connected, once for each message', async () => {
    const [ana, bea] = [await world.join('ana'), await world.join('bea')];
    const frame = { accountId: 'web', party, messageId: 'wamid.9', sent: text };
    expect(await ana.sent(frame)).toEqual({ kind: 'granted' });
    expect(await ana.sent(frame)).toEqual({ kind: 'granted' });
    expect(await ana.sent({ ...frame, messageId: undefined })).toEqual({ kind: 'granted' });
    const said = {
      type: 'sent',
      accountId: 'web',
      by: { id: 'ana', name: 'Agent ana' },
      at: world.clock.now(),
      party,
      sent: text,
    };
    for (const console of [ana, bea]) {
      await console.until(() => console.cursors.length === 2 || undefined);
      expect(console.all('entry').map(({ body }) => body)).toEqual([
        { ...said, messageId: 'wamid.9' },
        said,
      ]);
    }
  });

  it('is refused of a number that is not ours, and from whom may not ask', async () => {
    await world.token('eva', { calls: 'none' });
    const eva = await world.join('eva');
    expect(await eva.sent({ accountId: 'nobody', party, sent: text })).toEqual({
      kind: 'refused',
      why: 'unknown-account',
    });
    const request = { what: 'permission-request', text: 'May we call?' } as const;
    expect(await eva.sent({ accountId: 'web', party, sent: request })).toEqual({
      kind: 'refused',
      why: 'restricted',
    });
    expect(await eva.sent({ accountId: 'web', party, sent: text })).toEqual({ kind: 'granted' });
    await world.relay.agents.remove('eva');
    expect(await eva.sent({ accountId: 'web', party, sent: text })).toEqual({
      kind: 'refused',
      why: 'unauthorized',
    });
  });
});
