import { describe, expect, it, onTestFinished } from 'vitest';
import { UdpPorts } from '../../../src/relay/media/udp-ports.ts';
import { ConsolePeer } from './console-peer.ts';
import { CustomerPeer } from './customer-peer.ts';
import { accepted, ANA_HZ, BEN_HZ, CUSTOMER_HZ, BridgeFixture } from './bridge-fixture.ts';
import { Forger, FORGED_DTLS, FORGED_REST } from './forger.ts';
import { RoughPath } from './rough-path.ts';

/** Everything that a forger can make. */
const EVERYTHING = Object.entries({ ...FORGED_DTLS, ...FORGED_REST });

const ufragOf = (sdp: string): string => /^a=ice-ufrag:(\S+)/m.exec(sdp)?.[1] ?? '';

async function forger(): Promise<Forger> {
  const made = await Forger.open();
  onTestFinished(() => made.close());
  return made;
}

const kinds = EVERYTHING.map(
  ([, make]) =>
    () =>
      make('abcd'),
);

/** A fixture with few, known ports, so that spraying all of them is cheap. */
async function openFixture(): Promise<{ fixture: BridgeFixture; ports: readonly number[] }> {
  const first = 20_000 + 50 * Math.floor(Math.random() * 500);
  const ports = Array.from({ length: 50 }, (_, i) => first + i);
  return {
    fixture: await BridgeFixture.open({}, { ports: new UdpPorts(first, first + 49) }),
    ports,
  };
}

const closed = (fixture: BridgeFixture) => fixture.events.filter(({ type }) => type === 'closed');

/** A customer and a console, and a forger who sends in their names. */
async function openCall() {
  const fixture = await BridgeFixture.open();
  const [caller, ana] = await Promise.all([CustomerPeer.open(), ConsolePeer.open()]);
  const forCaller = accepted(await fixture.bridge.answerCustomer(caller.offer()));
  const forAna = accepted(await fixture.bridge.addLeg('ana', ana.offer));
  const [callersWay, anasWay] = await Promise.all([RoughPath.to(forCaller), RoughPath.to(forAna)]);
  return {
    fixture,
    caller,
    ana,
    /** Sends one to both legs. */
    forge(make: (ufrag: string) => Buffer): void {
      callersWay.forge(make(ufragOf(forCaller)));
      anasWay.forge(make(ufragOf(forAna)));
    },
    /** Sends it before each packet that passes. */
    beforeEach(act: () => void): void {
      callersWay.beforeEach(act);
      anasWay.beforeEach(act);
    },
    async connect(): Promise<void> {
      caller.connect(callersWay.through(forCaller));
      fixture.bridge.startCustomer();
      await Promise.all([
        ana.connect(anasWay.through(forAna)),
        caller.connected(),
        fixture.event('connected', ({ leg }) => leg.side === 'customer'),
        fixture.event('connected', ({ leg }) => leg.side === 'agent'),
      ]);
    },
    async close(): Promise<void> {
      await Promise.all([fixture.bridge.close(), caller.close(), ana.close()]);
      callersWay.close();
      anasWay.close();
    },
  };
}

