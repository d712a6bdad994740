import { describe, expect, it } from 'vitest';
import { request } from 'node:http';
import {
  APP_SECRET,
  envelope,
  NUMBER_ID,
  offer,
  post,
  postRaw,
  sign,
  terminate,
  VERIFY_TOKEN,
} from '../harness.ts';
import { RelayWorld } from '../relay-world.ts';

const account = (id: string, phoneNumberId: string, appSecret = APP_SECRET) => ({
  id,
  provider: 'meta',
  phoneNumberId,
  appSecret,
  verifyToken: VERIFY_TOKEN,
});

const world = new RelayWorld({
  accounts: [
    account('main', NUMBER_ID),
    account('second', '222'),
    account('foreign', '333', 'another secret'),
  ],
});

const handshake = (query: Record<string, string>, id = 'main') =>
  fetch(`${world.url}/webhooks/meta/${id}?${new URLSearchParams(query)}`);

const rightHandshake = {
  'hub.mode': 'subscribe',
  'hub.challenge': '1158201444',
  'hub.verify_token': VERIFY_TOKEN,
};

const stored = () => world.deliveries().map(({ body, problems }) => ({ body, problems }));

describe('the webhook handshake', () => {
  it('echoes the bare challenge for the right token', async () => {
    const response = await handshake(rightHandshake);
    expect(response.status).toBe(200);
    expect(await response.text()).toBe('1158201444');
    expect(response.headers.get('content-type')).toBe('text/plain');
  });

  it('refuses another token, and any other request', async () => {
    expect((await handshake({ ...rightHandshake, 'hub.verify_token': 'x' })).status).toBe(403);
    expect((await handshake({ ...rightHandshake, 'hub.mode': 'x' })).status).toBe(400);
    expect((await handshake({})).status).toBe(400);
    expect((await handshake(rightHandshake, 'nobody')).status).toBe(404);
  });
});

describe('webhook signatures', () => {
  it('H5 accept only bodies signed with the app secret, and explain the refusal', async () => {
    const body = JSON.stringify(offer('wacid.1'));
    const refused = async (signature: string | null) => {
      const { status, json } = await postRaw(world.url, body, { signature });
      expect(status).toBe(401);
      return json;
    };
    expect(await refused(null)).toMatchObject({ error: { code: 'signature-missing' } });
    expect(await refused('sha1=00')).toMatchObject({
      error: { code: 'signature-not-a-signature' },
    });
    expect(await refused(sign(body, 'guess'))).toMatchObject({
      error: { code: 'signature-wrong' },
    });
    expect(await refused(sign(`${body} `))).toMatchObject({ error: { code: 'signature-wrong' } });
    expect(stored()).toEqual([]);
    expect((await postRaw(world.url, body)).status).toBe(200);
  });

  describe('that are wrong or missing', () => {
    const seen = async () => {
      const ana = await world.join('ana');
      const answer = await ana.ask({ type: 'checks' });
      return answer.kind === 'checks' && answer.numbers.find((one) => one.accountId === 'main');
    };
    const body = JSON.stringify(offer('wacid.1'));
    const forged = sign(body, 'of last year');

    it('are told to agents, of a delivery about the number', async () => {
      await postRaw(world.url, body, { signature: forged });
      expect(await seen()).toMatchObject({ refused: { code: 'signature-wrong' } });
      await postRaw(world.url, body, { signature: null });
      expect(await seen()).toMatchObject({ refused: { code: 'signature-missing' } });
    });

    it('are told of another number that is delivered here, too', async () => {
      const other = JSON.stringify(
        envelope(
          { messages: [{ from: '5511999991234', id: 'wamid.1' }] },
          { field: 'messages', numberId: '222' },
        ),
      );
      await postRaw(world.url, other, { signature: null });
      expect(await seen()).toMatchObject({ refused: { code: 'signature-missing' } });
    });

    it.each([
      ['an empty body', ''],
      ['JSON of its own', '{"hello":"world"}'],
      [
        'a delivery about no number',
        JSON.stringify({ object: 'whatsapp_business_account', entry: [] }),
      ],
      ['a number that is not ours', JSON.stringify(envelope({ calls: [] }, { numberId: '999' }))],
      ['a call to a number that is not ours', body.replaceAll(NUMBER_ID, '999')],
      ['a call to a number with another secret', body.replaceAll(NUMBER_ID, '333')],
      [
        'far more than a delivery',
        JSON.stringify({ ...offer('wacid.1'), more: 'x'.repeat(70_000) }),
      ],
    ])('alarm nobody if a stranger sends %s', async (_, text) => {
      for (const signature of [null, 'guess', sign(text, 'guess')]) {
        expect((await postRaw(world.url, text, { signature })).status).toBe(401);
      }
      expect(await seen()).toEqual({ accountId: 'main' });
    });

    it('alarm nobody while right ones come, before and after a restart', async () => {
      await postRaw(world.url, body);
      const stranger = async () => {
        await postRaw(world.url, body, { signature: forged });
        await postRaw(world.url, body, { signature: null });
        return seen();
      };
      expect(await stranger()).not.toHaveProperty('refused');
      await world.restart();
      expect(await stranger()).not.toHaveProperty('refused');
      world.clock.advance(60_000);
      expect(await stranger()).toMatchObject({ refused: { code: 'signature-missing' } });
      await postRaw(world.url, JSON.stringify(terminate('wacid.1')));
      expect(await seen()).toMatchObject({ takenAgoMs: 0 });
    });
  });

  it("H5 is checked over the raw bytes, whatever Meta's spelling of the JSON", async () => {
    const body = JSON.stringify(offer('wacid.1')).replace('Bia', String.raw`Jos\u00e9\/`);
    expect((await postRaw(world.url, body)).status).toBe(200);
    expect(stored()[0]?.body).toBe(body);
  });
});

