import type { RtcpPacket } from 'werift';
import { DtmfReader, type KeyPress } from './dtmf.ts';
import type { Hearer } from './mixer.ts';
import type { OutputStream } from './output.ts';
import { Reception } from './reception.ts';
import { RtcpState } from './rtcp.ts';
import { CLOCK_RATE, newView, readRtp } from './rtp.ts';
import { TELEPHONE_EVENT } from './sdp-build.ts';
import type { RemoteMedia } from './sdp-parse.ts';
import { MediaTransport, type TransportEnd, type TransportOptions } from './transport.ts';

/** Events on a leg. */
export type LegEvent =
  | { type: 'connected'; afterMs: number }
  /** The first sound above silence. */
  | { type: 'first-audio' }
  | { type: 'media-lost'; silentMs: number }
  | { type: 'media-back' }
  | { type: 'dtmf'; press: KeyPress }
  | { type: 'ended'; reason: TransportEnd };

/** A leg's stats. Times are milliseconds; undefined means "not known (yet)". */
export interface LegReport {
  connected: boolean;
  path: { local: string; remote: string } | undefined;
  received: { packets: number; lost: number; lossPercent: number; jitterMs: number };
  sent: { packets: number; dropped: number; lossPercent: number | undefined };
  rttMs: number | undefined;
  lastPacketAgeMs: number | undefined;
}

export interface LegOptions extends TransportOptions {
  /** Media counts as lost after this many ms without a packet. */
  lostAfterMs: number;
  on(event: LegEvent): void;
}

/** Softer than this (−dBov) is background noise. */
const QUIET_LEVEL = 60;
/**
 * Without a level, the packet size decides: 20 ms of silence are some 25 bytes of Opus, speech
 * twice that.
 */
const QUIET_BYTES = 40;

/** One end of a call: its transport, its incoming media, and the streams sent to it. */
export class Leg {
  /** Streams of other legs on which this leg is heard, itself or in a mix. */
  hearers: readonly Hearer[] = [];
  outputs: readonly OutputStream[] = [];
  /** Is given every packet of sound that comes. */
  tap: ((payload: Buffer, timestamp: number, nowMs: number) => void) | undefined;
  readonly transport: MediaTransport;
  readonly #options: LegOptions;
  readonly #view = newView();
  readonly #dtmf = new DtmfReader();
  readonly #rtcp = new RtcpState();
  #types = { opus: 111, telephoneEvent: TELEPHONE_EVENT };
  #audioLevelId: number | undefined;
  #heard: { ssrc: number; reception: Reception } | undefined;
  #connectStartedMs = 0;
  #hasSpoken = false;
  /** Since when packets are due: the leg is listened to, or has sent before. */
  #dueSinceMs: number | undefined;
  #isLost = false;

  private constructor(options: LegOptions, transport: MediaTransport) {
    this.#options = options;
    this.transport = transport;
  }

  static async open(options: LegOptions): Promise<Leg> {
    let leg: Leg | undefined;
    const transport = await MediaTransport.open(options, {
      rtp(packet, length) {
        if (leg) leg.#handleRtp(packet, length);
      },
      rtcp(packets) {
        if (leg) leg.#handleRtcp(packets);
      },
      connected() {
        if (leg) leg.#handleConnected();
      },
      ended: (reason) => options.on({ type: 'ended', reason }),
    });
    leg = new Leg(options, transport);
    return leg;
  }

