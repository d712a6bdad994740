import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Call } from '../../shared/call/model.ts';
import type { RecorderReport } from '../../shared/ipc/routes/media.ts';
import { assertNever } from '../../shared/lib/assert-never.ts';
import { Deadline } from '../../shared/lib/deadline.ts';
import {
  RECORDING_EXTENSION,
  type RecordingEvent,
  type RecordingFacts,
  type RecordingMark,
} from '../../shared/recording/model.ts';
import type { RecordingPolicy } from '../../shared/recording/policy.ts';
import type {
  CallRecording,
  RecordingFailure,
  RecordingState,
} from '../../shared/recording/state.ts';
import { failureOf } from '../../recording/failure.ts';
import { RecordingWriter } from '../../recording/writer.ts';
import { describe } from '../log.ts';
import type { OwnAnnouncement } from './announcements.ts';
import type { CallRecorderPorts } from './ports.ts';

/** A window that hangs must not keep the file open, in ms. */
const LAST_SOUND_MS = 3_000;
const tracks: RecordingFacts['tracks'] = [
  { track: 0, side: 'agent', type: 'audio/webm; codecs=opus' },
  { track: 1, side: 'customer', type: 'audio/webm; codecs=opus' },
];

/** What the customer was told, as the recording's first mark. */
type Consent = Extract<RecordingMark, { kind: 'announcement' | 'confirmed' }>;
type News = RecordingEvent extends infer E
  ? E extends RecordingEvent
    ? Omit<E, 'recordingId' | 'callId' | 'at'>
    : never
  : never;

/** The recording of one call that this console speaks: its consent, its file, its pauses and its end. */
export class ConsoleRecording {
  readonly callId: string;
  readonly #ports: CallRecorderPorts;
  readonly #accountId: string;
  readonly #policy: RecordingPolicy;
  readonly #onEvent: (event: RecordingEvent) => void;
  readonly #pauseEnds: Deadline;
  readonly #id: string;
  #state: RecordingState | undefined;
  /** The hash of the admin's own words, if it is these that are played. */
  #announced: string | undefined;
  #startedAt: number | undefined;
  /** The same by a clock that nobody can set. */
  #startedTick = 0;
  /** When the softphone began, in ms of the recording. */
  #soundFromMs = 0;
  #writer: RecordingWriter | undefined;
  #opening: Promise<void> | undefined;
  #isOver = false;
  /** The softphone has sent everything. */
  readonly #allSound: Promise<void>;
  #handleAllSound: () => void = () => undefined;

