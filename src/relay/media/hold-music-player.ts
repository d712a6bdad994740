import type { Clips } from './clips.ts';
import type { OutputStream } from './output.ts';
import type { Playing } from './routing.ts';

/** Longer gaps in an agent's packets are filled with silence, in ms. Above the jitter of a home network. */
const FILL_AFTER_MS = 120;
/**
 * After this many ms without agent packets, play hold music so that the customer never hears dead
 * air for a second. A muted agent keeps sending packets, and an encoder in DTX still sends one
 * every 400 ms.
 */
export const COVER_AFTER_MS = 800;
/** The same if the agent's console is also disconnected, which rules out a mere network gap. */
export const COVER_GONE_AFTER_MS = 500;
/** After a gap, an agent must be heard for this many ms before the next gap gets the long threshold again. */
const STEADY_MS = 1_000;

/**
 * Plays what the customer hears when no agent is heard: hold music or silence, one packet every 20
 * ms. While an agent is heard it only fills gaps, because WhatsApp ends a call without media for 20
 * s at its start, or 30 s later. Agent packets always go out at once, whatever fills the gap.
 */
export class HoldMusicPlayer {
  readonly #output: OutputStream;
  readonly #clips: Pick<Clips, 'hold' | 'silence'>;
  #playing: Playing | undefined;
  /** What was played before the stream was handed off to an agent. */
  #before: Playing | undefined;
  #at = 0;
  #filledMs: number | undefined;
  #coverAfterMs = COVER_AFTER_MS;
  /** Since when an agent can be heard. */
  #leftMs: number | undefined;
  #cover: { steadySinceMs: number | undefined } | undefined;

  constructor(output: OutputStream, clips: Pick<Clips, 'hold' | 'silence'>) {
    this.#output = output;
    this.#clips = clips;
  }

  /**
   * Plays from the beginning; continues if the same, or hold music that covers for an agent, is
   * already playing.
   */
  play(playing: Playing): void {
    if (playing === this.#playing) return;
    if (!this.#cover) this.#at = 0;
    this.#playing = playing;
    this.#cover = undefined;
  }

  /**
   * Hands the stream off to an agent. Until the agent's first packet, the current audio continues.
   *
   * @param coverAfterMs hold music plays after this many ms without an agent packet
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

  /** What to play although the stream belongs to an agent; undefined while the agent is heard. */
  #instead(dueMs: number): Playing | undefined {
    const output = this.#output;
    // Before the gate opens the customer hears nothing anyway.
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
    // Once a gap is being filled, the next packet is due at once and not after another gap.
    const patienceMs = this.#filledMs === last ? 0 : FILL_AFTER_MS;
    if (dueMs - last < patienceMs) return;
    if (this.#output.sendLocal(this.#clips.silence, dueMs)) this.#filledMs = dueMs;
  }
}
