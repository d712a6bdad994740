/** Longer, and the key is held rather than tapped, in ms. */
const HELD_MS = 400;

interface MutedCall {
  id: string;
  muted: boolean;
}

/**
 * The key for muting: a tap toggles, and holding it down mutes (or unmutes) only until it is let go,
 * to cough or to say a word.
 */
export class HoldToMute {
  #held: (MutedCall & { since: number }) | undefined;
  readonly #mute: (callId: string, muted: boolean) => void;

  constructor(mute: (callId: string, muted: boolean) => void) {
    this.#mute = mute;
  }

  press(call: MutedCall, now: number): void {
    this.#held = { id: call.id, muted: call.muted, since: now };
    this.#mute(call.id, !call.muted);
  }

  /** The key was let go, or the window no longer has the keyboard. */
  release(now: number): void {
    const held = this.#held;
    this.#held = undefined;
    if (held && now - held.since >= HELD_MS) this.#mute(held.id, held.muted);
  }
}
