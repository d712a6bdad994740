import { TrackRecorder } from './track-recorder.ts';

/** Both voices of a call; undefined while there is none. */
export interface CallVoices {
  agent?: MediaStreamTrack | undefined;
  customer?: MediaStreamTrack | undefined;
}

export interface CallRecorderPorts {
  /** The next bytes of a side, in order. `atMs`: when their sound began, counted from the recorder's start. */
  chunk(track: 0 | 1, atMs: number, bytes: Uint8Array<ArrayBuffer>): void;
  /** Everything was handed over; with `why` nothing can be recorded. */
  done(why?: 'codec' | 'no-recorder'): void;
}

/** Every file's sound, and what the page's encoder runs at. */
const CONTEXT_RATE = 48_000;

/**
 * Records both sides of a call, each as a WebM file of its own. The voices may change, go and come; the files go on, with
 * silence meanwhile. Never throws.
 */
export class CallRecorder {
  readonly #ports: CallRecorderPorts;
  readonly #context: AudioContext;
  readonly #sides: readonly [TrackRecorder, TrackRecorder] | undefined;
  #isDone = false;

  constructor(ports: CallRecorderPorts) {
    this.#ports = ports;
    this.#context = new AudioContext({ sampleRate: CONTEXT_RATE, latencyHint: 'playback' });
    // A page that was never clicked starts it suspended.
    void this.#context.resume();
    const side = (track: 0 | 1) =>
      new TrackRecorder(this.#context, {
        chunk: (atMs, bytes) => ports.chunk(track, atMs, bytes),
        failed: () => this.#end('no-recorder'),
      });
    try {
      this.#sides = [side(0), side(1)];
    } catch {
      this.#end('codec');
    }
  }

  /** Who speaks from now on. */
  use({ agent, customer }: CallVoices): void {
    if (this.#isDone) return;
    this.#sides?.[0].use(agent);
    this.#sides?.[1].use(customer);
  }

  /** Silence goes into both files, or the voices again. */
  pause(paused: boolean): void {
    for (const side of this.#sides ?? []) side.pause(paused);
  }

  /** Hands over what is left. */
  async stop(): Promise<void> {
    if (this.#isDone) return;
    await Promise.all((this.#sides ?? []).map((side) => side.stop()));
    this.#end();
  }

  #end(why?: 'codec' | 'no-recorder'): void {
    if (this.#isDone) return;
    this.#isDone = true;
    void this.#context.close();
    this.#ports.done(why);
  }
}
