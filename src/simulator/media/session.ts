import { type RTCCertificate, type RtcpPacket, RtcpSrPacket, type RtpPacket } from 'werift';
import type { MediaFaults } from '../faults.ts';
import { Emitter } from '../lib/emitter.ts';
import { seededRandom } from '../lib/random.ts';
import { unixMs } from '../lib/unix-ms.ts';
import type { Press } from './dtmf.ts';
import { Listener } from './listener.ts';
import { MediaPeer } from './peer.ts';
import { buildReport, compactNtp, type LastSenderReport, REPORT_INTERVAL_MS } from './rtcp.ts';
import { buildAnswer, buildOffer } from './sdp-build.ts';
import type { RemoteDescription } from './sdp-parse.ts';
import { type AudioSource, openSource, type Voice } from './sources.ts';
import { Speaker } from './speaker.ts';

/** Media events of a call. `early-packet` comes once, `heard` after every 200 ms of sound. */
export type MediaEvent =
  | { what: 'connected' }
  | { what: 'failed'; why: string }
  | { what: 'early-packet' }
  | { what: 'first-audio' }
  | { what: 'heard' }
  | { what: 'digit'; digit: string }
  | { what: 'several-ssrcs' };

/**
 * What was measured on the customer's side. Times are milliseconds; null means "not (yet) known".
 */
export interface MediaReport {
  connected: boolean;
  /** From handing over the business's SDP to a finished DTLS handshake. */
  connectMs: number | null;
  remoteCandidate: string | null;
  /**
   * RTP packets that came before pick-up; in a UIC they start the caller's timer
   * (docs/providers/meta.md#timing).
   */
  earlyPackets: number;
  /** From the accept (or pick-up) to the first RTP packet after it. */
  acceptToAudioMs: number | null;
  /** When the first audible sound came, Unix ms. */
  firstSoundAt: number | null;
  packetsReceived: number;
  packetsLost: number;
  jitterMs: number;
  maxGapMs: number;
  /** Intervals of the stream without audible sound, by when it returned (Unix ms). */
  pauses: readonly { until: number; ms: number }[];
  undecodablePackets: number;
  rtcpReceived: number;
  ssrcs: readonly number[];
  payloadTypes: readonly number[];
  /** Strongest pitch of the last second, Hz. */
  toneHz: number | null;
  /** When it began in that second, Unix ms, within 20 ms. */
  toneSince: number | null;
  /** Level of the last second, dB full scale. */
  levelDbfs: number | null;
  /** Keypad presses heard from the business. */
  digits: string;
  packetsSent: number;
  /** Packets that the faults dropped, each way. */
  droppedToBusiness: number;
  droppedFromBusiness: number;
}

export interface MediaSessionOptions {
  host: string;
  ipv6: string;
  certificate: RTCCertificate;
  voice: Voice;
  presses: readonly Press[];
  speechFile: string;
  faults: MediaFaults;
}

const HEARD_EVERY_PACKETS = 10;
/** What the offer of a UIC names, and the fallback when a BIC offer leaves telephone-event out. */
const TELEPHONE_EVENT = 126;

/** One call's audio on the customer's side: transport, speaker and listener. */
export class MediaSession {
  readonly kind = 'webrtc';
  readonly events = new Emitter<MediaEvent>();
  /** Monotonic ms of the last RTP or RTCP packet from the business. */
  lastBusinessMediaAt: number | undefined;
  readonly #peer: MediaPeer;
  readonly #options: MediaSessionOptions;
  readonly #source: AudioSource;
  readonly #listener = new Listener();
  readonly #lose: { toBusiness: () => boolean; fromBusiness: () => boolean };
  #speaker: Speaker | undefined;
  #reports: NodeJS.Timeout | undefined;
  #types = { opus: 111, telephoneEvent: TELEPHONE_EVENT };
  #connectStartedAt = 0;
  #connectMs: number | null = null;
  #acceptedAt: number | undefined;
  #acceptToAudioMs: number | null = null;
  #earlyPackets = 0;
  #rtcpReceived = 0;
  #lastSenderReport: LastSenderReport | undefined;
  #dropped = { toBusiness: 0, fromBusiness: 0 };

