import { describe, expect, it, onTestFinished } from 'vitest';
import type { IceOptions } from 'werift';
import { turnCredentials } from '../../../src/relay/media/ice-servers.ts';
import { ConsolePeer } from './console-peer.ts';
import { startCoturn } from './coturn.ts';
import { accepted, ANA_HZ, CUSTOMER_HZ, BridgeFixture } from './bridge-fixture.ts';

const SECRET = 'north';
const TRANSPORTS = ['udp', 'tcp'] as const;

/** A console whose only path is TURN. */
async function relayedConsole(
  server: { host: string; port: number },
  transport: (typeof TRANSPORTS)[number],
): Promise<ConsolePeer> {
  const { username, credential } = turnCredentials(SECRET, 'ana', 600, Date.now());
  const options: Partial<IceOptions> = {
    turnServer: [server.host, server.port],
    turnUsername: username,
    turnPassword: credential,
    turnTransport: transport,
    forceTurn: true,
  };
  const peer = await ConsolePeer.open(options);
  onTestFinished(() => peer.close());
  return peer;
}

describe('through a real coturn', () => {
  it.each(TRANSPORTS)('a console that reaches only TURN over %s talks', async (transport) => {
    const server = await startCoturn(SECRET);
    const fixture = await BridgeFixture.open();
    const customer = await fixture.customer();
    const ana = await relayedConsole(server, transport);
    expect(ana.offer.match(/typ \w+/g)).toEqual(['typ relay']);
    await ana.connect(accepted(await fixture.bridge.addLeg('ana', ana.offer)));
    ana.speak({ kind: 'tone', hz: ANA_HZ });
    fixture.bridge.route({ kind: 'talking', agent: 'ana' });
    fixture.bridge.openGate();
    await Promise.all([customer.detector.hears(ANA_HZ), ana.detectors[0].hears(CUSTOMER_HZ)]);
    expect(fixture.bridge.report().agents['ana']?.path?.remote).toBe('relay');
  });

  it.each(TRANSPORTS)('a relay behind TURN over %s reaches both sides', async (transport) => {
    const { host, port } = await startCoturn(SECRET);
    const urls = [`turn:${host}:${port}?transport=${transport}`];
    const fixture = await BridgeFixture.open(
      {},
      { iceServers: [{ urls, secret: SECRET }], policy: 'relay' },
    );
    const customer = await fixture.customer();
    const ana = await fixture.agent('ana', ANA_HZ);
    fixture.bridge.route({ kind: 'talking', agent: 'ana' });
    fixture.bridge.openGate();
    await Promise.all([customer.detector.hears(ANA_HZ), ana.detectors[0].hears(CUSTOMER_HZ)]);
    const report = fixture.bridge.report();
    expect(report.customer?.path?.local).toBe('relay');
    expect(report.agents['ana']?.path?.local).toBe('relay');
  });

  it('answers in time without TURN when the server refuses the credentials', async () => {
    const { host, port } = await startCoturn(SECRET);
    const iceServers = [{ urls: [`turn:${host}:${port}`], secret: 'south' }];
    const fixture = await BridgeFixture.open({}, { iceServers });
    const customer = await fixture.customer();
    await fixture.agent('ana', ANA_HZ);
    fixture.bridge.route({ kind: 'talking', agent: 'ana' });
    fixture.bridge.openGate();
    await customer.detector.hears(ANA_HZ);
    expect(fixture.bridge.report().customer?.path?.local).toBe('host');
  });
});
