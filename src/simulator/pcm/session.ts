import type { WebSocket } from 'ws';
import { Emitter } from '../lib/emitter.ts';
import { unixMs } from '../lib/unix-ms.ts';
import type { MediaEvent, MediaReport } from '../media/session.ts';
import type { Voice } from '../media/sources.ts';
import { fromBytes, toBytes } from './bytes.ts';
import { PcmToneDetector } from './tone-detector.ts';
import { openPcmSource, type PcmSource } from './sources.ts';

/** Raw audio: PCM16, mono. `frameMs`: how much the customer's side sends at once. */
export interface PcmFormat {
  sampleRate: number;
  frameMs: number;
}

/** The connection to the business, whatever its frames look like. */
export interface PcmWire {
  send(samples: Int16Array): void;
  close(): void;
  /** Closes without a message. */
  cut(): void;
}

export interface PcmSessionOptions {
  format: PcmFormat;
  voice: Voice;
  speechFile: string;
}

/** `heard` is emitted after this much audio, in ms. */
const HEARD_EVERY_MS = 200;
/** A stream further behind than this (a stopped process) jumps ahead instead of flooding. */
const MAX_BEHIND_MS = 200;

/**
 * A streamed call's audio on the customer's side, where the business gets PCM: the counterpart of
 * `MediaSession` without WebRTC. Connections come and go; the newest is in use, as after a
 * reconnect.
 */
export class PcmSession {
  readonly kind = 'streamed';
  readonly events = new Emitter<MediaEvent>();
  readonly format: PcmFormat;
  /** Monotonic ms of the last frame from the business. */
  lastBusinessMediaAt: number | undefined;
  readonly #source: PcmSource;
  readonly #detector: PcmToneDetector;
  #wire: PcmWire | undefined;
  #wires = 0;
  #openedAt = performance.now();
  #connectMs: number | null = null;
  #acceptedAt: number | undefined;
  #acceptToAudioMs: number | null = null;
  #earlyFrames = 0;
  #framesSent = 0;
  #sinceHeardMs = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor({ format, voice, speechFile }: PcmSessionOptions) {
    this.format = format;
    this.#source = openPcmSource(voice, format, speechFile);
    this.#detector = new PcmToneDetector(format.sampleRate);
  }

  /** How many connections there were so far: more than one means reconnects. */
  get connections(): number {
    return this.#wires;
  }

  /**
   * The business's connection: PCM16 little-endian in binary frames both ways, with `listen` only
   * towards the business.
   */
  attach(socket: WebSocket, mode: 'talk' | 'listen'): void {
    const wire: PcmWire = {
      send: (samples) => socket.send(toBytes(samples)),
      close: () => socket.close(),
      cut: () => socket.terminate(),
    };
    socket.on('message', (data, binary) => {
      if (binary && mode === 'talk' && Buffer.isBuffer(data)) this.hear(fromBytes(data));
    });
    socket.on('error', () => undefined);
    socket.on('close', () => this.detach(wire));
    this.connect(wire);
  }

  /** Like {@link attach} for frames of another form; an earlier connection is closed. */
  connect(wire: PcmWire): void {
    const earlier = this.#wire;
    this.#wire = wire;
    earlier?.close();
    this.#wires++;
    this.#connectMs ??= Math.round(performance.now() - this.#openedAt);
    this.events.emit({ what: 'connected' });
  }

  /** A connection closed. */
  detach(wire: PcmWire): void {
    if (this.#wire === wire) this.#wire = undefined;
  }

  /** Cuts the connection, as a network would; false if there is none. */
  cut(): boolean {
    const wire = this.#wire;
    this.#wire = undefined;
    wire?.cut();
    return wire !== undefined;
  }

  /** Audio from the business. */
  hear(samples: Int16Array): void {
    if (samples.length === 0) return;
    const now = performance.now();
    this.lastBusinessMediaAt = now;
    this.#detector.take(samples, now);
    if (this.#acceptedAt === undefined) {
      if (this.#earlyFrames++ === 0) this.events.emit({ what: 'early-packet' });
      return;
    }
    if (this.#acceptToAudioMs === null) {
      this.#acceptToAudioMs = Math.round(now - this.#acceptedAt);
      this.events.emit({ what: 'first-audio' });
    }
    this.#source.hear(samples);
    this.#sinceHeardMs += (samples.length * 1000) / this.format.sampleRate;
    if (this.#sinceHeardMs < HEARD_EVERY_MS) return;
    this.#sinceHeardMs = 0;
    this.events.emit({ what: 'heard' });
  }

  /** The call is picked up: the customer starts to speak. */
  accept(): void {
    if (this.#acceptedAt !== undefined) return;
    this.#acceptedAt = performance.now();
    this.#speak(this.#acceptedAt, 0);
  }

  report(): MediaReport {
    const heard = this.#detector.heard();
    const round = (value: number, digits = 1) => Number(value.toFixed(digits));
    return {
      connected: this.#wire !== undefined,
      connectMs: this.#connectMs,
      remoteCandidate: null,
      earlyPackets: this.#earlyFrames,
      acceptToAudioMs: this.#acceptToAudioMs,
      firstSoundAt: unixMs(this.#detector.firstSoundMs),
      packetsReceived: this.#detector.frames,
      packetsLost: 0,
      jitterMs: round(this.#detector.jitterMs, 2),
      maxGapMs: round(this.#detector.maxGapMs),
      pauses: this.#detector.pauses.map(({ untilMs, ms }) => ({
        until: Math.round(performance.timeOrigin + untilMs),
        ms: round(ms),
      })),
      undecodablePackets: 0,
      rtcpReceived: 0,
      ssrcs: [],
      payloadTypes: [],
      toneHz: heard.hz === undefined ? null : round(heard.hz),
      toneSince: null,
      levelDbfs: Number.isFinite(heard.dbfs) ? round(heard.dbfs) : null,
      digits: '',
      packetsSent: this.#framesSent,
      droppedToBusiness: 0,
      droppedFromBusiness: 0,
    };
  }

  async close(): Promise<void> {
    clearTimeout(this.#timer);
    this.#wire?.close();
    this.#wire = undefined;
    this.events.clear();
  }

  /**
   * One frame per tick, each scheduled from the start of the call, so that lateness never adds up.
   */
  #speak(startedAt: number, tick: number): void {
    const { frameMs } = this.format;
    const late = performance.now() - (startedAt + tick * frameMs);
    let next = late > MAX_BEHIND_MS ? tick + Math.floor(late / frameMs) : tick;
    for (; startedAt + next * frameMs <= performance.now(); next++) this.#say(this.#source.next());
    const wait = startedAt + next * frameMs - performance.now();
    this.#timer = setTimeout(() => this.#speak(startedAt, next), Math.max(0, wait));
  }

  #say(samples: Int16Array | undefined): void {
    if (!samples || !this.#wire) return;
    this.#framesSent++;
    this.#wire.send(samples);
  }
}