  /** Applies the peer's SDP and starts connecting; see `MediaTransport.connect`. */
  connect(remote: RemoteMedia, controlling: boolean, role: 'client' | 'server'): void {
    const [track] = remote.tracks;
    this.#types = {
      opus: track.opus,
      telephoneEvent: track.telephoneEvent ?? TELEPHONE_EVENT,
    };
    this.#dtmf.clockRate = this.#types.telephoneEvent.clockRate;
    this.#audioLevelId = track.audioLevelId;
    this.#connectStartedMs = performance.now();
    this.transport.connect(remote, controlling, role);
  }

  /** Sets who hears this leg. Somebody new to hear it makes its packets due from now on. */
  setHearers(hearers: readonly Hearer[], nowMs: number): void {
    const wasHeard = this.hearers.length > 0;
    this.hearers = hearers;
    if (hearers.length === 0 || wasHeard) return;
    this.#dueSinceMs = nowMs;
    this.#isLost = false;
  }

  /** Detects events that did not happen: call it several times a second. */
  watch(nowMs: number): void {
    const press = this.#dtmf.expire(nowMs);
    if (press) this.#options.on({ type: 'dtmf', press });
    if (this.#isLost || this.#dueSinceMs === undefined) return;
    const last = Math.max(this.#dueSinceMs, this.#heard?.reception.lastPacketMs ?? 0);
    const silentMs = nowMs - last;
    if (silentMs < this.#options.lostAfterMs) return;
    this.#isLost = true;
    this.#options.on({ type: 'media-lost', silentMs: Math.round(silentMs) });
  }

  /** Sends our RTCP report; nothing while every stream to this leg is closed. */
  sendReport(nowMs: number): void {
    if (!this.transport.isConnected || !this.outputs.some(({ isOpen }) => isOpen)) return;
    this.transport.sendRtcp(this.#rtcp.build(this.outputs, this.#heard, nowMs, steadyUnixMs()));
  }

  report(nowMs: number): LegReport {
    const reception = this.#heard?.reception;
    const { lost, expected } = reception ?? { lost: 0, expected: 0 };
    const sum = (of: (output: OutputStream) => number) =>
      this.outputs.reduce((total, output) => total + of(output), 0);
    const remoteLoss = this.#rtcp.remoteLoss;
    return {
      connected: this.transport.isConnected,
      path: this.transport.path,
      received: {
        packets: reception?.received ?? 0,
        lost,
        lossPercent: expected === 0 ? 0 : (100 * lost) / expected,
        jitterMs: reception?.jitterMs ?? 0,
      },
      sent: {
        packets: sum(({ packets }) => packets),
        dropped: sum(({ dropped }) => dropped),
        lossPercent: remoteLoss === undefined ? undefined : remoteLoss * 100,
      },
      rttMs: this.#rtcp.rttMs,
      lastPacketAgeMs:
        reception?.lastPacketMs === undefined ? undefined : nowMs - reception.lastPacketMs,
    };
  }

  close(): Promise<void> {
    this.hearers = [];
    this.#dueSinceMs = undefined;
    return this.transport.close();
  }

  #handleConnected(): void {
    const afterMs = Math.round(performance.now() - this.#connectStartedMs);
    this.#options.on({ type: 'connected', afterMs });
  }

  #handleRtp(packet: Buffer, length: number): void {
    const view = this.#view;
    const types = this.#types;
    if (!readRtp(packet, length, view, this.#audioLevelId)) return;
    const nowMs = performance.now();
    if (view.payloadType === types.telephoneEvent.payloadType) {
      this.#handleKey(packet.subarray(view.payloadStart, view.payloadEnd), nowMs);
      return;
    }
    if (view.payloadType !== types.opus || view.payloadEnd === view.payloadStart) return;
    if (this.#heard?.ssrc !== view.ssrc) {
      this.#heard = { ssrc: view.ssrc, reception: new Reception(CLOCK_RATE) };
    }
    this.#heard.reception.take(view.sequence, view.timestamp, nowMs);
    this.#dueSinceMs ??= nowMs;
    this.tap?.(packet.subarray(view.payloadStart, view.payloadEnd), view.timestamp, nowMs);
    for (const hearer of this.hearers) hearer.forward(packet, view, nowMs);
    if (!this.#hasSpoken && isSound(view.audioLevel, view.payloadEnd - view.payloadStart)) {
      this.#hasSpoken = true;
      this.#options.on({ type: 'first-audio' });
    }
    if (this.#isLost) {
      this.#isLost = false;
      this.#options.on({ type: 'media-back' });
    }
  }

  #handleKey(payload: Buffer, nowMs: number): void {
    const press = this.#dtmf.take(payload, this.#view.timestamp, this.#view.marker, nowMs);
    if (press) this.#options.on({ type: 'dtmf', press });
    // DTMF and audio share one sequence (RFC 4733 2.1): counted, but their timestamps say nothing
    // about jitter.
    this.#heard?.reception.count(this.#view.sequence, nowMs);
  }

  #handleRtcp(packets: readonly RtcpPacket[]): void {
    this.#rtcp.take(packets, performance.now(), steadyUnixMs());
  }
}

/** Unix ms by a clock that nobody can set: a round trip is a difference of two readings. */
const steadyUnixMs = (): number => performance.timeOrigin + performance.now();

const isSound = (level: number | undefined, bytes: number): boolean =>
  level === undefined ? bytes > QUIET_BYTES : level < QUIET_LEVEL;
