import type { IceServer } from '../protocol/frames.ts';
import type { Snapshot } from './model.ts';

/** What main says to a window without being asked. Plain types: main made them. */
export type AppEvent =
  | { type: 'snapshot'; snapshot: Snapshot }
  | { type: 'media'; command: MediaCommand }
  /** Sound of the customer in a call that main carries: PCM16 little-endian, mono, as it came. */
  | { type: 'pcm'; callId: string; frame: Uint8Array }
  /** Rows of the history changed; pages have to be read again. */
  | { type: 'history-changed' }
  /** Something that contact screens show changed; they have to be read again. */
  | { type: 'contacts-changed' }
  /** A number's settings or state changed, here or elsewhere. */
  | { type: 'number-changed'; accountId: string }
  | { type: 'export-progress'; id: string; done: number; total: number }
  /**
   * This window came to lie under the pointer: presses that follow at once were meant for what was
   * there before.
   */
  | { type: 'uncovered' }
  /** Calls have not been able to reach this agent for a while: the sound of it, once. */
  | { type: 'alarm' }
  /**
   * Show a view, because the agent asked for it from the tray, a notification or the ring window.
   */
  | { type: 'navigate'; to: 'calls' | 'history' | 'settings'; callId?: string | undefined };

/**
 * Orders to the softphone. Main queues them until the window is ready, and sends them again to a
 * new window.
 */
export type MediaCommand =
  | { do: 'answer'; callId: string; offer: string }
  /** `leg`: the other end is the relay, not the customer. */
  | { do: 'offer'; callId: string; leg?: { iceServers: readonly IceServer[] } | undefined }
  | { do: 'apply-answer'; callId: string; sdp: string }
  | { do: 'live'; callId: string }
  /**
   * The call is up and its sound goes through main: from now on frames of PCM16, mono, `sampleRate`
   * Hz. Again for another form of the same call's sound. `frameMs`: how much is to be sent at once.
   */
  | { do: 'stream'; callId: string; sampleRate: number; frameMs: number }
  /**
   * `lost`: there is no connection for that sound, and main keeps trying; otherwise it is there
   * again.
   */
  | { do: 'sound'; callId: string; lost: boolean }
  | { do: 'mute'; callId: string; muted: boolean }
  | { do: 'close'; callId: string };