  constructor(
    ports: CallRecorderPorts,
    { id, accountId }: Call,
    policy: RecordingPolicy,
    tell: (event: RecordingEvent) => void,
  ) {
    this.callId = id;
    this.#ports = ports;
    this.#accountId = accountId;
    this.#policy = policy;
    this.#onEvent = tell;
    this.#id = ports.newId();
    this.#pauseEnds = new Deadline(ports.clock, () => this.#continue(true));
    this.#allSound = new Promise((resolve) => {
      this.#handleAllSound = resolve;
    });
  }

  /** The call is over, or the app closes. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** The call is up. */
  begin(): void {
    if (!this.#ports.key) return this.#fail('no-key');
    if (this.#policy.consent === 'agent') return this.#become({ step: 'asking' });
    this.#become({ step: 'announcing' });
    const own = this.#ports.announcementOf(this.#accountId);
    if (own) void this.#announceOnceHere(own);
    else this.#announce(undefined);
  }

  async #announceOnceHere(own: Promise<OwnAnnouncement | undefined>): Promise<void> {
    const announcement = await own;
    if (!this.#isOver && this.#state?.step === 'announcing') this.#announce(announcement);
  }

  #announce(own: OwnAnnouncement | undefined): void {
    this.#announced = own?.sha256;
    const { language } = this.#policy;
    const sound = own && { sound: own.bytes };
    this.#ports.media({ do: 'announce', callId: this.callId, language, ...sound });
  }

  /** The agent told the customer. */
  confirm(): void {
    if (this.#state?.step !== 'asking') return;
    this.#start({
      atMs: 0,
      kind: 'confirmed',
      at: this.#ports.clock.now(),
      by: this.#ports.agent(),
    });
  }

  pause(paused: boolean): void {
    if (!paused) return this.#continue(false);
    if (this.#state?.step !== 'on') return;
    const until = this.#ports.clock.now() + this.#policy.pauseForSeconds * 1_000;
    this.#ports.media({ do: 'pause-recording', callId: this.callId, paused: true });
    const atMs = this.#elapsed();
    const untilMs = atMs + this.#policy.pauseForSeconds * 1_000;
    this.#mark({ atMs, kind: 'pause', untilMs });
    this.#pauseEnds.set(until);
    this.#become({ step: 'paused', until });
    this.#tell({ kind: 'paused', until });
  }

  handleReport(report: RecorderReport): void {
    switch (report.kind) {
      case 'announced': {
        if (this.#state?.step !== 'announcing') return;
        const { from, to } = report;
        const sha256 = this.#announced;
        return this.#start({
          atMs: 0,
          kind: 'announcement',
          from,
          to,
          ...(sha256 !== undefined && { sha256 }),
        });
      }
      case 'not-announced':
        // The agent can still say it themselves.
        if (this.#state?.step === 'announcing') this.#become({ step: 'asking' });
        return;
      case 'done':
        if (report.recordingId !== this.#id) return;
        this.#handleAllSound();
        if (report.why !== undefined) this.#fail(report.why);
        return;
      default:
        assertNever(report, 'report of the recorder');
    }
  }

  handleSound(recordingId: string, track: number, atMs: number, bytes: Uint8Array): void {
    if (recordingId === this.#id) this.#writer?.audio(track, this.#soundFromMs + atMs, bytes);
  }

  /** The agent wants nothing more of the call recorded; `discard`: and nothing kept. Resolves when that is so. */
  async stop(discard: boolean): Promise<void> {
    if (this.#isOver) return;
    const hasBegun = this.#state?.step === 'on' || this.#state?.step === 'paused';
    await this.end(!hasBegun ? 'none' : discard ? 'deleted' : 'kept');
  }

  /** To be called once, when the call is over or the app closes. Resolves when the file is complete. */
  async end(stopped?: 'kept' | 'deleted' | 'none'): Promise<void> {
    this.#isOver = true;
    const over: RecordingState = { step: 'over', ...(stopped && { stopped }) };
    const ms = this.#elapsed();
    this.#pauseEnds.set(undefined);
    if (this.#hasFailed) return;
    if (this.#startedAt === undefined) return this.#become(over);
    this.#ports.media({ do: 'stop-recording', callId: this.callId });
    await this.#opening;
    const cancel = this.#ports.clock.at(this.#ports.clock.now() + LAST_SOUND_MS, () =>
      this.#handleAllSound(),
    );
    await this.#allSound;
    cancel();
    if (!this.#writer) return;
    if (stopped) this.#mark({ atMs: ms, kind: 'stop', by: this.#ports.agent() });
    const isWritten = await this.#writer.close(ms);
    if (stopped && stopped !== 'kept' && (await this.#discard())) return this.#become(over);
    if (!isWritten || this.#hasFailed) return;
    this.#become(over);
    this.#tell({ kind: 'stopped', seconds: ms / 1_000, bytes: this.#writer.bytes });
  }

  /** @returns false if it could not be deleted, which the card says */
  async #discard(): Promise<boolean> {
    try {
      await rm(this.#path, { force: true });
    } catch (error) {
      this.#ports.log.error(`recording: not deleted: ${describe(error)}`);
      this.#fail('not-deleted');
      return false;
    }
    this.#tell({ kind: 'discarded' });
    return true;
  }

  #start(consent: Consent): void {
    this.#startedAt = this.#ports.clock.now();
    this.#startedTick = performance.now();
    this.#opening ??= this.#open(this.#startedAt, consent).catch((error: unknown) => {
      this.#ports.log.error(`recording: cannot be written: ${describe(error)}`);
      this.#fail(failureOf(error));
    });
  }

  async #open(startedAt: number, consent: Consent): Promise<void> {
    const { key, agent, media } = this.#ports;
    if (!key) return this.#fail('no-key');
    const facts: RecordingFacts = {
      callId: this.callId,
      accountId: this.#accountId,
      by: 'console',
      consent: consent.kind === 'announcement' ? 'announcement' : 'agent',
      startedAt,
      agent: agent(),
      tracks,
    };
    this.#writer = await RecordingWriter.create({
      path: this.#path,
      id: this.#id,
      key,
      facts,
      onFailure: (error) => {
        this.#ports.log.error(`recording: cannot be written any more: ${describe(error)}`);
        this.#fail(failureOf(error));
      },
    });
    this.#mark(consent);
    this.#tell({ kind: 'started', facts });
    if (this.#isOver) return this.#handleAllSound();
    this.#soundFromMs = this.#elapsed();
    media({ do: 'record', callId: this.callId, recordingId: this.#id });
    this.#become({ step: 'on' });
  }

  #continue(bySelf: boolean): void {
    if (this.#isOver || this.#state?.step !== 'paused') return;
    this.#pauseEnds.set(undefined);
    this.#ports.media({ do: 'pause-recording', callId: this.callId, paused: false });
    this.#mark({ atMs: this.#elapsed(), kind: 'continue', bySelf });
    this.#become({ step: 'on' });
    this.#tell({ kind: 'continued', bySelf });
  }

  /** The call is not recorded any more, and goes on. */
  #fail(why: RecordingFailure): void {
    if (this.#state?.step === 'failed' || this.#state?.step === 'over') return;
    this.#pauseEnds.set(undefined);
    this.#handleAllSound();
    this.#ports.media({ do: 'stop-recording', callId: this.callId });
    this.#become({ step: 'failed', why });
    if (this.#startedAt !== undefined) this.#tell({ kind: 'failed', why });
    // What was recorded before stays, and ends here.
    void this.#writer?.close(this.#elapsed());
  }

  get #hasFailed(): boolean {
    return this.#state?.step === 'failed';
  }

  #mark(mark: RecordingMark): void {
    this.#writer?.mark(mark);
  }

  get #path(): string {
    return join(this.#ports.folder, this.#id + RECORDING_EXTENSION);
  }

  #elapsed(): number {
    return Math.round(performance.now() - this.#startedTick);
  }

  #become(state: RecordingState): void {
    this.#state = state;
    const recording: CallRecording = {
      by: 'console',
      state,
      ...(this.#startedAt !== undefined && { id: this.#id, since: this.#startedAt }),
    };
    this.#ports.report(this.callId, { from: 'recorder', kind: 'recording', recording });
  }

  #tell(news: News): void {
    const at = this.#ports.clock.now();
    this.#onEvent({ ...news, recordingId: this.#id, callId: this.callId, at });
  }
}
