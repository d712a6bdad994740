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
  private at = 0;
  private filledMs: number | undefined;

  constructor(output: OutputStream, clips: Clips) {
    this.output = output;
    this.clips = clips;
  }

  /** Plays from the beginning, or leaves the stream to an agent (undefined). The same again plays on. */
  play(playing: Playing | undefined): void {
    if (playing === this.playing) return;
    this.playing = playing;
    this.at = 0;
  }

  /** One tick of 20 ms, at its nominal time. */
  tick(dueMs: number): void {
    const { output } = this;
    if (this.playing === undefined) {
      const last = output.lastSentMs ?? -Infinity;
      if (dueMs - last < (this.isFilling(last) ? 0 : FILL_AFTER_MS)) return;
      if (this.speak(this.clips.silence, dueMs)) this.filledMs = dueMs;
      return;
    }
    this.speak(this.clips[this.playing], dueMs);
  }

  /** The last packet out was a filler: the next one is due at once, not after another gap. */
  private isFilling(lastSentMs: number): boolean {
    return this.filledMs === lastSentMs;
  }

  private speak(clip: readonly Buffer[], dueMs: number): boolean {
    const packet = clip[this.at % clip.length];
    this.at++;
    return packet !== undefined && this.output.own(packet, dueMs);
  }
}