describe('deliveries', () => {
  it('are committed once, however often they come', async () => {
    const body = offer('wacid.1');
    expect(await post(world.url, body)).toMatchObject({ json: { added: 1 } });
    expect(await post(world.url, body)).toMatchObject({ status: 200, json: { added: 0 } });
    const results = await Promise.all(
      Array.from({ length: 20 }, () => post(world.url, terminate('wacid.1'))),
    );
    expect(results.filter(({ json }) => JSON.stringify(json).includes('"added":1'))).toHaveLength(
      1,
    );
    expect((await world.join('ana')).welcome.head).toBe(2);
    expect(stored()).toHaveLength(22);
  });

  it('end a call once, even if a repetition has another time', async () => {
    await post(world.url, terminate('wacid.1', world.clock.now() - 9_000));
    const again = await post(world.url, terminate('wacid.1', world.clock.now()));
    expect(again).toMatchObject({ status: 200, json: { added: 0 } });
  });

  it('that are not JSON are stored with the problem and answered 200', async () => {
    expect(await postRaw(world.url, '{"entry": [')).toMatchObject({
      status: 200,
      json: { added: 0 },
    });
    expect(stored()).toEqual([
      { body: '{"entry": [', problems: expect.stringContaining('is not JSON') },
    ]);
    expect(world.relay.lines).toContainEqual(
      expect.objectContaining({ event: 'webhook.malformed' }),
    );
  });

  it.each([
    ['a byte order mark', (body: Buffer) => Buffer.concat([Buffer.from('\ufeff'), body])],
    ['UTF-16', (body: Buffer) => Buffer.from(`\ufeff${body.toString()}`, 'utf16le')],
    [
      'half a character',
      (body: Buffer) => replaced(body, 'Bia', Buffer.from('Bi\u00e1').subarray(0, 3)),
    ],
    ['Latin-1', (body: Buffer) => replaced(body, 'Bia', Buffer.from('Bi\u00e1', 'latin1'))],
  ])('W1 with %s ring', async (_, spelled) => {
    const body = spelled(Buffer.from(JSON.stringify(offer('wacid.1'))));
    expect(await postRaw(world.url, body)).toMatchObject({ status: 200, json: { added: 1 } });
  });

  it('that are partly readable yield their readable part, and the problem is stored', async () => {
    const good = offer('wacid.1');
    const body = { ...good, entry: [{ id: 'x' }, ...[good['entry']].flat()] };
    expect(await post(world.url, body)).toMatchObject({ status: 200, json: { added: 1 } });
    expect(stored()[0]?.problems).toContain('entry[0].changes');
  });

  it('H6 over 1 MB are refused', async () => {
    const body = Buffer.alloc(1_048_577, 'x');
    expect((await postRaw(world.url, body)).status).toBe(413);
    // Without a length up front the stream grows too long.
    expect(await postInPieces(`${world.url}/webhooks/meta/main`, body)).toBe(413);
    expect((await fetch(`${world.url}/healthz`)).status).toBe(200);
  });

  it('for unknown accounts, providers and methods are refused', async () => {
    expect((await postRaw(world.url, '{}', { account: 'nobody' })).status).toBe(404);
    expect((await fetch(`${world.url}/webhooks/nobody/main`, { method: 'POST' })).status).toBe(404);
    expect((await fetch(`${world.url}/webhooks/meta/main`, { method: 'PUT' })).status).toBe(405);
    expect((await fetch(`${world.url}/else`)).status).toBe(404);
  });
});

