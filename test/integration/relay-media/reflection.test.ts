import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { expect, it, onTestFinished } from 'vitest';
import { ConsolePeer } from './console-peer.ts';
import { CustomerPeer } from './customer-peer.ts';
import { BridgeFixture } from './bridge-fixture.ts';

/** Sockets of uninvolved people, and a count of what they receive. */
async function bystanders(count: number) {
  let packets = 0;
  const ports = await Promise.all(
    Array.from({ length: count }, async () => {
      const socket = createSocket('udp4');
      socket.on('message', () => packets++);
      socket.bind(0, '0.0.0.0');
      await once(socket, 'listening');
      onTestFinished(() => {
        socket.close();
      });
      return socket.address().port;
    }),
  );
  return { ports, packets: () => packets };
}

/** An SDP whose candidates are these ports on many hosts, all of them this machine. */
const leadAstray = (sdp: string, ports: readonly number[]): string => {
  const lines = ports.flatMap((port, i) =>
    [1, 2, 3].map(
      (host) =>
        `a=candidate:${i}${host} 1 udp 2113937151 127.0.${i % 200}.${host} ${port} typ host\r\n`,
    ),
  );
  return sdp
    .replaceAll(/^a=candidate:.*\r\n/gm, '')
    .replace(/^a=ice-ufrag/m, `${lines.join('')}a=ice-ufrag`);
};

it.each(['a console', 'a customer'])(
  'L9 an SDP of %s makes the relay send few packets to others',
  async (who) => {
    const others = await bystanders(100);
    const fixture = await BridgeFixture.open({ connectTimeoutMs: 6000 });
    if (who === 'a console') {
      const peer = await ConsolePeer.open();
      onTestFinished(() => peer.close());
      await fixture.bridge.addLeg('ana', leadAstray(peer.offer, others.ports));
    } else {
      const customer = await CustomerPeer.open();
      onTestFinished(() => customer.close());
      await fixture.bridge.answerCustomer(leadAstray(customer.offer(), others.ports));
      fixture.bridge.startCustomer();
    }
    await fixture.event('closed');
    expect(others.packets()).toBeGreaterThan(0);
    expect(others.packets()).toBeLessThanOrEqual(200);
  },
);
