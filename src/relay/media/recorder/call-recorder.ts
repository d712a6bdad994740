import { rm } from 'node:fs/promises';
import { failureOf } from '../../../recording/failure.ts';
import { recordingKeyOf } from '../../../recording/keys.ts';
import { RecordingWriter } from '../../../recording/writer.ts';
import { assertNever } from '../../../shared/lib/assert-never.ts';
import type { RecordingFacts, RecordingMark } from '../../../shared/recording/model.ts';
import type { AnnouncementLanguage } from '../../../shared/recording/policy.ts';
import type { RecordingFailure } from '../../../shared/recording/state.ts';
import { OpusTrack } from './opus-track.ts';

/** What is asked of a call's recorder. */
export type RecorderRequest =
  /** The customer hears that the call will be recorded, and nobody else meanwhile; `file`: in the admin's own words. */
  | { do: 'announce'; language: AnnouncementLanguage; file?: string | undefined }
  | {
      do: 'start';
      id: string;
      path: string;
      facts: Omit<RecordingFacts, 'tracks' | 'startedAt'>;
      /** What seals it, in hexadecimal: the relay's own now, for this process may be older. None: it cannot be made. */
      secret?: string | undefined;
    }
  | { do: 'mark'; mark: RecorderMark }
  | { do: 'pause'; forMs: number }
  | { do: 'continue' }
  /** It ends here, whatever the call does; `discard`: and its file goes. */
  | { do: 'stop'; by: string; discard: boolean };

type AnyMark = RecordingMark extends infer M
  ? M extends RecordingMark
    ? Omit<M, 'atMs'>
    : never
  : never;
/** What only the owner of the call knows. */
export type RecorderMark = Extract<AnyMark, { kind: 'announcement' | 'confirmed' | 'transfer' }>;

export type RecorderReport =
  /** The announcement was sent whole. Unix ms. */
  | { kind: 'announced'; from: number; to: number; sha256?: string | undefined }
  | { kind: 'not-announced' }
  | { kind: 'started'; id: string; startedAt: number }
  /** The pause is over by itself. */
  | { kind: 'continued' }
  | { kind: 'failed'; why: RecordingFailure };

const AGENT = 0;
const CUSTOMER = 1;
const tracks: RecordingFacts['tracks'] = [
  { track: AGENT, side: 'agent', type: 'audio/ogg; codecs=opus' },
  { track: CUSTOMER, side: 'customer', type: 'audio/ogg; codecs=opus' },
];
/** What a kill may cost, besides what may still be overtaken. In ms. */
const FLUSH_MS = 500;

/**
 * Records one call in the process that has its media: what the customer hears, and what they say while somebody listens. The
 * packets are written as they are.
 */
export class CallRecorder {
  readonly #report: (report: RecorderReport) => void;
  #writer: RecordingWriter | undefined;
  #opening: Promise<void> | undefined;
  #tracks: readonly [OpusTrack, OpusTrack] | undefined;
  #startedMs = 0;
  #flushedMs = 0;
  #isHeld = false;
  #pausedUntilMs: number | undefined;
  #path: string | undefined;
  #stopping: Promise<void> | undefined;

  constructor(report: (report: RecorderReport) => void) {
    this.#report = report;
  }

