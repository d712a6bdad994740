import { randomInt } from 'node:crypto';
import { RtpHeader } from 'werift';
import { encodeEvent, type Press } from './dtmf.ts';
import { FRAME_MS, FRAME_SAMPLES } from '../../opus/codec.ts';
import type { AudioSource } from './sources.ts';

/** RFC 4733 counts in 8 kHz units: 160 in 20 ms. */
const EVENT_UNITS = 160;
/** A press lasts 100 ms, and its last packet is sent three times (RFC 4733 2.5.1.4). */
const EVENT_TICKS = 5;
const EVENT_ENDS = 3;
/** A stream further behind than this (a stopped process) jumps ahead instead of flooding. */
const MAX_BEHIND_MS = 200;

export interface SpeakerOptions {
  source: AudioSource;
  presses: readonly Press[];
  /** Whole presses with each packet of audio, from a caller who means harm. */
  keysPerPacket?: number;
  ssrc: number;
  opus: number;
  /** Payload type 126 even if the offer omitted it, as Meta does (docs/providers/meta.md#media). */
  telephoneEvent: number;
  send(payload: Buffer, header: RtpHeader): void;
}

/**
 * Sends one packet every 20 ms: one SSRC, consecutive sequence numbers, timestamps that follow
 * time.
 *
 * Each tick is scheduled from the start of the stream, not from the previous tick, so timer
 * lateness never adds up.
 */
export class Speaker {
  packetsSent = 0;
  octetsSent = 0;
  readonly #options: SpeakerOptions;
  readonly #waiting: Press[];
  #press: { digit: string; timestamp: number; tick: number } | undefined;
  #sequence = randomInt(0, 0x1_0000);
  readonly #firstTimestamp = randomInt(0, 0x7fff_ffff);
  #startedAt: number | undefined;
  #tick = 0;
  /** The first packet after silence carries the marker bit (RFC 3551 4.1). */
  #wasSilent = true;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: SpeakerOptions) {
    this.#options = options;
    this.#waiting = [...options.presses].sort((a, b) => a.atMs - b.atMs);
  }

  start(): void {
    if (this.#startedAt !== undefined) return;
    this.#startedAt = performance.now();
    this.#run(this.#startedAt);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#options.source.close();
  }

  /** RTP timestamp of this moment, for sender reports. */
  get timestampNow(): number {
    const elapsed = this.#startedAt === undefined ? 0 : performance.now() - this.#startedAt;
    return (this.#firstTimestamp + Math.round(elapsed * (FRAME_SAMPLES / FRAME_MS))) >>> 0;
  }

  #run(startedAt: number): void {
    const late = performance.now() - (startedAt + this.#tick * FRAME_MS);
    if (late > MAX_BEHIND_MS) this.#tick += Math.floor(late / FRAME_MS);
    while (startedAt + this.#tick * FRAME_MS <= performance.now()) this.#step();
    const wait = startedAt + this.#tick * FRAME_MS - performance.now();
    this.#timer = setTimeout(() => this.#run(startedAt), Math.max(0, wait));
  }

  #step(): void {
    const timestamp = (this.#firstTimestamp + this.#tick * FRAME_SAMPLES) >>> 0;
    const elapsedMs = this.#tick * FRAME_MS;
    this.#tick++;
    const payload = this.#options.source.next();
    const due = this.#waiting[0];
    if (this.#press === undefined && due !== undefined && due.atMs <= elapsedMs) {
      this.#waiting.shift();
      this.#press = { digit: due.digit, timestamp, tick: 0 };
    }
    if (this.#press !== undefined) this.#stepPress(this.#press);
    else if (payload !== undefined) {
      this.#emit(payload, this.#options.opus, timestamp, this.#wasSilent);
      this.#wasSilent = false;
      this.#flood(timestamp);
    } else this.#wasSilent = true;
  }

  /**
   * A press replaces the audio of its ticks and keeps the timestamp of its start (RFC 4733 2.1).
   */
  #stepPress(press: { digit: string; timestamp: number; tick: number }): void {
    press.tick++;
    const end = press.tick >= EVENT_TICKS;
    const payload = encodeEvent(press.digit, press.tick * EVENT_UNITS, end);
    for (let copy = 0; copy < (end ? EVENT_ENDS : 1); copy++) {
      this.#emit(payload, this.#options.telephoneEvent, press.timestamp, press.tick === 1);
    }
    if (end) this.#press = undefined;
  }

  #flood(timestamp: number): void {
    for (let key = 0; key < (this.#options.keysPerPacket ?? 0); key++) {
      const press = encodeEvent(String(key % 10), EVENT_UNITS, true);
      this.#emit(press, this.#options.telephoneEvent, (timestamp + key + 1) >>> 0, true);
    }
  }

  #emit(payload: Buffer, payloadType: number, timestamp: number, marker: boolean): void {
    const header = new RtpHeader({
      payloadType,
      timestamp,
      marker,
      sequenceNumber: this.#sequence,
      ssrc: this.#options.ssrc,
    });
    this.#sequence = (this.#sequence + 1) & 0xffff;
    this.packetsSent++;
    this.octetsSent += payload.length;
    this.#options.send(payload, header);
  }
}