describe('forged datagrams', () => {
  it('A1 end no leg and keep none from connecting, through transfer, hold and rejoin', async () => {
    const { fixture, ports } = await openFixture();
    const stranger = await forger();
    stranger.keepSpraying(ports, kinds, 10);
    const customer = await fixture.customer();
    const ana = await fixture.agent('ana', ANA_HZ);
    fixture.bridge.route({ kind: 'talking', agent: 'ana' });
    fixture.bridge.openGate();
    await Promise.all([customer.detector.hears(ANA_HZ), ana.detectors[0].hears(CUSTOMER_HZ)]);
    // Hold, while the console that gets the call is connecting.
    fixture.bridge.route({ kind: 'on-hold', playing: 'hold' });
    const [ben] = await Promise.all([
      fixture.agent('ben', BEN_HZ),
      customer.detector.hearsOther(ANA_HZ),
    ]);
    fixture.bridge.route({ kind: 'consulting', agent: 'ana', teammate: 'ben' });
    await ben.detectors[0].hears(ANA_HZ);
    // Transfer.
    fixture.bridge.route({ kind: 'talking', agent: 'ben' });
    await customer.detector.hears(BEN_HZ);
    await fixture.bridge.removeLeg('ana');
    // Rejoin.
    await fixture.agent('ana-2', ANA_HZ);
    fixture.bridge.route({ kind: 'talking', agent: 'ana-2' });
    await customer.detector.hears(ANA_HZ);
    expect(closed(fixture)).toEqual([]);
    expect(stranger.sent).toBeGreaterThan(ports.length * 2);
  });

  it('A1 all at once to every port end no call', async () => {
    const { fixture, ports } = await openFixture();
    const customer = await fixture.customer();
    const ana = await fixture.agent('ana', ANA_HZ);
    fixture.bridge.route({ kind: 'talking', agent: 'ana' });
    fixture.bridge.openGate();
    await customer.detector.hears(ANA_HZ);
    const stranger = await forger();
    for (const make of kinds) {
      stranger.spray(ports, [make(), make()]);
      await customer.detector.more(1);
    }
    // Longer than an alert's grace.
    await customer.detector.more(40);
    await Promise.all([customer.detector.hears(ANA_HZ), ana.detectors[0].hears(CUSTOMER_HZ)]);
    expect(closed(fixture)).toEqual([]);
  });

  it('A1 in the peer’s name do not stop a handshake', async () => {
    for (const [name, make] of EVERYTHING) {
      const call = await openCall();
      call.beforeEach(() => call.forge(make));
      await call.connect();
      expect({ name, closed: closed(call.fixture) }).toEqual({ name, closed: [] });
      await call.close();
    }
  });

  it('A1 in the peer’s name do not end a connected leg', async () => {
    const call = await openCall();
    onTestFinished(() => call.close());
    const { fixture, caller, ana } = call;
    await call.connect();
    caller.speak({ kind: 'tone', hz: CUSTOMER_HZ });
    // A silent peer has no media whose flow would show that all is well.
    fixture.bridge.route({ kind: 'talking', agent: 'ana' });
    fixture.bridge.openGate();
    await ana.detectors[0].hears(CUSTOMER_HZ);
    for (const [, make] of EVERYTHING) call.forge(make);
    // Longer than an alert's grace.
    await ana.detectors[0].more(40);
    ana.speak({ kind: 'tone', hz: ANA_HZ });
    await Promise.all([caller.detector.hears(ANA_HZ), ana.detectors[0].hears(CUSTOMER_HZ)]);
    expect(closed(fixture)).toEqual([]);
  });

  it('H16 flooding RTP, RTCP and STUN beside a live call are not heard', async () => {
    const { fixture, ports } = await openFixture();
    const customer = await fixture.customer();
    const ana = await fixture.agent('ana', ANA_HZ);
    fixture.bridge.route({ kind: 'talking', agent: 'ana' });
    fixture.bridge.openGate();
    await customer.detector.hears(ANA_HZ);
    const stranger = await forger();
    const before = customer.detector.frames.length;
    // At most 100 packets each 20 ms, 2 of them per port: more than twice what was withstood
    // before.
    stranger.keepSpraying(
      ports,
      Object.values(FORGED_REST).map((make) => () => make('abcd')),
      20,
    );
    await customer.detector.more(100);
    const during = customer.detector.frames.slice(before);
    expect(new Set(during.map(({ ssrc }) => ssrc)).size).toBe(1);
    await Promise.all([customer.detector.hears(ANA_HZ), ana.detectors[0].hears(CUSTOMER_HZ)]);
    expect(fixture.events.filter(({ type }) => type === 'closed' || type === 'media-lost')).toEqual(
      [],
    );
    expect(stranger.sent).toBeGreaterThan(1000);
    const { customer: heard } = fixture.bridge.report();
    expect(heard?.received.lost).toBeLessThan((heard?.received.packets ?? 0) / 10);
  });
});
