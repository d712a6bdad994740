import { HEADER_BYTES, type RtpView, writeHeader } from './rtp.ts';
import { RtpRewriter } from './rewriter.ts';
import type { LocalTrack } from './sdp-build.ts';
import { TAG_BYTES } from './srtp.ts';
import type { MediaTransport } from './transport.ts';

/** Enough to be heard as silence even if one is lost. */
const FLUSH_PACKETS = 3;

/** Where the packets go. */
type Way = Pick<MediaTransport, 'isConnected' | 'sendRtp'>;

/** One RTP stream that we send: it keeps its SSRC, sequence and clock whatever its source is. */
export class OutputStream {
  readonly track: LocalTrack;
  packets = 0;
  octets = 0;
  /** Number of packets that came too late, too early or twice. */
  dropped = 0;
  lastSentMs: number | undefined;
  /** When a packet of a source was last forwarded. */
  forwardedMs: number | undefined;
  /** Nothing leaves while it is closed. */
  isOpen: boolean;
  /** A source is attached but has not sent its first packet yet. */
  isAwaited = false;
  /** Is given every packet that leaves. */
  tap: ((payload: Buffer, timestamp: number, nowMs: number) => void) | undefined;
  readonly #transport: Way;
  readonly #payloadType: number;
  readonly #rewriter = new RtpRewriter();
  #source: object | undefined;
  /** Nothing was forwarded since the last flush. */
  #isFlushed = true;

  constructor(transport: Way, track: LocalTrack, payloadType: number, isOpen: boolean) {
    this.#transport = transport;
    this.track = track;
    this.#payloadType = payloadType;
    this.isOpen = isOpen;
  }

  /** Sets who is heard from now on; the same source again changes nothing. */
  attach(source: object | undefined): void {
    if (source === this.#source) return;
    this.#source = source;
    this.isAwaited = source !== undefined;
    this.#rewriter.detach();
  }

  /**
   * Ends a talk spurt that nothing follows: a receiver would otherwise stretch its last audio for
   * half a second.
   */
  flushWithSilence(silence: Buffer, nowMs: number): void {
    if (this.#source || this.#isFlushed) return;
    this.#isFlushed = true;
    for (let i = 0; i < FLUSH_PACKETS; i++) this.sendLocal(silence, nowMs);
  }

  /** Forwards the payload of a decrypted packet. */
  forward(packet: Buffer, view: RtpView, nowMs: number): void {
    if (!this.isOpen || !this.#transport.isConnected) return;
    if (!this.#rewriter.forward(view.ssrc, view.timestamp, view.marker, nowMs)) {
      this.dropped++;
      return;
    }
    this.#isFlushed = false;
    this.isAwaited = false;
    this.forwardedMs = nowMs;
    this.#send(packet, view.payloadStart, view.payloadEnd, nowMs);
  }

  /** Sends our own Opus packet; false if the stream cannot take one now. */
  sendLocal(payload: Buffer, nowMs: number): boolean {
    if (!this.isOpen || !this.#transport.isConnected || !this.#rewriter.own(nowMs)) return false;
    this.#send(payload, 0, payload.length, nowMs);
    return true;
  }

  /** The RTP timestamp of a moment, for sender reports. */
  timestampAt(nowMs: number): number {
    return this.#rewriter.wallTimestamp(nowMs);
  }

  #send(from: Buffer, start: number, end: number, nowMs: number): void {
    const { sequence, timestamp, marker } = this.#rewriter;
    const length = end - start;
    const packet = Buffer.allocUnsafe(HEADER_BYTES + length + TAG_BYTES);
    writeHeader(packet, this.#payloadType, marker, sequence, timestamp, this.track.ssrc);
    from.copy(packet, HEADER_BYTES, start, end);
    this.packets++;
    this.octets += length;
    this.lastSentMs = nowMs;
    this.tap?.(packet.subarray(HEADER_BYTES, HEADER_BYTES + length), timestamp, nowMs);
    this.#transport.sendRtp(packet);
  }
}
