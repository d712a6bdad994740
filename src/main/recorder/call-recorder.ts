import { EventEmitter } from 'node:events';
import { t } from '../../shared/i18n/i18n.ts';
import { isLive, type Call } from '../../shared/call/model.ts';
import type { Answered } from '../../shared/ipc/errors.ts';
import type { RecordingEvent } from '../../shared/recording/model.ts';
import type { RecordedChunk, RecorderReport } from '../../shared/ipc/routes/media.ts';
import {
  canStopRecording,
  isRecordingOpen,
  type CallRecording,
} from '../../shared/recording/state.ts';
import { refuse } from '../refusal.ts';
import { ConsoleRecording } from './console-recording.ts';
import type { CallRecorderPorts } from './ports.ts';

/**
 * Records calls as the policy of their number says: it asks the agent or has the customer told, and only then begins. Of
 * those that the provider or the relay records, it only keeps what the card shows. `recording` tells whoever keeps
 * recordings. Nothing here ever stops a call.
 */
export class CallRecorder extends EventEmitter<{ recording: [RecordingEvent] }> {
  readonly #ports: CallRecorderPorts;
  readonly #recordings = new Map<string, ConsoleRecording>();
  /** Those that are over, but not yet on the disk. */
  readonly #ending = new Set<Promise<void>>();

  constructor(ports: CallRecorderPorts) {
    super();
    this.#ports = ports;
  }

  /** A call has changed. */
  readonly handleCall = ({ id }: Call): void => {
    // What it reports changes the call anew, which others must first hear of as it is.
    queueMicrotask(() => this.#handle(id));
  };

  /** What the softphone reports of a recording. */
  handleReport(callId: string, report: RecorderReport): void {
    this.#recordings.get(callId)?.handleReport(report);
  }

  /** The softphone has recorded something. */
  handleSound({ callId, recordingId, track, atMs, bytes }: RecordedChunk): void {
    this.#recordings.get(callId)?.handleSound(recordingId, track, atMs, bytes);
  }

  /** The agent told the customer. Pressing twice is no error. */
  async confirm(callId: string): Promise<Answered<null>> {
    const call = this.#ports.find(callId);
    if (!call?.recording) return refuse('too-late');
    if (call.recording.state.step !== 'asking') return { ok: true, value: null };
    if (call.recording.by === 'relay') return this.#ports.askRelay(callId, 'confirm');
    this.#recordings.get(callId)?.confirm();
    return { ok: true, value: null };
  }

  /** Silence goes into the recording, or the call again. */
  async pause(callId: string, paused: boolean): Promise<Answered<null>> {
    const call = this.#ports.find(callId);
    const step = call?.recording?.state.step;
    if (step !== 'on' && step !== 'paused') return refuse('too-late');
    if ((step === 'paused') === paused) return { ok: true, value: null };
    if (call?.recording?.by === 'relay') {
      return this.#ports.askRelay(callId, paused ? 'pause' : 'continue');
    }
    if (call?.recording?.by === 'provider') return refuse('not-offered');
    this.#recordings.get(callId)?.pause(paused);
    return { ok: true, value: null };
  }

  /** Nothing more of this call is recorded. @param discard whether what was recorded goes, too */
  async stop(callId: string, discard: boolean): Promise<Answered<null>> {
    const call = this.#ports.find(callId);
    if (!call?.recording) return refuse('too-late');
    const { by, state } = call.recording;
    if (by === 'provider') return refuse('not-offered');
    if (state.step === 'over') return { ok: true, value: null };
    if (!canStopRecording(call.recording)) return refuse('too-late');
    if (discard && this.#ports.isHeld(call)) {
      return { ok: false, error: { code: 'not-offered', message: t('recorder.held') } };
    }
    if (by === 'relay') return this.#ports.askRelay(callId, discard ? 'stop-and-delete' : 'stop');
    const recording = this.#recordings.get(callId);
    if (recording) await this.#follow(recording, recording.stop(discard));
    return { ok: true, value: null };
  }

  /** Resolves when everything is on the disk. */
  async close(): Promise<void> {
    for (const recording of this.#recordings.values()) this.#end(recording);
    await Promise.all(this.#ending);
  }

  #handle(callId: string): void {
    const call = this.#ports.find(callId);
    if (!call) return;
    const recording = this.#recordings.get(call.id);
    if (!isLive(call)) return this.#handleEnded(call, recording);
    if (call.phase.name === 'connected' && !call.recording && !recording) this.#begin(call);
    // So that it is here when the call is up.
    else if (this.#ports.policyOf(call.accountId).by === 'console')
      void this.#ports.announcementOf(call.accountId);
  }

  #begin(call: Call): void {
    const { policyOf, clock, report } = this.#ports;
    const policy = policyOf(call.accountId);
    // The relay tells what it does of calls that it carries.
    if (policy.by === 'off' || policy.by === 'relay') return;
    if (policy.by === 'provider') {
      const { path } = call;
      // Of calls that ring elsewhere nobody can say here whether they are recorded.
      if (path === 'external') return;
      const recording: CallRecording = {
        by: 'provider',
        state: { step: 'on' },
        since: clock.now(),
      };
      return report(call.id, { from: 'recorder', kind: 'recording', recording });
    }
    if (call.path !== 'direct' && call.path !== 'streamed') return;
    const recording = new ConsoleRecording(this.#ports, call, policy, (event) =>
      this.emit('recording', event),
    );
    this.#recordings.set(call.id, recording);
    recording.begin();
  }

  #handleEnded(call: Call, recording: ConsoleRecording | undefined): void {
    if (recording) return this.#end(recording);
    const known = call.recording;
    if (known?.by !== 'provider' || !isRecordingOpen(known)) return;
    this.#ports.report(call.id, {
      from: 'recorder',
      kind: 'recording',
      recording: { ...known, state: { step: 'over' } },
    });
  }

  #end(recording: ConsoleRecording): void {
    if (recording.isOver) return;
    // Its last sound is still to come.
    void this.#follow(recording, recording.end());
  }

  #follow(recording: ConsoleRecording, end: Promise<void>): Promise<void> {
    const ending = end.finally(() => {
      this.#recordings.delete(recording.callId);
      this.#ending.delete(ending);
    });
    this.#ending.add(ending);
    return ending;
  }
}
