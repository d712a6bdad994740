import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nearly } from '../../../unit/shared/providers/d360/mutations.ts';
import {
  DELIVERIES as META,
  envelope,
  SAMPLES,
} from '../../../unit/shared/providers/meta/samples.ts';
import { FLAT, MESSAGES } from '../../../unit/shared/providers/pilot-status/samples.ts';
import { DELIVERIES as ZERNIO } from '../../../unit/shared/providers/zernio/samples.ts';
import { sign } from '../harness.ts';
import {
  accounts,
  deliver,
  kindsOf,
  type NumberName,
  PLATFORM,
  posts,
  postTo,
  SECRET,
  SIGNING,
} from '../numbers.ts';
import { RelayWorld } from '../relay-world.ts';

/** So early that nothing is older than the 8 days after which the relay refuses it. */
const world = new RelayWorld({ accounts }, Date.UTC(1970, 0, 2));

describe('a provider’s report', () => {
  const metaKinds = [
    'offer',
    'answer',
    'status',
    // The status came with errors of no call, which are about the number.
    'number',
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
  /** A delivery has one report; a status with errors of no call has those as well. */
  const factsIn = (body: unknown): number => (body === META[2] ? 2 : 1);
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
  ])('of %s reaches the log of every console, once', async (name, bodies, kinds) => {
    const ana = await world.join('ana');
    for (const body of bodies) {
      expect(await deliver(world.url, name, body)).toMatchObject({
        status: 200,
        json: { added: factsIn(body) },
      });
    }
    for (const body of bodies) {
      expect(await deliver(world.url, name, body)).toMatchObject({
        status: 200,
        json: { added: 0 },
      });
    }
    await ana.until(() => ana.cursors.length === kinds.length || undefined);
    const reported = ana.all('entry').map(({ body }) => body);
    expect(kindsOf(reported)).toEqual(kinds);
    for (const body of reported) expect(body).toMatchObject({ accountId: name });
  });

  it('of a call’s cost comes with its end', async () => {
    const ana = await world.join('ana');
    await deliver(world.url, 'forwarded', ZERNIO.ended);
    expect((await ana.entry('provider')).event).toMatchObject({
      kind: 'terminated',
      bill: { billable: '0.0672', meta: '0.0336', total: '0.1008' },
      recorded: true,
    });
  });

  it('for another number of the same subscription is filed there', async () => {
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

  it('that is too large for any console is left out, and the others are delivered', async () => {
    const ana = await world.join('ana');
    const [text] = SAMPLES.message.messages;
    const long = { ...text, id: 'wamid.long', text: { body: 'x'.repeat(1_000_000) } };
    const body = envelope({ messages: [long, text] }, 'messages');
    expect(await deliver(world.url, 'meta', body)).toMatchObject({ json: { added: 1 } });
    expect(await ana.entry('provider')).toMatchObject({ event: { messageId: text.id } });
    expect(world.deliveries()[0]?.problems).toContain('too large');
  });

  it('that is no JSON, or not as documented, is stored and answered 200', async () => {
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

describe('any webhook body', () => {
  it.each<[NumberName, readonly unknown[]]>([
    ['meta', META],
    ['dialog', META],
    ['partner', META],
    ['official', [{ event: 'calls', ...SAMPLES.userConnect }, ...Object.values(FLAT)]],
    ['web', [...Object.values(FLAT), ...Object.values(MESSAGES)]],
    ['forwarded', Object.values(ZERNIO)],
    ['streamed', Object.values(ZERNIO)],
  ])('that %s is sent and authenticated is stored', async (name, samples) => {
    const bodies = fc.sample(nearly(samples), { seed: 20_261_122, numRuns: 40 });
    const sent = bodies.filter((body) => JSON.stringify(body) !== undefined);
    for (const body of sent) {
      expect(await deliver(world.url, name, body)).toMatchObject({ status: 200 });
    }
    expect(world.deliveries()).toHaveLength(sent.length);
    expect(world.relay.lines.filter(({ level }) => level === 'error')).toEqual([]);
  });
});

describe('a webhook is authenticated', () => {
  const text = JSON.stringify(envelope(SAMPLES.userConnect));
  const code = async (path: string, headers: Record<string, string> = {}) => {
    const { status, json } = await postTo(world.url, path, text, headers);
    const reported = JSON.stringify(json);
    return `${status} ${/"code":"([^"]+)"/.exec(reported)?.[1] ?? 'ok'}`;
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
