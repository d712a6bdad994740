export interface TrackRecorderPorts {
  chunk(atMs: number, bytes: Uint8Array<ArrayBuffer>): void;
  failed(): void;
}

const TYPE = 'audio/webm;codecs=opus';
/** Speech, mono. */
const BITS_PER_SECOND = 32_000;
/** What dies with this window is at most this long, in ms. */
const SLICE_MS = 500;

/** One voice as a WebM file that grows. */
export class TrackRecorder {
  readonly #ports: TrackRecorderPorts;
  readonly #context: AudioContext;
  readonly #gain: GainNode;
  readonly #recorder: MediaRecorder;
  readonly #startedMs: number;
  #chunkFromMs = 0;
  #source: MediaStreamAudioSourceNode | undefined;
  #track: MediaStreamTrack | undefined;
  /** Chunks are read one after the other. */
  #reading: Promise<void> = Promise.resolve();

  /** Throws where the browser cannot record. */
  constructor(context: AudioContext, ports: TrackRecorderPorts) {
    this.#context = context;
    this.#ports = ports;
    const destination = new MediaStreamAudioDestinationNode(context, { channelCount: 1 });
    this.#gain = new GainNode(context);
    this.#gain.connect(destination);
    this.#recorder = new MediaRecorder(destination.stream, {
      mimeType: TYPE,
      audioBitsPerSecond: BITS_PER_SECOND,
    });
    this.#recorder.addEventListener('dataavailable', ({ data }) => this.#take(data));
    this.#recorder.addEventListener('error', () => ports.failed());
    this.#recorder.start(SLICE_MS);
    this.#startedMs = performance.now();
  }

  /** Whose voice it is from now on; undefined for silence. */
  use(track: MediaStreamTrack | undefined): void {
    if (track === this.#track) return;
    this.#source?.disconnect();
    this.#track = track;
    this.#source = track && this.#context.createMediaStreamSource(new MediaStream([track]));
    this.#source?.connect(this.#gain);
  }

  pause(paused: boolean): void {
    // At once: a ramp would let a digit through.
    this.#gain.gain.value = paused ? 0 : 1;
  }

  /** Resolves when the last chunk was handed over. */
  async stop(): Promise<void> {
    if (this.#recorder.state !== 'inactive') {
      await new Promise<void>((resolve) => {
        this.#recorder.addEventListener('stop', () => resolve());
        this.#recorder.stop();
      });
    }
    await this.#reading;
    this.#source?.disconnect();
  }

  #take(data: Blob): void {
    const atMs = this.#chunkFromMs;
    this.#chunkFromMs = performance.now() - this.#startedMs;
    if (data.size === 0) return;
    this.#reading = this.#read(this.#reading, atMs, data);
  }

  async #read(before: Promise<void>, atMs: number, data: Blob): Promise<void> {
    await before;
    this.#ports.chunk(atMs, new Uint8Array(await data.arrayBuffer()));
  }
}
