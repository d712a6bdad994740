import { describe, expect, it } from 'vitest';
import { FLAT } from '../../../unit/shared/providers/pilot-status/samples.ts';
import { offer, post, postRaw, sign } from '../harness.ts';
import { accounts, deliver, postTo, SECRET, SIGNING } from '../numbers.ts';
import { RelayWorld } from '../relay-world.ts';

const DAY_MS = 86_400_000;

/** The same, with the fields of every object in the opposite order. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, of]): [string, unknown] => [key, reversed(of)])
      .toReversed(),
  );
}

/** Every letter of the values spelled as an escape. */
const escaped = (text: string) =>
  text.replaceAll(/(?<=":")[^"\\]*(?=")/g, (value) =>
    Array.from(
      value,
      (one) => String.raw`\u` + one.charCodeAt(0).toString(16).padStart(4, '0'),
    ).join(''),
  );

const SPELLINGS: readonly [string, (body: unknown) => string][] = [
  ['spaces', (body) => JSON.stringify(body, null, 4)],
  ['another order', (body) => JSON.stringify(reversed(body))],
  ['escapes', (body) => escaped(JSON.stringify(body))],
  ['a mark of its encoding', (body) => `\uFEFF${JSON.stringify(body)}`],
  ['lines around it', (body) => `\r\n\t ${JSON.stringify(body)}\r\n`],
  ['a field that is new', (body) => JSON.stringify({ ...Object(body), nonce: 1 })],
  [
    'a field twice',
    (body) => JSON.stringify(body).replace('{', '{"event":"none","object":"none",'),
  ],
];

describe('a captured webhook', () => {
  const world = new RelayWorld();

  it.each([
    ['in capitals', (text: string) => sign(text).toUpperCase().replace('SHA256=', 'sha256=')],
    ['wholly in capitals', (text: string) => sign(text).toUpperCase()],
    ['without the name of its hash', (text: string) => sign(text).replace('sha256=', '')],
    ['in spaces', (text: string) => `  ${sign(text)}\t`],
  ])('that comes again with its signature %s adds nothing', async (_, signature) => {
    const text = JSON.stringify(offer('wacid.1', world.clock.now()));
    expect(await postRaw(world.url, text)).toMatchObject({ json: { added: 1 } });
    const again = await postRaw(world.url, text, { signature: signature(text) });
    expect(again).toMatchObject({ status: 200, json: { added: 0 } });
  });

  it.each(SPELLINGS)('that is spelled with %s is no longer signed', async (_, spell) => {
    const body = offer('wacid.1', world.clock.now());
    const signature = sign(JSON.stringify(body));
    const answer = await postRaw(world.url, spell(body), { signature });
    expect(answer).toMatchObject({ status: 401, json: { error: { code: 'signature-wrong' } } });
    expect(world.deliveries()).toEqual([]);
  });

  it.each(['sha1', 'sha512', 'md5', ''])('cannot be signed by %j instead', async (hash) => {
    const text = JSON.stringify(offer('wacid.1'));
    const signature = sign(text).replace('sha256', hash);
    expect((await postRaw(world.url, text, { signature })).status).toBe(401);
  });

  it('that is signed for one number says nothing to another', async () => {
    const text = JSON.stringify(offer('wacid.1'));
    for (const account of ['main%00', 'Main', 'main.', 'MAIN', '..%2fmain', 'other']) {
      expect((await postRaw(world.url, text, { account })).status).toBe(404);
    }
  });
});

describe('a captured webhook of a provider that signs nothing', () => {
  const world = new RelayWorld({ accounts });

  it.each(SPELLINGS)('adds nothing when it is spelled with %s', async (_, spell) => {
    const timestamp = new Date(world.clock.now()).toISOString();
    const body = { ...FLAT.ringing, externalCallId: '1', timestamp };
    const send = (text: string) => postTo(world.url, `pilot-web/web/${SECRET}`, text);
    expect(await send(JSON.stringify(body))).toMatchObject({ json: { added: 1 } });
    expect(await send(spell(body))).toMatchObject({ status: 200, json: { added: 0 } });
    const other = timestamp.replace('Z', '+00:00');
    expect(await send(spell({ ...body, timestamp: other }))).toMatchObject({ json: { added: 0 } });
  });
});

describe('a webhook older than a day', () => {
  const world = new RelayWorld({ accounts });

  it.each(['announced', 'offer'])('(%s) rings nobody, however often it comes', async (kind) => {
    const ana = await world.join('ana');
    for (const days of [1.01, 2, 3, 7]) {
      const at = world.clock.now() - days * DAY_MS;
      const id = `${kind}-${days}`;
      const timestamp = new Date(at).toISOString();
      for (let again = 0; again < 5; again++) {
        const answer =
          kind === 'announced'
            ? await deliver(world.url, 'web', { ...FLAT.ringing, externalCallId: id, timestamp })
            : await deliver(world.url, 'meta', offer(id, at));
        expect(answer.status).toBe(200);
      }
    }
    const body = JSON.stringify(offer('wacid.now', world.clock.now()));
    const headers = { 'x-hub-signature-256': sign(body, SIGNING) };
    await postTo(world.url, 'meta/meta', body, headers);
    await ana.ringing('meta/wacid.now', ['ana']);
    const rang = new Set(ana.all('ringing').map(({ callId }) => callId));
    expect(rang).toEqual(new Set(['meta/wacid.now']));
  });
});

describe('a webhook that tells of old and new together', () => {
  const world = new RelayWorld();

  it('is not refused for what is old, and adds nothing of that', async () => {
    const old = offer('wacid.old', world.clock.now() - 9 * DAY_MS);
    const now = offer('wacid.new', world.clock.now());
    const both = { ...now, entry: [old['entry'], now['entry']].flat() };
    expect(await post(world.url, both)).toMatchObject({ status: 200, json: { added: 1 } });
  });
});
