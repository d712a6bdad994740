import type { IceServer } from '../protocol/frames.ts';
import type { AnnouncementLanguage } from '../recording/policy.ts';
import type { Snapshot } from './snapshot.ts';
import type { NewCallFilled, NoNumber } from './programs.ts';

/** Events that main sends to windows. Plain types, because main made them. */
export type AppEvent =
  | { type: 'snapshot'; snapshot: Snapshot }
  | { type: 'media'; command: MediaCommand }
  /** The customer's audio in a call that main streams: PCM16 little-endian, mono. */
  | { type: 'pcm'; callId: string; frame: Uint8Array }
  /** The history changed: read its pages again. */
  | { type: 'history-changed' }
  /** Contacts changed: read them again. */
  | { type: 'contacts-changed' }
  /** Who waits changed: read the list again. */
  | { type: 'todo-changed' }
  /** A number's settings or state changed, here or elsewhere. */
  | { type: 'number-changed'; accountId: string }
  /** Says whether this window could ring now: the answer is `ready.ringer`. */
  | { type: 'ring-probe'; question: number }
  /** What the page “Ready to ring” shows has changed: read it again. */
  | { type: 'ready-changed' }
  /** Of an export, or of the erasure of a customer (`erase`). */
  | { type: 'export-progress'; id: string; done: number; total: number }
  /**
   * This window appeared under the pointer: presses that follow at once were meant for what was
   * there before.
   */
  | { type: 'uncovered' }
  /** Calls have not been able to reach this agent for a while: play the alarm once. */
  | { type: 'alarm' }
  /**
   * The system's sound server has another device, or one less. `returnsSound`: what played on an output returns to it
   * when it is plugged in again.
   */
  | { type: 'device-plugged'; returnsSound: boolean }
  /** Somebody wrote, or a promised call is due: play a sound once. */
  | { type: 'news' }
  /** Another program asks for a call. */
  | { type: 'new-call'; filled: NewCallFilled }
  /** It asked, but named no number. */
  | { type: 'no-number'; why: NoNumber }
  /** Show a view: the agent asked for it in the tray, a notification or the ring window. */
  | { type: 'navigate'; to: 'todo' | 'history' | 'settings'; callId?: string | undefined };

/** How the relay is reached. `onlyTurn`: only through its TURN servers, if it has any. */
export interface LegOptions {
  iceServers: readonly IceServer[];
  onlyTurn?: boolean | undefined;
}

/**
 * Commands to the softphone. Main queues them until the window is ready, and repeats them for a new
 * window.
 */
export type MediaCommand =
  | { do: 'answer'; callId: string; offer: string }
  /** `leg`: the other side is the relay, not the customer. */
  | { do: 'offer'; callId: string; leg?: LegOptions | undefined }
  | { do: 'apply-answer'; callId: string; sdp: string }
  | { do: 'live'; callId: string }
  /**
   * The call is connected and its audio passes through main: from now on frames of PCM16, mono,
   * `sampleRate` Hz. Sent again if the format changes. `frameMs`: the length of a frame to send.
   */
  | { do: 'stream'; callId: string; sampleRate: number; frameMs: number }
  /** `lost`: the audio connection broke, and main keeps trying; otherwise it is back. */
  | { do: 'sound'; callId: string; lost: boolean }
  | { do: 'mute'; callId: string; muted: boolean }
  /** Play to the customer that the call will be recorded, in place of the agent's voice; `sound`: in the admin's own words. */
  | { do: 'announce'; callId: string; language: AnnouncementLanguage; sound?: Uint8Array }
  /** Record both sides from now on; chunks go to `media.recorded`. */
  | { do: 'record'; callId: string; recordingId: string }
  /** Silence goes into the recording, or the call's sound again. */
  | { do: 'pause-recording'; callId: string; paused: boolean }
  /** Nothing more; the last chunks still come. Closing a call does this, too. */
  | { do: 'stop-recording'; callId: string }
  | { do: 'close'; callId: string };