describe("events of another number than the URL's", () => {
  const timestamp = String(Date.UTC(2026, 10, 22, 12) / 1000);
  const call = { id: 'wacid.1', event: 'terminate', status: 'COMPLETED', timestamp };

  it('are filed under the account of that number if it has the same app', async () => {
    const ana = await world.join('ana');
    await post(world.url, envelope({ calls: [call] }, { numberId: '222' }));
    expect((await ana.first('entry')).body).toMatchObject({ accountId: 'second' });
  });

  const seen = async () => {
    const answer = await (await world.join('ana')).ask({ type: 'checks' });
    const numbers = answer.kind === 'checks' ? answer.numbers : [];
    return Object.fromEntries(numbers.map(({ accountId, ...rest }) => [accountId, rest]));
  };

  it('are the last ones of that number, and not of the one at whose address they came', async () => {
    await post(world.url, envelope({ calls: [call] }, { numberId: '222' }));
    const taken = { main: {}, second: { takenAgoMs: 0 }, foreign: {} };
    expect(await seen()).toEqual(taken);
    await world.restart();
    expect(await seen()).toEqual(taken);
  });

  const OTHERS = envelope({ calls: [call] }, { numberId: '999' });
  const UNREADABLE = { refused: { agoMs: 0, code: 'unreadable' } };

  it.each([
    ['cannot be read', '{"entry": [', { takenAgoMs: 5, ...UNREADABLE }],
    ['is about a number of nobody here', JSON.stringify(OTHERS), { takenAgoMs: 5 }],
  ])('do not count as the last one when one %s, also after a restart', async (_, body, main) => {
    await post(world.url, envelope({ calls: [call] }));
    world.clock.advance(5);
    await postRaw(world.url, body);
    expect((await seen())['main']).toEqual(main);
    await world.restart();
    expect((await seen())['main']).toEqual(main);
    await postRaw(world.url, JSON.stringify(OTHERS));
    expect((await seen())['main']).toEqual(main);
  });

  it('are told to that number alone, if its own secret or the other’s proves them', async () => {
    const body = JSON.stringify(envelope({ calls: [call] }, { numberId: '333' }));
    const wrong = { refused: { agoMs: 0, code: 'wrong-address', cameTo: 'main' } };
    const sent = await postRaw(world.url, body, { signature: sign(body, 'another secret') });
    expect(sent).toMatchObject({ status: 401, json: { error: { code: 'wrong-address' } } });
    expect(await seen()).toEqual({ main: {}, second: {}, foreign: wrong });
    await world.restart();
    expect(await postRaw(world.url, body)).toMatchObject({ status: 200, json: { added: 0 } });
    expect(await seen()).toMatchObject({ foreign: wrong });
    expect((await seen())['main']).not.toHaveProperty('refused');
    const own = { account: 'foreign', signature: sign(body, 'another secret') };
    world.clock.advance(1);
    expect((await postRaw(world.url, body, own)).status).toBe(200);
    expect((await seen())['foreign']).toMatchObject({ takenAgoMs: 0, refused: { agoMs: 1 } });
  });

  it('are told to the number at whose address they came if nobody has the other', async () => {
    const strange = envelope({ calls: [call] }, { numberId: '444' });
    await post(world.url, strange);
    expect((await seen())['main']).toMatchObject({ refused: { code: 'number-unknown' } });
    await post(world.url, offer('wacid.1'));
    world.clock.advance(1);
    await post(world.url, strange);
    expect((await seen())['main']).toMatchObject({ takenAgoMs: 1, refused: { agoMs: 1 } });
  });

  it('are a problem if nobody has the number, or its app has another secret', async () => {
    for (const numberId of ['444', '333']) {
      const answer = await post(world.url, envelope({ calls: [call] }, { numberId }));
      expect(answer).toMatchObject({ status: 200, json: { added: 0 } });
    }
    expect(stored().map(({ problems }) => problems)).toEqual([
      expect.stringContaining('number id 444'),
      expect.stringContaining('number id 333'),
    ]);
  });
});

/** Posts without a length; resolves to the status. */
function postInPieces(url: string, body: Buffer): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: 'POST' }, (response) => resolve(response.statusCode));
    sent.on('error', reject);
    for (let at = 0; at < body.length; at += 65_536) sent.write(body.subarray(at, at + 65_536));
    sent.end();
  });
}

function replaced(body: Buffer, text: string, by: Buffer): Buffer {
  const at = body.indexOf(text);
  return Buffer.concat([body.subarray(0, at), by, body.subarray(at + text.length)]);
}
