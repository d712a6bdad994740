import { fork } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { BridgeEvent } from '../../../src/relay/media/call-bridge.ts';
import { withinGoal } from '../../helpers/held-up.ts';
import { CustomerPeer } from './customer-peer.ts';
import { ANA_HZ, accepted, BEN_HZ, CUSTOMER_HZ, BridgeFixture, SAM_HZ } from './bridge-fixture.ts';
import { type RtpToneDetector, isTone } from './rtp-tone-detector.ts';

/** Goal for the customer's audio gap at a switch, ms. */
const MAX_GAP_MS = 300;

/**
 * One SSRC, no gap in the sequence, growing timestamps: what WhatsApp must see throughout a call.
 */
function expectOneStream(detector: RtpToneDetector): void {
  const { frames } = detector;
  expect(new Set(frames.map(({ ssrc }) => ssrc)).size).toBe(1);
  const steps = frames.slice(1).map((frame, index) => {
    const before = frames[index] ?? frame;
    return {
      sequence: (frame.sequence - before.sequence) & 0xffff,
      grows: ((frame.timestamp - before.timestamp) | 0) > 0,
    };
  });
  expect(steps.filter(({ sequence, grows }) => sequence !== 1 || !grows)).toEqual([]);
}

const isRerouted = (event: BridgeEvent): boolean => event.type === 'rerouted';

