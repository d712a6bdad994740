import type { Result } from '../../shared/lib/result.ts';
import type { RTCCertificate } from 'werift';
import { assertNever } from '../../shared/lib/assert-never.ts';
import type { Clips } from './clips.ts';
import { CustomerEnd } from './customer.ts';
import { Leg, type LegEvent, type LegReport } from './leg.ts';
import { COVER_AFTER_MS, COVER_GONE_AFTER_MS } from './hold-music-player.ts';
import { type Hearer, Mixer } from './mixer.ts';
import type { MediaNetwork } from './network.ts';
import { OutputStream } from './output.ts';
import {
  type LegId,
  type LegRef,
  legsOf,
  plan,
  type Routing,
  type Source,
  without,
} from './routing.ts';
import { buildAgentAnswer, newLocalTrack } from './sdp-build.ts';
import { parseSdp, type RemoteMedia, type SdpResult } from './sdp-parse.ts';
import { Announcement, unixMs } from './recorder/announcement.ts';
import { readAnnouncement } from './recorder/own-announcement.ts';
import {
  askRecorder,
  CallRecorder,
  type RecorderReport,
  type RecorderRequest,
} from './recorder/call-recorder.ts';
import type { TransportEnd } from './transport.ts';

/**
 * Events for the owner of a call's media. None is urgent, because the customer hears hold music
 * meanwhile.
 */
export type BridgeEvent =
  | { type: 'connected'; leg: LegRef; afterMs: number }
  | { type: 'first-audio'; leg: LegRef }
  | { type: 'media-lost'; leg: LegRef; silentMs: number }
  | { type: 'media-back'; leg: LegRef }
  /** The leg is gone for good. Not emitted for legs that were removed on request. */
  | { type: 'closed'; leg: LegRef; reason: TransportEnd }
  | { type: 'dtmf'; digit: string; durationMs: number }
  | { type: 'recorder'; report: RecorderReport }
  /** The bridge changed the routing itself, because someone in it can no longer be heard. */
  | { type: 'rerouted'; routing: Routing; because: LegId };

export type RouteResult = Result<true, 'unknown-leg' | 'leg-named-twice'>;

export interface BridgeReport {
  routing: Routing;
  gateOpen: boolean;
  customer: LegReport | undefined;
  agents: Readonly<Record<LegId, LegReport>>;
}

/** Shared by all calls of a relay. */
export interface BridgeSettings {
  network: MediaNetwork;
  certificate: RTCCertificate;
  clips: Clips;
  /** Media of a leg counts as lost after this many ms without a packet. */
  lostAfterMs: number;
  connectTimeoutMs: number;
  /** How to read an `actpass` in WhatsApp's answer, which RFC 8842 5.3 forbids. */
  actpassMeans: 'active' | 'passive';
}

const WATCH_TICKS = 10;
const REPORT_TICKS = 100;

/** The fixed media end of one call towards WhatsApp, with any number of agents' legs behind it. */
export class CallBridge {
  readonly #settings: BridgeSettings;
  readonly #onEvent: (event: BridgeEvent) => void;
  readonly #agents = new Map<LegId, Leg>();
  readonly #stopTicking: () => void;
  #customer: CustomerEnd | undefined;
  #current: Routing = { kind: 'on-hold', playing: 'silence' };
  /** While a supervisor speaks to the customer. */
  #mixer: { legs: readonly [Leg, Leg]; mix: Mixer } | undefined;
  readonly #recorder: CallRecorder;
  #announcement: Announcement | undefined;
  #gateOpen = false;
  #ticks = 0;
  #closed = false;

  /**
   * `onTick` runs a task every 20 ms with the tick's nominal time and returns a function that stops
   * it.
   */
  constructor(
    settings: BridgeSettings,
    onTick: (task: (dueMs: number) => void) => () => void,
    onEvent: (event: BridgeEvent) => void,
  ) {
    this.#settings = settings;
    this.#onEvent = onEvent;
    this.#recorder = new CallRecorder((report) => this.#onEvent({ type: 'recorder', report }));
    this.#stopTicking = onTick((dueMs) => this.#tick(dueMs));
  }

  /**
   * Answers WhatsApp's offer. Pre-accept and accept use the same SDP. Connectivity checks start
   * with `startCustomer`, because WhatsApp answers none before it has our SDP.
   */
  async answerCustomer(offerSdp: string): Promise<SdpResult<string>> {
    const offer = parseSdp(offerSdp);
    return offer.ok ? this.#openCustomer(offer.value) : offer;
  }

  /**
   * Call this once the provider has confirmed our answer (the 200 to pre-accept or accept);
   * repeating it is harmless.
   */
  startCustomer(): void {
    this.#customer?.start();
  }

  /** Creates our offer for a call that we place. */
  offerCustomer(): Promise<SdpResult<string>> {
    return this.#openCustomer(undefined);
  }

