import type { WebSocket } from 'ws';
import { takesAudio } from './audio-socket.ts';
import { even, readProviderFrame, writeProviderFrame, type StreamFormat } from './frames.ts';

export interface ProviderStreamListener {
  /** The stream named its call; `callIds` are ids by which the provider may know it. */
  onNamed(callIds: readonly string[]): void;
  /** The customer's audio: PCM16 little-endian. */
  onSound(pcm16: Buffer): void;
  /** Once: the provider has ended the stream, or it was closed. */
  onClosed(): void;
}

/** The provider's end of one call's audio. */
export class ProviderStream {
  readonly accountId: string;
  readonly #socket: WebSocket;
  #format: StreamFormat;
  #received = 0;
  #sent = 0;

  constructor(
    accountId: string,
    socket: WebSocket,
    format: StreamFormat,
    listener: ProviderStreamListener,
  ) {
    this.accountId = accountId;
    this.#socket = socket;
    this.#format = format;
    socket.on('message', (data, binary) => {
      if (Buffer.isBuffer(data)) this.#receive(data, binary, listener);
    });
    socket.on('error', () => undefined);
    socket.on('close', () => listener.onClosed());
  }

  /** Sample rate, Hz; fixed for G.711. */
  get sampleRate(): number {
    const { codec, sampleRate } = this.#format;
    return codec === 'PCMU' || codec === 'PCMA' ? 8_000 : sampleRate;
  }

  get figures(): { received: number; sent: number } {
    return { received: this.#received, sent: this.#sent };
  }

  /** Sends the agent's audio. What the network cannot take is dropped rather than delayed. */
  say(pcm16: Buffer): void {
    const socket = this.#socket;
    if (!takesAudio(socket)) return;
    const sound = even(pcm16);
    if (sound.length === 0) return;
    this.#sent++;
    socket.send(writeProviderFrame(sound, this.#format));
  }

  /** Closes the stream, which ends the call at the provider: there is no other way to hang up. */
  close(): void {
    this.#socket.close(1000);
  }

  #receive(data: Buffer, binary: boolean, listener: ProviderStreamListener): void {
    // What was on its way when it was closed would join its call once more.
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    const frame = readProviderFrame(data, binary, this.#format.codec);
    switch (frame.kind) {
      case 'sound':
        this.#received++;
        return listener.onSound(frame.pcm16);
      case 'start': {
        const { codec = this.#format.codec, sampleRate = this.#format.sampleRate } = frame;
        this.#format = { ...this.#format, codec, sampleRate };
        return listener.onNamed(frame.callIds);
      }
      case 'stop':
        return this.close();
      case 'other':
        return undefined;
    }
  }
}
