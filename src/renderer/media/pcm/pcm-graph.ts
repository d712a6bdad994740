// oxlint-disable-next-line import/default -- Vite makes this module of the worklet
import workletUrl from './worklet.ts?worker&url';
import type { FromWorklet, WorkletFormat } from './worklet.ts';

/** A multiple of every telephony rate; Chromium converts to the device's rate. */
const CONTEXT_RATE = 48_000;

/** The Web Audio graph of one call: microphone, worklet and a playable track. */
export class PcmGraph {
  /** The customer's voice. */
  readonly voice: MediaStreamTrack;
  readonly #context: AudioContext;
  readonly #node: AudioWorkletNode;
  #source: MediaStreamAudioSourceNode | undefined;

  private constructor(
    context: AudioContext,
    format: WorkletFormat,
    listener: (message: FromWorklet) => void,
  ) {
    this.#context = context;
    this.#node = new AudioWorkletNode(context, 'pcm-call', {
      outputChannelCount: [1],
      channelCount: 1,
      channelCountMode: 'explicit',
      processorOptions: format,
    });
    const { port } = this.#node;
    port.addEventListener('message', ({ data }: MessageEvent<FromWorklet>) => listener(data));
    port.start();
    const destination = new MediaStreamAudioDestinationNode(context, { channelCount: 1 });
    this.#node.connect(destination);
    const [voice] = destination.stream.getAudioTracks();
    if (!voice) throw new Error('no track to play');
    this.voice = voice;
  }

  /** Rejects when the worklet cannot be loaded. */
  static async open(
    format: WorkletFormat,
    listener: (message: FromWorklet) => void,
  ): Promise<PcmGraph> {
    const context = new AudioContext({ sampleRate: CONTEXT_RATE, latencyHint: 'interactive' });
    try {
      await context.audioWorklet.addModule(workletUrl);
      return new PcmGraph(context, format, listener);
    } catch (error) {
      await context.close();
      throw error;
    }
  }

  /** Sets the microphone; undefined sends silence. */
  speak(microphone: MediaStreamTrack | undefined): void {
    this.#source?.disconnect();
    this.#source =
      microphone && this.#context.createMediaStreamSource(new MediaStream([microphone]));
    this.#source?.connect(this.#node);
  }

  /** Plays a frame of the customer's voice. */
  play(frame: Uint8Array): void {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port has no origin
    this.#node.port.postMessage(frame);
  }

  close(): void {
    this.#source?.disconnect();
    this.voice.stop();
    this.#node.port.close();
    void this.#context.close();
  }
}
