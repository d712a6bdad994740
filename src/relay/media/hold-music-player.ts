import type { Clips } from './clips.ts';
import type { OutputStream } from './output.ts';
import type { Playing } from './routing.ts';

/** An agent silent for longer is filled in for with silence. Above what a home network's jitter does to 20 ms packets. */
const FILL_AFTER_MS = 120;
/**
 * An agent of whom nothing came for so long is covered for with hold audio, in ms: nobody is to listen to nothing for a
 * second. A muted agent sends packets all along, and one whose encoder rests in pauses still sends one every 400 ms.
 */
export const COVER_AFTER_MS = 800;
/** The same when the agent's console is gone in other ways too, so that no network can be blamed. */
export const COVER_GONE_AFTER_MS = 500;
/** Once covered for, an agent must be heard for so long before another pause is taken as patiently as the first. */
const STEADY_MS = 1_000;

/**
 * What the customer hears when no agent is heard: hold audio or silence, one packet every 20 ms. While an agent is
 * heard it only fills gaps, since WhatsApp ends a call that has no media for 20 s at its start, or 30 s later; what
 * comes of the agent goes out at once, whatever fills the gap.
 */
export class HoldMusicPlayer {
  readonly #output: OutputStream;
  readonly #clips: Clips;
  #playing: Playing | undefined;
  /** What was played before the stream was left to an agent. */
  #before: Playing | undefined;
  #at = 0;
  #filledMs: number | undefined;
  #coverAfterMs = COVER_AFTER_MS;
  /** Since when an agent could be heard. */
  #leftMs: number | undefined;
  #cover: { steadySinceMs: number | undefined } | undefined;

  constructor(output: OutputStream, clips: Clips) {
    this.#output = output;
    this.#clips = clips;
  }

  /** Plays from the beginning; the same again, or hold audio that already covers for an agent, plays on. */
  play(playing: Playing): void {
    if (playing === this.#playing) return;
    if (!this.#cover) this.#at = 0;
    this.#playing = playing;
    this.#cover = undefined;
  }

  /**
   * Leaves the stream to an agent. One who has just accepted takes a moment to be heard, and until then what was played
   * plays on.
   *
   * @param coverAfterMs after how long without a packet of theirs hold audio is played
   */
  handOffToAgent(coverAfterMs: number): void {
    this.#coverAfterMs = coverAfterMs;
    if (this.#playing === undefined) return;
    this.#before = this.#playing;
    this.#playing = undefined;
    this.#leftMs = undefined;
  }

  /** One tick of 20 ms, at its nominal time. */
  tick(dueMs: number): void {
    switch (this.#playing ?? this.#instead(dueMs)) {
      case 'hold': {
        const packet = this.#clips.hold[this.#at++ % this.#clips.hold.length];
        if (packet) this.#output.sendLocal(packet, dueMs);
        return;
      }
      case 'silence':
        this.#output.sendLocal(this.#clips.silence, dueMs);
        return;
      case undefined:
        this.#fill(dueMs);
    }
  }

  /** What is played although the stream is an agent's; undefined while they are heard. */
  #instead(dueMs: number): Playing | undefined {
    const output = this.#output;
    // Before the gate is open nobody hears that nothing comes.
    if (this.#leftMs === undefined || !output.isOpen) this.#leftMs = dueMs;
    const silentMs = dueMs - Math.max(this.#leftMs, output.forwardedMs ?? 0);
    if (silentMs >= (this.#cover ? FILL_AFTER_MS : this.#coverAfterMs)) {
      this.#cover = { steadySinceMs: undefined };
      return 'hold';
    }
    if (this.#cover) {
      this.#cover.steadySinceMs ??= dueMs;
      if (dueMs - this.#cover.steadySinceMs >= STEADY_MS) this.#cover = undefined;
    }
    return output.isAwaited ? this.#before : undefined;
  }

  #fill(dueMs: number): void {
    const last = this.#output.lastSentMs ?? -Infinity;
    // Once a gap is being filled in for, the next packet is due at once and not after another gap.
    const patienceMs = this.#filledMs === last ? 0 : FILL_AFTER_MS;
    if (dueMs - last < patienceMs) return;
    if (this.#output.sendLocal(this.#clips.silence, dueMs)) this.#filledMs = dueMs;
  }
}
