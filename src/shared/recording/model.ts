import type { RecordingPolicy } from './policy.ts';
import type { RecordingFailure } from './state.ts';

/** Who makes a recording that is ours. */
type Recorder = Extract<RecordingPolicy['by'], 'relay' | 'console'>;

/** One side of the call. Its bytes, put together, are an ordinary media file of this type. */
export interface RecordingTrack {
  track: number;
  side: 'agent' | 'customer';
  type: 'audio/ogg; codecs=opus' | 'audio/webm; codecs=opus';
}

/** What is known when a recording begins. */
export interface RecordingFacts {
  callId: string;
  /** Our number. */
  accountId: string;
  by: Recorder;
  /** Keys of the customer's number and user id, by which they are found if they are to be erased. */
  customer?: readonly string[] | undefined;
  /** How the customer was told before it began. */
  consent: RecordingPolicy['consent'];
  /** Unix ms; every `atMs` of the recording counts from here. */
  startedAt: number;
  /** The agent with whom it began. */
  agent?: string | undefined;
  tracks: readonly RecordingTrack[];
}

/** Something that happened at a moment of a recording. */
export type RecordingMark = { atMs: number } & (
  | { kind: 'hold' | 'resume' }
  /** Nothing is recorded from here on, by wish of the agent, until `untilMs` at the latest. */
  | { kind: 'pause'; untilMs: number }
  /** The pause is over, by itself or by the agent. */
  | { kind: 'continue'; bySelf: boolean }
  /** From here on the customer speaks with this agent. */
  | { kind: 'transfer'; to: string }
  /** The customer pressed a key of the telephone. While paused no key is marked. */
  | { kind: 'key'; digit: string }
  /**
   * The announcement was sent whole: when it began and ended, both before the recording, in Unix ms; and the hash of its
   * file, if it was the admin's own.
   */
  | { kind: 'announcement'; from: number; to: number; sha256?: string | undefined }
  /** The agent confirmed that they told the customer. Unix ms. */
  | { kind: 'confirmed'; at: number; by: string }
  /** The agent stopped it for the rest of the call. */
  | { kind: 'stop'; by: string }
  /** The recording is complete. Without it the recorder died, or the file was cut. */
  | { kind: 'end' }
);

/** The file of a recording ends with this. */
export const RECORDING_EXTENSION = '.rdrec';

/** What the log and the library are told of a recording that is made by us. */
export type RecordingEvent = { recordingId: string; callId: string; at: number } & (
  | { kind: 'started'; facts: RecordingFacts }
  /** It continues by itself at `until`, Unix ms. */
  | { kind: 'paused'; until: number }
  | { kind: 'continued'; bySelf: boolean }
  /** The file is complete and is written no more. */
  | { kind: 'stopped'; seconds: number; bytes: number }
  /** The agent stopped it, and had it deleted: there is no file of it. */
  | { kind: 'discarded' }
  /** Nothing more is written; what there was before can be played. The call goes on. */
  | { kind: 'failed'; why: RecordingFailure }
);
