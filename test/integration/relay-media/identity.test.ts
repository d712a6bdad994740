import { describe, expect, it, onTestFinished } from 'vitest';
import { RTCCertificate } from 'werift';
import { newCertificate } from '../../../src/simulator/media/peer.ts';
import { ConsolePeer } from './console-peer.ts';
import { CustomerPeer } from './customer-peer.ts';
import { accepted, BridgeFixture } from './bridge-fixture.ts';

const FINGERPRINT = /^(a=fingerprint:sha-256 )\S+/gm;
const OTHER = Array.from({ length: 32 }, () => 'AB').join(':');

async function openConsole(certificate?: RTCCertificate): Promise<ConsolePeer> {
  const peer = await ConsolePeer.open({}, certificate);
  onTestFinished(() => peer.close());
  return peer;
}

/** The peer may see its side connect before we refuse it. */
const whatever = (work: Promise<unknown>): void => void work.catch(() => undefined);

describe('the identity of a leg', () => {
  it('H15 a console whose certificate does not match its SDP gets no leg', async () => {
    const fixture = await BridgeFixture.open();
    const peer = await openConsole();
    const answer = accepted(
      await fixture.bridge.addLeg('ana', peer.offer.replaceAll(FINGERPRINT, `$1${OTHER}`)),
    );
    whatever(peer.connect(answer));
    await expect(fixture.event('closed')).resolves.toMatchObject({ reason: 'dtls-failed' });
    expect(fixture.events.filter(({ type }) => type === 'connected')).toEqual([]);
  });

  it('H15 a customer whose certificate does not match their SDP gets no leg', async () => {
    const fixture = await BridgeFixture.open();
    const customer = await CustomerPeer.open();
    onTestFinished(() => customer.close());
    const offer = customer.offer().replaceAll(FINGERPRINT, `$1${OTHER}`);
    customer.connect(accepted(await fixture.bridge.answerCustomer(offer)));
    fixture.bridge.startCustomer();
    await expect(fixture.event('closed')).resolves.toMatchObject({ reason: 'dtls-failed' });
    expect(fixture.events.filter(({ type }) => type === 'connected')).toEqual([]);
  });

  it('H15 a certificate without its key is worthless', async () => {
    const fixture = await BridgeFixture.open({ connectTimeoutMs: 3000 });
    const [seen, own] = await Promise.all([newCertificate(), newCertificate()]);
    // Certificates travel in clear: anybody on the path can copy one, and it has the right
    // fingerprint.
    const stolen = new RTCCertificate(own.privateKey, seen.certPem, seen.signatureHash);
    const peer = await openConsole(stolen);
    whatever(peer.connect(accepted(await fixture.bridge.addLeg('ana', peer.offer))));
    await fixture.event('closed');
    expect(fixture.events.filter(({ type }) => type === 'connected')).toEqual([]);
    expect(fixture.bridge.report().agents).toEqual({});
  });
});