  private constructor(peer: MediaPeer, options: MediaSessionOptions) {
    this.#peer = peer;
    this.#options = options;
    this.#source = openSource(options.voice, options.speechFile);
    const random = seededRandom(options.faults.seed);
    const otherRandom = seededRandom(options.faults.seed + 1);
    this.#lose = {
      toBusiness: () => random() * 100 < options.faults.lossToBusinessPercent,
      fromBusiness: () => otherRandom() * 100 < options.faults.lossFromBusinessPercent,
    };
    peer.events.on((event) => {
      if (event.type === 'rtp') this.#handleRtp(event.packet);
      else if (event.type === 'rtcp') this.#handleRtcp(event.packet);
      else if (event.type === 'connected') this.#handleConnected();
      else this.events.emit({ what: 'failed', why: event.why });
    });
  }

  static async open(options: MediaSessionOptions): Promise<MediaSession> {
    return new MediaSession(await MediaPeer.open(options), options);
  }

  offerSdp(): string {
    return buildOffer(this.#peer.local);
  }

  answerSdp(offer: RemoteDescription): string {
    return buildAnswer(this.#peer.local, offer);
  }

  /** Takes the business's description; media may flow but is still early. */
  connect(remote: RemoteDescription): void {
    this.#types = { opus: remote.opus, telephoneEvent: remote.telephoneEvent ?? TELEPHONE_EVENT };
    this.#connectStartedAt = performance.now();
    this.#peer.connect(remote);
  }

  /** The call is picked up: the customer starts to speak, and audio counts from now on. */
  accept(): void {
    if (this.#acceptedAt !== undefined) return;
    this.#acceptedAt = performance.now();
    const { ssrc } = this.#peer.local;
    this.#speaker = new Speaker({
      source: this.#source,
      presses: this.#options.presses,
      keysPerPacket: this.#options.faults.keysPerPacket,
      ssrc,
      ...this.#types,
      send: (payload, header) => {
        if (this.#lose.toBusiness()) this.#dropped.toBusiness++;
        else this.#peer.sendRtp(payload, header);
      },
    });
    if (this.#peer.isConnected) this.#speaker.start();
  }

  report(): MediaReport {
    const main = this.#listener.main?.reception;
    const heard = this.#listener.heard();
    const round = (value: number, digits = 1) => Number(value.toFixed(digits));
    return {
      connected: this.#peer.isConnected,
      connectMs: this.#connectMs,
      remoteCandidate: this.#peer.remoteAddress ?? null,
      earlyPackets: this.#earlyPackets,
      acceptToAudioMs: this.#acceptToAudioMs,
      firstSoundAt: unixMs(this.#listener.firstSoundMs),
      packetsReceived: main?.received ?? 0,
      packetsLost: main?.lost ?? 0,
      jitterMs: round(main?.jitterMs ?? 0, 2),
      maxGapMs: round(main?.maxGapMs ?? 0),
      pauses: this.#listener.pauses.map(({ untilMs, ms }) => ({
        until: Math.round(performance.timeOrigin + untilMs),
        ms: round(ms),
      })),
      undecodablePackets: this.#listener.undecodablePackets,
      rtcpReceived: this.#rtcpReceived,
      ssrcs: [...this.#listener.ssrcs],
      payloadTypes: [...this.#listener.payloadTypes],
      toneHz: heard.hz === undefined ? null : round(heard.hz),
      toneSince: unixMs(heard.sinceMs),
      levelDbfs: Number.isFinite(heard.dbfs) ? round(heard.dbfs) : null,
      digits: this.#listener.digits,
      packetsSent: this.#speaker?.packetsSent ?? 0,
      droppedToBusiness: this.#dropped.toBusiness,
      droppedFromBusiness: this.#dropped.fromBusiness,
    };
  }

  /** The customer's network is gone for good, while the call stays up at WhatsApp. */
  cut(): boolean {
    void this.#peer.close();
    return true;
  }

  async close(): Promise<void> {
    clearInterval(this.#reports);
    if (this.#speaker) this.#speaker.stop();
    else this.#source.close();
    await this.#peer.close();
    this.events.clear();
    this.#listener.close();
  }

  #handleConnected(): void {
    this.#connectMs = Math.round(performance.now() - this.#connectStartedAt);
    this.#reports = setInterval(() => this.#sendReport(), REPORT_INTERVAL_MS);
    if (this.#acceptedAt !== undefined) this.#speaker?.start();
    this.events.emit({ what: 'connected' });
  }

  #handleRtp(packet: RtpPacket): void {
    if (this.#lose.fromBusiness()) {
      this.#dropped.fromBusiness++;
      return;
    }
    const now = performance.now();
    this.lastBusinessMediaAt = now;
    const sources = this.#listener.ssrcs.length;
    const taken = this.#listener.take(packet, this.#types, now);
    if (sources === 1 && this.#listener.ssrcs.length > 1)
      this.events.emit({ what: 'several-ssrcs' });
    if (this.#acceptedAt === undefined) {
      if (this.#earlyPackets++ === 0) this.events.emit({ what: 'early-packet' });
    } else if (this.#acceptToAudioMs === null) {
      this.#acceptToAudioMs = Math.round(now - this.#acceptedAt);
      this.events.emit({ what: 'first-audio' });
    }
    if (taken.kind === 'audio') this.#source.hear(packet.payload);
    if (taken.kind === 'digit') this.events.emit({ what: 'digit', digit: taken.digit });
    const received = this.#listener.main?.reception.received ?? 0;
    if (received % HEARD_EVERY_PACKETS === 0) this.events.emit({ what: 'heard' });
  }

  #handleRtcp(packet: RtcpPacket): void {
    const now = performance.now();
    this.lastBusinessMediaAt = now;
    this.#rtcpReceived++;
    if (packet instanceof RtcpSrPacket) {
      const ntp = packet.senderInfo.ntpTimestamp;
      this.#lastSenderReport = { compactNtp: compactNtp(ntp), arrivalMs: now };
    }
  }

  #sendReport(): void {
    const { ssrc, cname } = this.#peer.local;
    this.#peer.sendRtcp(
      buildReport({
        ssrc,
        cname,
        sent: {
          packets: this.#speaker?.packetsSent ?? 0,
          octets: this.#speaker?.octetsSent ?? 0,
          timestamp: this.#speaker?.timestampNow ?? 0,
        },
        heard: this.#listener.main,
        lastSenderReport: this.#lastSenderReport,
      }),
    );
  }
}
