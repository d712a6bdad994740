/** Who made a recording or a transcript. `machine`: the endpoint that an admin set up. */
export type RecordingSource = 'provider' | 'relay' | 'console' | 'machine';

/**
 * Where a recording is on its way to the store. `expected`: it was made, and is not here yet. `failed`: the last attempt
 * to fetch it failed; it is tried again until its provider deletes it (`expired`).
 */
export type RecordingState = 'expected' | 'fetching' | 'kept' | 'failed' | 'expired' | 'erased';

/** Where the sound is: on this computer, in the relay's folder, or in a bucket. */
export const recordingPlaces = ['console', 'relay', 's3'] as const;
export type RecordingPlace = (typeof recordingPlaces)[number];

/** Whose voice a track has; `both`: of one file in which both speak. */
export const trackSides = ['both', 'customer', 'agent'] as const;
export type TrackSide = (typeof trackSides)[number];

/** One file of sound of a recording. */
export interface RecordingTrack {
  side: TrackSide;
  mime: string;
  bytes: number;
}

/** What happened during a recording. */
export const markKinds = [
  'hold',
  'resume',
  'transfer',
  'key',
  'pause',
  'continue',
  'stop',
] as const;

export interface RecordingMark {
  /** From the beginning of the recording. */
  atMs: number;
  kind: (typeof markKinds)[number];
  /** The key, the teammate's name, or the name of who stopped it. */
  text?: string | undefined;
}

/** A recording as the call's detail shows it. */
export interface RecordingView {
  id: string;
  source: RecordingSource;
  state: RecordingState;
  /** Why the last attempt failed, in words. */
  why?: string | undefined;
  place?: RecordingPlace | undefined;
  /** Unix ms. */
  startedAt?: number | undefined;
  seconds?: number | undefined;
  bytes?: number | undefined;
  /** Of all its tracks, in hexadecimal. */
  sha256?: string | undefined;
  /** When its provider deletes it, Unix ms. */
  expiresAt?: number | undefined;
  /** When it is tried again, Unix ms. */
  nextAt?: number | undefined;
  /** When it is deleted here, Unix ms; undefined: never by age. */
  keepUntil?: number | undefined;
  /** The agent who had it deleted during the call. */
  deletedBy?: string | undefined;
  /** It must not be deleted, whatever its age. */
  legalHold: boolean;
  tracks: readonly RecordingTrack[];
  marks: readonly RecordingMark[];
  hasPeaks: boolean;
}

/**
 * Who said a line of a transcript. `first` and `second`: the voice on that channel of one file. No provider documents
 * whose is which.
 */
export type Speaker = 'agent' | 'customer' | 'first' | 'second' | 'unknown';

/** The two channels of one file, each as mono Ogg Opus. */
export interface SplitVoices {
  first: Uint8Array<ArrayBuffer>;
  second: Uint8Array<ArrayBuffer>;
}

export interface TranscriptLine {
  speaker: Speaker;
  /** From the beginning of the recording. */
  fromMs: number;
  toMs: number;
  text: string;
}

/** What was said in a call. */
export interface TranscriptView {
  id: string;
  source: RecordingSource;
  state: RecordingState;
  why?: string | undefined;
  expiresAt?: number | undefined;
  nextAt?: number | undefined;
  lines: readonly TranscriptLine[];
}

/** What a machine says that a call was about. */
export interface SummaryView {
  text: string;
  /** The model's name. */
  by: string;
  /** Unix ms. */
  at: number;
}

/** One time that somebody listened to a part of a recording. */
export interface ListenView {
  by: string;
  /** Unix ms. */
  at: number;
  fromMs: number;
  toMs: number;
}

/** Everything kept of a call's sound. */
export interface CallRecordings {
  recordings: readonly RecordingView[];
  transcript?: TranscriptView | undefined;
  summary?: SummaryView | undefined;
  /** Latest first. */
  listens: readonly ListenView[];
}

/** A line of a transcript that a search found. */
export type TranscriptHit = Pick<TranscriptLine, 'fromMs' | 'text' | 'speaker'>;
