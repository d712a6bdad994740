import type { RtpPacket } from 'werift';
import { DigitReader } from './dtmf.ts';
import { OpusCodec, SAMPLE_RATE } from '../../opus/codec.ts';
import { Reception } from './reception.ts';
import { type Heard, lengthOfTone, levelOf, measureTone, SILENCE_DBFS } from './tone.ts';

/** An interval of the stream without audible sound: its packets were lost, not sent, or silent. */
export interface Pause {
  /** When sound was heard again, monotonic ms. */
  untilMs: number;
  /**
   * Measured by arrival or by the stream's own clock, whichever is shorter: neither a burst after a
   * stall of this machine nor a corrected clock means missing sound.
   */
  ms: number;
}

/**
 * Listens to everything the business sends: decodes it, keeps the last second, counts what is
 * missing.
 */
export class Listener {
  readonly ssrcs: number[] = [];
  readonly payloadTypes: number[] = [];
  readonly pauses: Pause[] = [];
  /** When sound was heard first, monotonic ms. */
  firstSoundMs: number | undefined;
  /** Where audible sound ended last. */
  #audible: { timestamp: number; arrivalMs: number } | undefined;
  readonly #codec = new OpusCodec();
  readonly #digitReader = new DigitReader();
  readonly #receptions = new Map<number, Reception>();
  readonly #lastSecond = new Int16Array(SAMPLE_RATE);
  #filled = 0;
  #lastArrivalMs = 0;
  #undecodable = 0;

  /**
   * `arrivalMs` is monotonic. Returns whether the packet was sound, a new keypad press or neither.
   */
  take(
    packet: RtpPacket,
    types: { opus: number; telephoneEvent: number },
    arrivalMs: number,
  ): { kind: 'audio' } | { kind: 'digit'; digit: string } | { kind: 'other' } {
    const { ssrc, payloadType, sequenceNumber, timestamp } = packet.header;
    if (!this.ssrcs.includes(ssrc)) this.ssrcs.push(ssrc);
    if (!this.payloadTypes.includes(payloadType)) this.payloadTypes.push(payloadType);
    let reception = this.#receptions.get(ssrc);
    if (!reception) this.#receptions.set(ssrc, (reception = new Reception(SAMPLE_RATE)));
    reception.take(sequenceNumber, timestamp, arrivalMs);

    if (payloadType === types.telephoneEvent) {
      const digit = this.#digitReader.take(packet.payload, timestamp);
      return digit === undefined ? { kind: 'other' } : { kind: 'digit', digit };
    }
    if (payloadType !== types.opus) return { kind: 'other' };
    const samples = this.#codec.decode(packet.payload);
    if (samples) this.#keep(samples, timestamp, arrivalMs);
    else this.#undecodable++;
    return { kind: 'audio' };
  }

  /**
   * The stream the business sends most on; a second SSRC is a violation of its own
   * (docs/providers/meta.md#media).
   */
  get main(): { ssrc: number; reception: Reception } | undefined {
    let best: { ssrc: number; reception: Reception } | undefined;
    for (const [ssrc, reception] of this.#receptions) {
      if (!best || reception.received > best.reception.received) best = { ssrc, reception };
    }
    return best;
  }

  get digits(): string {
    return this.#digitReader.digits;
  }

  get undecodablePackets(): number {
    return this.#undecodable;
  }

  /** Pitch and level of the last second of decoded sound, and when that pitch began in it (monotonic). */
  heard(): Heard & { sinceMs: number | undefined } {
    const sound = this.#lastSecond.subarray(SAMPLE_RATE - this.#filled);
    const heard = measureTone(sound, SAMPLE_RATE);
    if (heard.hz === undefined) return { ...heard, sinceMs: undefined };
    const length = lengthOfTone(sound, SAMPLE_RATE, heard.hz);
    return { ...heard, sinceMs: this.#lastArrivalMs - (length * 1000) / SAMPLE_RATE };
  }

  close(): void {
    this.#codec.close();
  }

  #keep(samples: Int16Array, timestamp: number, arrivalMs: number): void {
    if (levelOf(samples) >= SILENCE_DBFS) {
      this.firstSoundMs ??= arrivalMs;
      if (this.#audible) {
        const missed = (timestamp - this.#audible.timestamp) | 0;
        const ms = Math.min((missed * 1000) / SAMPLE_RATE, arrivalMs - this.#audible.arrivalMs);
        if (missed > 0) this.pauses.push({ untilMs: arrivalMs, ms });
      }
      this.#audible = { timestamp: timestamp + samples.length, arrivalMs };
    }
    this.#lastSecond.copyWithin(0, samples.length);
    this.#lastSecond.set(samples, SAMPLE_RATE - samples.length);
    this.#filled = Math.min(SAMPLE_RATE, this.#filled + samples.length);
    this.#lastArrivalMs = arrivalMs;
  }
}