  start(
    { id, path, facts, secret }: Extract<RecorderRequest, { do: 'start' }>,
    { startedAt, nowMs }: { startedAt: number; nowMs: number },
  ): void {
    if (this.#opening) return;
    if (secret === undefined) return this.#report({ kind: 'failed', why: 'no-key' });
    this.#path = path;
    this.#startedMs = nowMs;
    this.#flushedMs = nowMs;
    // Packets that come while the file is made are in it.
    this.#tracks = [new OpusTrack(nowMs), new OpusTrack(nowMs)];
    const fail = (error: unknown) => {
      this.#tracks = undefined;
      this.#writer = undefined;
      this.#report({ kind: 'failed', why: failureOf(error) });
    };
    const key = recordingKeyOf(secret);
    const options = { path, id, key, facts: { ...facts, startedAt, tracks }, onFailure: fail };
    const open = async () => {
      this.#writer = await RecordingWriter.create(options);
      if (this.#isHeld) this.#writer.mark({ atMs: 0, kind: 'hold' });
      this.#report({ kind: 'started', id, startedAt });
    };
    this.#opening = open().catch(fail);
  }

  /** A packet that the customer is sent. */
  heard(payload: Buffer, timestamp: number, nowMs: number): void {
    if (!this.#isSilent) this.#tracks?.[AGENT].take(payload, timestamp, nowMs);
  }

  /** A packet of the customer. On hold nobody listens to them, and so it is not recorded. */
  said(payload: Buffer, timestamp: number, nowMs: number): void {
    if (!this.#isSilent && !this.#isHeld) this.#tracks?.[CUSTOMER].take(payload, timestamp, nowMs);
  }

  /** The customer pressed a key. Those of a card's number are none of ours. */
  key(digit: string, nowMs: number): void {
    if (!this.#isSilent) this.#mark({ kind: 'key', digit }, nowMs);
  }

  /** Whether the customer hears hold music, or nobody. */
  hold(isHeld: boolean, nowMs: number): void {
    if (isHeld === this.#isHeld) return;
    this.#isHeld = isHeld;
    this.#mark({ kind: isHeld ? 'hold' : 'resume' }, nowMs);
  }

  pause(forMs: number, nowMs: number): void {
    if (this.#isSilent) return;
    this.#pausedUntilMs = nowMs + forMs;
    this.#mark({ kind: 'pause', untilMs: nowMs + forMs - this.#startedMs }, nowMs);
  }

  continue(bySelf: boolean, nowMs: number): void {
    if (!this.#isPaused) return;
    this.#pausedUntilMs = undefined;
    this.#mark({ kind: 'continue', bySelf }, nowMs);
    if (bySelf) this.#report({ kind: 'continued' });
  }

  /** Nothing more is recorded of this call. */
  stop(by: string, discard: boolean, nowMs: number): void {
    this.#pausedUntilMs = undefined;
    const stop = async () => {
      await this.#opening;
      this.#flush(nowMs, true);
      this.#mark({ kind: 'stop', by }, nowMs);
      await this.#end(nowMs);
      if (discard && this.#path !== undefined) await rm(this.#path, { force: true });
    };
    this.#stopping ??= stop().catch(() => this.#report({ kind: 'failed', why: 'not-deleted' }));
  }

  mark(mark: RecorderMark, nowMs: number): void {
    // It may follow the request to start at once.
    void this.#opening?.finally(() => this.#mark(mark, nowMs));
  }

  /** One tick of 20 ms. */
  tick(nowMs: number): void {
    if (this.#pausedUntilMs !== undefined && nowMs >= this.#pausedUntilMs)
      this.continue(true, nowMs);
    if (nowMs - this.#flushedMs >= FLUSH_MS) this.#flush(nowMs, false);
  }

  /** The call is over. Resolves when the file is complete. */
  async close(nowMs: number): Promise<void> {
    await this.#opening;
    await this.#stopping;
    this.#flush(nowMs, true);
    await this.#end(nowMs);
  }

  async #end(nowMs: number): Promise<void> {
    this.#tracks = undefined;
    await this.#writer?.close(Math.round(nowMs - this.#startedMs));
  }

  get #isSilent(): boolean {
    return this.#isPaused || this.#stopping !== undefined;
  }

  get #isPaused(): boolean {
    return this.#pausedUntilMs !== undefined;
  }

  #flush(nowMs: number, isLast: boolean): void {
    if (!this.#writer) return;
    this.#flushedMs = nowMs;
    for (const [track, side] of (this.#tracks ?? []).entries()) {
      const next = side.flush(nowMs, isLast);
      if (next) this.#writer.audio(track, next.atMs, next.bytes);
    }
  }

  #mark(mark: AnyMark, nowMs: number): void {
    const atMs = Math.max(0, Math.round(nowMs - this.#startedMs));
    this.#writer?.mark({ ...mark, atMs });
  }
}

/** Carries out a request about the recording itself; announcements are the bridge's. */
export function askRecorder(
  recorder: CallRecorder,
  request: Exclude<RecorderRequest, { do: 'announce' }>,
  at: { startedAt: number; nowMs: number },
): void {
  switch (request.do) {
    case 'start':
      return recorder.start(request, at);
    case 'mark':
      return recorder.mark(request.mark, at.nowMs);
    case 'pause':
      return recorder.pause(request.forMs, at.nowMs);
    case 'continue':
      return recorder.continue(false, at.nowMs);
    case 'stop':
      return recorder.stop(request.by, request.discard, at.nowMs);
    default:
      return assertNever(request, 'request');
  }
}