  /** Applies WhatsApp's answer to our offer and connects. */
  applyCustomerAnswer(answerSdp: string): SdpResult<true> {
    if (!this.#customer) return { ok: false, error: 'there is no offer to answer' };
    return this.#customer.applyAnswer(answerSdp, this.#settings.actpassMeans);
  }

  /**
   * Opens the gate for media to the customer. Only call this once the provider has confirmed
   * `accept`: before that, not one packet may leave.
   */
  openGate(): void {
    this.#gateOpen = true;
    if (this.#customer) this.#customer.output.isOpen = true;
  }

  /**
   * Answers a console's offer. Once connected, the leg is warm: it carries nothing until a routing
   * includes it. Its first audio section has the console's microphone and the main voice; a second
   * (`recvonly`) has the other voice for those who hear two.
   */
  async addLeg(id: LegId, offerSdp: string): Promise<SdpResult<string>> {
    const offer = parseSdp(offerSdp);
    if (!offer.ok) return offer;
    if (this.#agents.has(id)) return { ok: false, error: 'the leg exists already' };
    const leg = await this.#openLeg({ side: 'agent', leg: id });
    if (this.#closed || this.#agents.has(id)) {
      await leg.close();
      return { ok: false, error: 'the call or the leg was replaced meanwhile' };
    }
    const tracks = offer.value.tracks.map(() => newLocalTrack());
    leg.outputs = offer.value.tracks.flatMap(({ opus }, index) => {
      const track = tracks[index];
      return track ? [new OutputStream(leg.transport, track, opus, true)] : [];
    });
    this.#agents.set(id, leg);
    const { local } = leg.transport;
    const answer = buildAgentAnswer(offer.value, local, tracks, this.#customer?.opusParameters);
    leg.connect(offer.value, false, offer.value.setup === 'passive' ? 'client' : 'server');
    return { ok: true, value: answer };
  }

  /**
   * Ends a leg on request. If the routing includes it, the customer hears hold music from now on.
   */
  async removeLeg(id: LegId): Promise<void> {
    const leg = this.#agents.get(id);
    if (!leg) return;
    this.#agents.delete(id);
    this.#current = without(this.#current, id);
    this.#apply();
    await leg.close();
  }

  /** Sets who hears whom, at once. Silence is sent for a leg that is not connected yet. */
  route(routing: Routing): RouteResult {
    const legs = legsOf(routing);
    if (legs.some((id) => !this.#agents.has(id))) return { ok: false, error: 'unknown-leg' };
    if (new Set(legs).size < legs.length) return { ok: false, error: 'leg-named-twice' };
    this.#current = routing;
    this.#apply();
    return { ok: true, value: true };
  }

  /** Announces, begins, pauses or marks the call's recording; what comes of it are events. */
  record(request: RecorderRequest): void {
    const nowMs = performance.now();
    if (request.do !== 'announce') {
      return askRecorder(this.#recorder, request, { startedAt: unixMs(nowMs), nowMs });
    }
    if (!this.#customer || this.#announcement) return;
    const own = request.file === undefined ? undefined : readAnnouncement(request.file);
    // One that was damaged since the start is no reason to say nothing.
    const packets = own?.ok ? own.packets : this.#settings.clips.recorded(request.language);
    this.#announcement = new Announcement(
      packets,
      this.#customer.output,
      (sent) => {
        this.#announcement = undefined;
        if (this.#closed) return;
        this.#apply();
        const report: RecorderReport = sent
          ? { kind: 'announced', ...sent, ...(own?.ok && { sha256: own.sha256 }) }
          : { kind: 'not-announced' };
        this.#onEvent({ type: 'recorder', report });
      },
      nowMs,
    );
    this.#apply();
  }

  get routing(): Routing {
    return this.#current;
  }

  report(): BridgeReport {
    const now = performance.now();
    return {
      routing: this.#current,
      gateOpen: this.#gateOpen,
      customer: this.#customer?.leg.report(now),
      agents: Object.fromEntries(
        [...this.#agents].map(([id, leg]) => [id, leg.report(now)] as const),
      ),
    };
  }

  /** Ends all legs and frees sockets and timers; no event comes after. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#stopTicking();
    const legs = this.#legs();
    this.#agents.clear();
    this.#customer = undefined;
    this.#mix(undefined);
    await Promise.all([this.#recorder.close(performance.now()), ...legs.map((leg) => leg.close())]);
  }

  async #openCustomer(offer: RemoteMedia | undefined): Promise<SdpResult<string>> {
    const leg = await this.#openLeg({ side: 'customer' });
    if (this.#closed || this.#customer) {
      await leg.close();
      return { ok: false, error: 'the call is over, or its customer leg exists: it never moves' };
    }
    this.#customer = new CustomerEnd(leg, offer, this.#settings.clips);
    this.#customer.output.isOpen = this.#gateOpen;
    this.#customer.output.tap = (...packet) => this.#recorder.heard(...packet);
    leg.tap = (...packet) => this.#recorder.said(...packet);
    this.#apply();
    return { ok: true, value: this.#customer.describe() };
  }

  #openLeg(ref: LegRef): Promise<Leg> {
    const { network, certificate, lostAfterMs, connectTimeoutMs } = this.#settings;
    return Leg.open({
      network,
      certificate,
      lostAfterMs,
      connectTimeoutMs,
      on: (event) => this.#handleLeg(ref, event),
    });
  }

  #handleLeg(ref: LegRef, event: LegEvent): void {
    if (this.#closed) return;
    switch (event.type) {
      case 'connected':
        return this.#onEvent({ type: 'connected', leg: ref, afterMs: event.afterMs });
      case 'first-audio':
      case 'media-back':
        return this.#onEvent({ type: event.type, leg: ref });
      case 'dtmf':
        // Consoles have no keypad towards the customer, so DTMF from an agent's leg means nothing.
        if (ref.side !== 'customer') return;
        this.#recorder.key(event.press.digit, performance.now());
        return this.#onEvent({ type: 'dtmf', ...event.press });
      case 'media-lost':
        this.#onEvent({ type: 'media-lost', leg: ref, silentMs: event.silentMs });
        return this.#stopHearing(ref);
      case 'ended':
        return this.#handleEnded(ref, event.reason);
      default:
        return assertNever(event, 'leg event');
    }
  }

  #handleEnded(ref: LegRef, reason: TransportEnd): void {
    this.#onEvent({ type: 'closed', leg: ref, reason });
    if (ref.side === 'customer') return;
    const leg = this.#agents.get(ref.leg);
    this.#agents.delete(ref.leg);
    this.#stopHearing(ref);
    void leg?.close();
  }

  #stopHearing(ref: LegRef): void {
    if (ref.side === 'customer') return;
    const rest = without(this.#current, ref.leg);
    if (rest === this.#current) return;
    this.#current = rest;
    this.#apply();
    this.#onEvent({ type: 'rerouted', routing: rest, because: ref.leg });
  }

  /** Applies the routing to streams and hearers. Streams whose source stays are not touched. */
  #apply(): void {
    const now = performance.now();
    const wanted = plan(this.#current);
    const heard = new Map<Leg | Mixer, Hearer[]>();
    const hear = (source: Leg | Mixer, hearer: Hearer) =>
      heard.set(source, [...(heard.get(source) ?? []), hearer]);
    const connect = (output: OutputStream, source: Leg | Mixer | undefined) => {
      output.attach(source);
      if (source) hear(source, output);
    };
    const voice = wanted.customer;
    const mix = this.#mix(voice.from === 'mix' ? voice.legs : undefined);
    for (const [index, leg] of mix ? mix.legs.entries() : []) {
      const input = mix?.mix.voices[index];
      if (input) hear(leg, input);
    }
    if (this.#customer) {
      const { holdMusic, output } = this.#customer;
      const isGone = voice.from === 'agent' && voice.isGone;
      if (voice.from === 'us') holdMusic.play(voice.playing);
      else holdMusic.handOffToAgent(isGone ? COVER_GONE_AFTER_MS : COVER_AFTER_MS);
      this.#recorder.hold(voice.from === 'us', now);
      if (this.#announcement) output.attach(undefined);
      else if (voice.from === 'mix') connect(output, mix?.mix);
      else connect(output, voice.from === 'agent' ? this.#agents.get(voice.leg) : undefined);
    }
    for (const [id, leg] of this.#agents) {
      const voices = wanted.agents.get(id) ?? [];
      for (const [index, output] of leg.outputs.entries()) {
        connect(output, this.#find(voices[index]));
        output.flushWithSilence(this.#settings.clips.silence, now);
      }
    }
    for (const leg of this.#legs()) leg.setHearers(heard.get(leg) ?? [], now);
    if (mix) mix.mix.hearers = heard.get(mix.mix) ?? [];
  }

  /** The mixer of two legs, which goes on as long as they stay the same; undefined for none. */
  #mix(ids: readonly [LegId, LegId] | undefined) {
    const [one, other] = ids?.map((id) => this.#agents.get(id)) ?? [];
    const current = this.#mixer;
    if (one && other && current?.legs[0] === one && current.legs[1] === other) return current;
    current?.mix.close();
    this.#mixer = one && other && { legs: [one, other], mix: new Mixer() };
    return this.#mixer;
  }

  #find(ref: Source | undefined): Leg | Mixer | undefined {
    if (ref?.side === 'mix') return this.#mixer?.mix;
    return ref?.side === 'agent' ? this.#agents.get(ref.leg) : ref && this.#customer?.leg;
  }

  #legs(): Leg[] {
    return [...(this.#customer ? [this.#customer.leg] : []), ...this.#agents.values()];
  }

  #tick(dueMs: number): void {
    this.#ticks++;
    this.#mixer?.mix.tick(performance.now());
    if (this.#announcement) this.#announcement.tick(dueMs);
    else this.#customer?.holdMusic.tick(dueMs);
    this.#recorder.tick(dueMs);
    const watches = this.#ticks % WATCH_TICKS === 0;
    const reports = this.#ticks % REPORT_TICKS === 0;
    if (!watches && !reports) return;
    const now = performance.now();
    for (const leg of this.#legs()) {
      if (watches) leg.watch(now);
      if (reports) leg.sendReport(now);
    }
  }
}