describe('the call bridge', () => {
  it('answers a customer, sends nothing before the gate opens and then silence at once', async () => {
    const fixture = await BridgeFixture.open();
    const customer = await fixture.customer();
    const ana = await fixture.agent('ana', ANA_HZ);
    expect(fixture.bridge.route({ kind: 'talking', agent: 'ana' })).toEqual({
      ok: true,
      value: true,
    });
    // The agent already hears the customer, and time passes with both talking: still not one
    // packet.
    await ana.detectors[0].hears(CUSTOMER_HZ);
    await ana.detectors[0].more(25);
    expect(customer.detector.frames).toEqual([]);
    expect(customer.rtcpReceived).toBe(0);
    fixture.bridge.openGate();
    await customer.detector.hears(ANA_HZ);
    expect(customer.detector.frames[0]?.marker).toBe(true);
    expectOneStream(customer.detector);
  });

  it('makes the offer of an outbound call, and applies WhatsApp’s answer', async () => {
    const fixture = await BridgeFixture.open();
    const customer = await CustomerPeer.open();
    onTestFinished(() => customer.close());
    const offer = accepted(await fixture.bridge.offerCustomer());
    // WhatsApp says `active`: it is the DTLS client there.
    accepted(fixture.bridge.applyCustomerAnswer(customer.answer(offer)));
    await fixture.event('connected');
    fixture.bridge.openGate();
    fixture.bridge.route({ kind: 'on-hold', playing: 'silence' });
    await customer.detector.hearsSilence();
    customer.speak({ kind: 'tone', hz: CUSTOMER_HZ });
    await fixture.event('first-audio');
    expect(fixture.bridge.report().customer?.received.packets).toBeGreaterThan(0);
  });

  it('moves the customer from agent to hold music to agent, with a short gap and one stream', async () => {
    const fixture = await BridgeFixture.open();
    const customer = await fixture.customer();
    const [ana, ben] = await Promise.all([
      fixture.agent('ana', ANA_HZ),
      fixture.agent('ben', BEN_HZ),
    ]);
    fixture.bridge.route({ kind: 'talking', agent: 'ana' });
    fixture.bridge.openGate();
    await customer.detector.hears(ANA_HZ);

    fixture.bridge.route({ kind: 'on-hold', playing: 'hold' });
    await customer.detector.hearsOther(ANA_HZ, BEN_HZ);
    // Her track ends with a little silence and then carries nothing.
    await ana.detectors[0].until(() => ana.detectors[0].frames.at(-1)?.hz === undefined);
    const ended = ana.detectors[0].frames.length;
    await customer.detector.more(20);
    expect(ana.detectors[0].frames.length).toBeLessThanOrEqual(ended + 2);

    const since = customer.detector.frames.length;
    const switchedAt = Date.now();
    fixture.bridge.route({ kind: 'talking', agent: 'ben' });
    await Promise.all([customer.detector.hears(BEN_HZ), ben.detectors[0].hears(CUSTOMER_HZ)]);
    const limit = () => withinGoal(MAX_GAP_MS, switchedAt);
    expect(customer.detector.gapMs('any', BEN_HZ, since)).toBeLessThan(limit());

    const direct = customer.detector.frames.length;
    fixture.bridge.route({ kind: 'talking', agent: 'ana' });
    await customer.detector.hears(ANA_HZ);
    expect(customer.detector.gapMs(BEN_HZ, ANA_HZ, direct)).toBeLessThan(limit());
    expectOneStream(customer.detector);
  });

  it('lets two agents consult while the customer hears hold music', async () => {
    const fixture = await BridgeFixture.open();
    const customer = await fixture.customer();
    const [ana, ben] = await Promise.all([
      fixture.agent('ana', ANA_HZ),
      fixture.agent('ben', BEN_HZ),
    ]);
    fixture.bridge.openGate();
    fixture.bridge.route({ kind: 'consulting', agent: 'ana', teammate: 'ben' });
    await Promise.all([
      ana.detectors[0].hears(BEN_HZ),
      ben.detectors[0].hears(ANA_HZ),
      customer.detector.hearsOther(ANA_HZ, BEN_HZ),
    ]);
    expect(ana.detectors[1].frames).toEqual([]);
    const leaked = customer.detector.frames.filter((frame) => isTone(frame, BEN_HZ));
    expect(leaked.length).toBeLessThan(5);
  });

  it('lets a supervisor hear both and whisper to the agent only', async () => {
    const fixture = await BridgeFixture.open();
    const customer = await fixture.customer();
    const [ana, sam] = await Promise.all([
      fixture.agent('ana', ANA_HZ),
      fixture.agent('sam', SAM_HZ),
    ]);
    fixture.bridge.openGate();
    fixture.bridge.route({
      kind: 'talking',
      agent: 'ana',
      supervisors: [{ leg: 'sam', mode: 'listen' }],
    });
    await Promise.all([
      sam.detectors[0].hears(CUSTOMER_HZ),
      sam.detectors[1].hears(ANA_HZ),
      customer.detector.hears(ANA_HZ),
      ana.detectors[0].hears(CUSTOMER_HZ),
    ]);
    expect(ana.detectors[1].frames).toEqual([]);
    fixture.bridge.route({
      kind: 'talking',
      agent: 'ana',
      supervisors: [{ leg: 'sam', mode: 'whisper' }],
    });
    await ana.detectors[1].hears(SAM_HZ);
    const during = await customer.detector.more(20);
    expect(during.filter((frame) => isTone(frame, SAM_HZ))).toEqual([]);
    // Adding a listener does not affect the existing streams.
    expectOneStream(ana.detectors[0]);
    expectOneStream(customer.detector);
  });

  it('lets a supervisor speak to both, in one stream that stays one', async () => {
    const fixture = await BridgeFixture.open();
    const customer = await fixture.customer();
    const [ana, ben, sam] = await Promise.all([
      fixture.agent('ana', ANA_HZ),
      fixture.agent('ben', BEN_HZ),
      fixture.agent('sam', SAM_HZ),
    ]);
    fixture.bridge.openGate();
    fixture.bridge.route({ kind: 'talking', agent: 'ana' });
    await customer.detector.hears(ANA_HZ);
    fixture.bridge.route({
      kind: 'talking',
      agent: 'ana',
      supervisors: [
        { leg: 'ben', mode: 'listen' },
        { leg: 'sam', mode: 'barge' },
      ],
    });
    await Promise.all([
      customer.detector.hearsMix(ANA_HZ, SAM_HZ),
      ana.detectors[0].hears(CUSTOMER_HZ),
      ana.detectors[1].hears(SAM_HZ),
      sam.detectors[0].hears(CUSTOMER_HZ),
      sam.detectors[1].hears(ANA_HZ),
      ben.detectors[0].hears(CUSTOMER_HZ),
      ben.detectors[1].hearsMix(ANA_HZ, SAM_HZ),
    ]);
    // The agent’s leg falls silent: the supervisor is heard alone, and no hold music.
    const from = customer.detector.frames.length;
    ana.die();
    await customer.detector.hears(SAM_HZ);
    await fixture.event('media-lost');
    await customer.detector.more(20);
    const heard = customer.detector.frames.slice(from).filter(({ hz }) => hz !== undefined);
    expect(heard.filter((one) => !isTone(one, SAM_HZ) && !isTone(one, ANA_HZ)).length).toBeLessThan(
      5,
    );
    fixture.bridge.route({ kind: 'talking', agent: 'ben' });
    await customer.detector.hears(BEN_HZ);
    expectOneStream(customer.detector);
  });

  it('plays hold music when the agent’s leg falls silent, and reports it', async () => {
    const fixture = await BridgeFixture.open({ lostAfterMs: 600 });
    const customer = await fixture.customer();
    const ana = await fixture.agent('ana', ANA_HZ);
    fixture.bridge.openGate();
    fixture.bridge.route({ kind: 'talking', agent: 'ana' });
    await customer.detector.hears(ANA_HZ);
    const diedAt = Date.now();
    ana.die();
    await expect(fixture.event('media-lost')).resolves.toMatchObject({
      leg: { side: 'agent', leg: 'ana' },
    });
    await expect(fixture.event('rerouted')).resolves.toEqual({
      type: 'rerouted',
      routing: { kind: 'on-hold', playing: 'hold' },
      because: 'ana',
    });
    await customer.detector.hearsOther(ANA_HZ);
    // From the agent's last word to the hold music, with silence in between: no second without a
    // packet.
    const gaps = customer.detector.frames.slice(1).map(({ atMs }, i) => {
      return atMs - (customer.detector.frames[i]?.atMs ?? atMs);
    });
    expect(Math.max(...gaps)).toBeLessThan(withinGoal(1000, diedAt));

    // Routed to a leg that stays silent, the customer gets hold music again.
    fixture.bridge.route({ kind: 'talking', agent: 'ana' });
    await fixture.event('rerouted', (event) => event !== fixture.events.find(isRerouted));

    // The console comes back on a new leg.
    const again = await fixture.agent('ana-2', BEN_HZ);
    expect(fixture.bridge.route({ kind: 'talking', agent: 'ana-2' })).toEqual({
      ok: true,
      value: true,
    });
    await Promise.all([customer.detector.hears(BEN_HZ), again.detectors[0].hears(CUSTOMER_HZ)]);
    expectOneStream(customer.detector);
  });

  it('does not make the customer skip what an agent’s microphone missed', async () => {
    const fixture = await BridgeFixture.open();
    const customer = await fixture.customer();
    const [ana] = await Promise.all([fixture.warm('ana'), fixture.agent('ben', BEN_HZ)]);
    fixture.bridge.openGate();
    fixture.bridge.route({ kind: 'talking', agent: 'ana' });
    const stutteredAt = Date.now();
    // Half a second in all, with each pause too short to be filled.
    await ana.stutter({ kind: 'tone', hz: ANA_HZ }, { count: 6, everyMs: 160, lastingMs: 80 });
    await customer.detector.hears(ANA_HZ);
    fixture.bridge.route({ kind: 'on-hold', playing: 'hold' });
    await customer.detector.hearsOther(ANA_HZ);
    fixture.bridge.route({ kind: 'talking', agent: 'ben' });
    await customer.detector.hears(BEN_HZ);
    expect(customer.detector.worstJumpMs()).toBeLessThan(withinGoal(150, stutteredAt));
    expectOneStream(customer.detector);
  });

  it('plays hold music when the talking agent’s leg is removed', async () => {
    const fixture = await BridgeFixture.open();
    const customer = await fixture.customer();
    await fixture.agent('ana', ANA_HZ);
    fixture.bridge.openGate();
    fixture.bridge.route({ kind: 'talking', agent: 'ana' });
    await customer.detector.hears(ANA_HZ);
    await fixture.bridge.removeLeg('ana');
    expect(fixture.bridge.routing).toEqual({ kind: 'on-hold', playing: 'hold' });
    await customer.detector.hearsOther(ANA_HZ);
    expect(fixture.bridge.route({ kind: 'talking', agent: 'ana' })).toEqual({
      ok: false,
      error: 'unknown-leg',
    });
  });

  it('reports the caller’s keys once each, and mutes them for the agent', async () => {
    const fixture = await BridgeFixture.open();
    const customer = await CustomerPeer.open();
    onTestFinished(() => customer.close());
    customer.connect(accepted(await fixture.bridge.answerCustomer(customer.offer())));
    fixture.bridge.startCustomer();
    await fixture.event('connected');
    const ana = await fixture.agent('ana', ANA_HZ);
    fixture.bridge.route({ kind: 'talking', agent: 'ana' });
    customer.speak({ kind: 'tone', hz: CUSTOMER_HZ }, [
      { digit: '4', atMs: 200 },
      { digit: '4', atMs: 500 },
      { digit: '#', atMs: 800 },
    ]);
    await fixture.event('dtmf', ({ digit }) => digit === '#');
    const keys = fixture.events.filter((event) => event.type === 'dtmf');
    expect(keys).toEqual(
      ['4', '4', '#'].map((digit) => ({ type: 'dtmf', digit, durationMs: 100 })),
    );
    // Every frame the agent gets decodes as Opus (the detector throws otherwise) and has the
    // customer's tone.
    await ana.detectors[0].hears(CUSTOMER_HZ);
    expectOneStream(ana.detectors[0]);
  });

  it('keeps the one stream through a hundred quick switches', async () => {
    const fixture = await BridgeFixture.open();
    const customer = await fixture.customer();
    await Promise.all([fixture.agent('ana', ANA_HZ), fixture.agent('ben', BEN_HZ)]);
    fixture.bridge.openGate();
    const ways = [
      { kind: 'talking', agent: 'ana' },
      { kind: 'on-hold', playing: 'hold' },
      { kind: 'talking', agent: 'ben' },
      { kind: 'consulting', agent: 'ana', teammate: 'ben' },
      { kind: 'on-hold', playing: 'silence' },
    ] as const;
    const startedAt = Date.now();
    const startedMs = performance.now();
    await customer.detector.more(1);
    const first = customer.detector.frames[0];
    for (let i = 0; i < 100; i++) {
      const way = ways[i % ways.length];
      if (way) fixture.bridge.route(way);
      await customer.detector.more(i % 3);
    }
    fixture.bridge.route({ kind: 'talking', agent: 'ana' });
    await customer.detector.hears(ANA_HZ);
    expectOneStream(customer.detector);
    const last = customer.detector.frames.at(-1);
    const playedMs = (((last?.timestamp ?? 0) - (first?.timestamp ?? 0)) >>> 0) / 48;
    const passedMs = (last?.atMs ?? 0) - startedMs;
    expect(Math.abs(playedMs - passedMs)).toBeLessThan(withinGoal(500, startedAt));
  });

  it('measures both legs', async () => {
    const startedAt = performance.now();
    const fixture = await BridgeFixture.open();
    const customer = await fixture.customer();
    await fixture.agent('ana', ANA_HZ);
    fixture.bridge.openGate();
    fixture.bridge.route({ kind: 'talking', agent: 'ana' });
    await customer.detector.until(() => customer.rtcpReceived >= 4);
    const report = fixture.bridge.report();
    expect(report.gateOpen).toBe(true);
    expect(report.customer?.connected).toBe(true);
    expect(report.customer?.received.packets).toBeGreaterThan(20);
    expect(report.customer?.received.lost).toBe(0);
    expect(report.customer?.sent.packets).toBeGreaterThan(20);
    expect(report.customer?.sent.lossPercent).toBe(0);
    expect(report.customer?.rttMs).toBeGreaterThanOrEqual(0);
    // Wrong halves of the time in a report would make it longer than the call.
    expect(report.customer?.rttMs).toBeLessThan(performance.now() - startedAt);
    expect(report.agents['ana']?.received.packets).toBeGreaterThan(20);
    expect(report.agents['ana']?.path).toEqual({ local: 'host', remote: 'host' });
  });

  it('leaves neither sockets nor timers behind', async () => {
    const child = fork(new URL('./leave.ts', import.meta.url), { silent: true });
    let said = '';
    child.stderr?.on('data', (data: Buffer) => (said += data.toString()));
    const [code] = await once(child, 'exit');
    expect({ code, said }).toEqual({ code: 0, said: '' });
  });

  it('refuses routings with an unknown leg or the same leg twice', async () => {
    const fixture = await BridgeFixture.open();
    await fixture.agent('ana', ANA_HZ);
    const { bridge } = fixture;
    expect(bridge.route({ kind: 'talking', agent: 'zoe' })).toEqual({
      ok: false,
      error: 'unknown-leg',
    });
    expect(bridge.route({ kind: 'consulting', agent: 'ana', teammate: 'ana' })).toEqual({
      ok: false,
      error: 'leg-named-twice',
    });
    expect(bridge.routing).toEqual({ kind: 'on-hold', playing: 'silence' });
  });
});
