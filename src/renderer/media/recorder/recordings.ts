import type { RecordedChunk, RecorderReport } from '../../../shared/ipc/routes/media.ts';
import { announce, type Announcement, type AnnouncedCall } from './announcement.ts';
import { CallRecorder, type CallVoices } from './call-recorder.ts';

export interface RecordingsPorts {
  recorder(callId: string, report: RecorderReport): void;
  recorded(chunk: RecordedChunk): void;
}

/** The recordings of all calls that this window speaks, as main asks for them. */
export class Recordings {
  readonly #ports: RecordingsPorts;
  readonly #recorders = new Map<string, CallRecorder>();
  readonly #voices = new Map<string, CallVoices>();

  constructor(ports: RecordingsPorts) {
    this.#ports = ports;
  }

  /** A call has another voice than before. */
  setVoices(callId: string, voices: CallVoices): void {
    const now = { ...this.#voices.get(callId), ...voices };
    this.#voices.set(callId, now);
    this.#recorders.get(callId)?.use(now);
  }

  async announce(
    callId: string,
    call: AnnouncedCall | undefined,
    announcement: Announcement,
  ): Promise<void> {
    const sent = call && (await announce(call, announcement));
    this.#ports.recorder(callId, sent ? { kind: 'announced', ...sent } : { kind: 'not-announced' });
  }

  record(callId: string, recordingId: string): void {
    if (this.#recorders.has(callId)) return;
    const recorder = new CallRecorder({
      chunk: (track, atMs, bytes) =>
        this.#ports.recorded({ callId, recordingId, track, atMs, bytes }),
      done: (why) => {
        this.#recorders.delete(callId);
        this.#ports.recorder(callId, { kind: 'done', recordingId, why });
      },
    });
    this.#recorders.set(callId, recorder);
    recorder.use(this.#voices.get(callId) ?? {});
  }

  pause(callId: string, paused: boolean): void {
    this.#recorders.get(callId)?.pause(paused);
  }

  stop(callId: string): void {
    void this.#recorders.get(callId)?.stop();
  }

  /** The call is over. */
  close(callId: string): void {
    this.stop(callId);
    this.#voices.delete(callId);
  }
}
