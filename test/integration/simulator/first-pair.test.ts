import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { expect, it, onTestFinished } from 'vitest';
import { classes, Message, methods } from 'werift';
import { MediaPeer, newCertificate } from '../../../src/simulator/media/peer.ts';

const BUSINESS = { ufrag: 'business', pwd: 'p'.repeat(24) };
const HANDSHAKE_RECORD = 22;

async function socket(): Promise<Socket> {
  const made = createSocket('udp4');
  made.bind(0, '127.0.0.1');
  await once(made, 'listening');
  onTestFinished(() => {
    made.close();
  });
  return made;
}

/** Resolves with the first DTLS handshake record. */
const hello = (at: Socket): Promise<void> =>
  new Promise((resolve) => {
    at.on('message', ([type]) => {
      if (type === HANDSHAKE_RECORD) resolve();
    });
  });

it('V2 the customer sends on the first valid pair, and goes where the business nominates', async () => {
  const customer = await MediaPeer.open({
    host: '127.0.0.1',
    ipv6: '2001:db8::1',
    certificate: await newCertificate(),
  });
  onTestFinished(() => customer.close());
  customer.connect({
    ...BUSINESS,
    mid: 'audio',
    fingerprint: Array.from({ length: 32 }, () => 'AB').join(':'),
    setup: 'passive',
    codecs: [],
    opus: 111,
    telephoneEvent: undefined,
    extensions: [],
    extmapAllowMixed: false,
    candidates: [],
  });
  const check = (from: Socket, isNominated: boolean, key = customer.local.pwd) => {
    const message = new Message(methods.BINDING, classes.REQUEST);
    message
      .setAttribute('USERNAME', `${customer.local.ufrag}:${BUSINESS.ufrag}`)
      .setAttribute('PRIORITY', 1)
      .setAttribute('ICE-CONTROLLING', 1n);
    if (isNominated) message.setAttribute('USE-CANDIDATE', null);
    message.addMessageIntegrity(Buffer.from(key)).addFingerprint();
    from.send(message.bytes, customer.local.port, '127.0.0.1');
  };
  const [stranger, first, second] = await Promise.all([socket(), socket(), socket()]);
  const misled: unknown[] = [];
  stranger.on('message', (datagram) => misled.push(datagram));
  // Only the business's checks count.
  check(stranger, true, 'x'.repeat(32));
  const came = hello(first);
  check(first, false);
  await came;
  const moved = hello(second);
  check(second, true);
  await moved;
  expect(misled).toEqual([]);
});
