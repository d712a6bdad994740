import { connect } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { ACCOUNT, APP_SECRET, envelope, NUMBER_ID, offer, sign, VERIFY_TOKEN } from '../harness.ts';
import { RelayWorld } from '../relay-world.ts';

const meta = (id: string, phoneNumberId: string) => ({
  id,
  provider: 'meta',
  phoneNumberId,
  appSecret: APP_SECRET,
  verifyToken: VERIFY_TOKEN,
});

const OTHER_NUMBER = '105615555715856';
const world = new RelayWorld({
  accounts: [meta(ACCOUNT, NUMBER_ID), meta('other', OTHER_NUMBER)],
});

const message = (id: string) =>
  envelope(
    {
      messages: [
        {
          id,
          from: '5511999991234',
          timestamp: String(Math.floor(world.clock.now() / 1000)),
          type: 'text',
          text: { body: 'Hello?' },
        },
      ],
    },
    { field: 'messages' },
  );

/** A call to the other number. */
const otherOffer = (id: string) =>
  JSON.stringify(offer(id, world.clock.now())).replace(NUMBER_ID, OTHER_NUMBER);

/** Webhooks of the flooding number that arrive before another number's call. */
const FLOOD = 1_000;

/** A webhook as it is sent. */
const request = (account: string, body: string) =>
  [
    `POST /webhooks/meta/${account} HTTP/1.1`,
    'host: relay',
    `content-length: ${Buffer.byteLength(body)}`,
    `x-hub-signature-256: ${sign(body)}`,
    '',
    body,
  ].join('\r\n');

it('a call waits for at most a quarter of the webhooks that arrived for another number before it', async () => {
  const ana = await world.join('ana');
  const { hostname, port } = new URL(world.url);
  const socket = connect(Number(port), hostname);
  onTestFinished(() => void socket.destroy());
  const flood = Array.from({ length: FLOOD }, (_, count) =>
    request(ACCOUNT, JSON.stringify(message(`wamid.${count}`))),
  );
  // One connection, so that the relay has read all of them when it reads the call.
  socket.write([...flood, request('other', otherOffer('wacid.last'))].join(''));
  await ana.ringing('other/wacid.last', ['ana']);
  const entries = await ana.until(() => {
    const all = ana.all('entry');
    return all.length > FLOOD ? all : undefined;
  });
  const call = entries.findIndex(
    ({ body }) => body.type === 'provider' && body.accountId === 'other',
  );
  expect(call).toBeLessThan(FLOOD / 4);
});
