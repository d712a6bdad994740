import type { Clips } from './clips.ts';
import type { OutputStream } from './output.ts';
import type { Playing } from './routing.ts';

/** An agent silent for longer is filled in for with silence. Above what a home network's jitter does to 20 ms packets. */
const FILL_AFTER_MS = 120;

/**
 * What the customer hears when no agent is heard: hold audio or silence, one packet every 20 ms. While an agent is
 * heard it only fills gaps, since WhatsApp ends a call that has no media for 20 s at its start, or 30 s later.
 */
export class Mouth {
  private readonly output: OutputStream;
  private readonly clips: Clips;
  private playing: Playing | undefined;
  /** What was played before the stream was left to an agent. */
  private before: Playing | undefined;
  private at = 0;
  private filledMs: number | undefined;

  constructor(output: OutputStream, clips: Clips) {
    this.output = output;
    this.clips = clips;
  }

  /**
   * Plays from the beginning, or leaves the stream to an agent (undefined): an agent who has just accepted takes a
   * moment to be heard, and until then what was played plays on. The same again plays on.
   */
  play(playing: Playing | undefined): void {
    if (playing === this.playing) return;
    this.before = this.playing;
    this.playing = playing;
    if (playing !== undefined) this.at = 0;
  }

  /** One tick of 20 ms, at its nominal time. */
  tick(dueMs: number): void {
    const { output, clips } = this;
    switch (this.playing ?? (output.isAwaited ? this.before : undefined)) {
      case 'hold': {
        const packet = clips.hold[this.at++ % clips.hold.length];
        if (packet) output.own(packet, dueMs);
        return;
      }
      case 'silence':
        output.own(clips.silence, dueMs);
        return;
      case undefined:
        this.fill(dueMs);
    }
  }

  private fill(dueMs: number): void {
    const last = this.output.lastSentMs ?? -Infinity;
    // Once a gap is being filled in for, the next packet is due at once and not after another gap.
    const patienceMs = this.filledMs === last ? 0 : FILL_AFTER_MS;
    if (dueMs - last < patienceMs) return;
    if (this.output.own(this.clips.silence, dueMs)) this.filledMs = dueMs;
  }
}
