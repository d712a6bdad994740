import type { WebSocket } from 'ws';
import { even, readProviderFrame, writeProviderFrame, type StreamFormat } from './frames.ts';

/** Frames that have not left after this much of them are not followed by more, in bytes: about a second of sound. */
const UNSENT_BYTES = 64 * 1024;

export interface ProviderStreamListener {
  /** The stream named its call; `callIds` are what it may be called at the provider. */
  onNamed(callIds: readonly string[]): void;
  /** Sound of the customer: PCM16 little-endian. */
  onSound(pcm16: Buffer): void;
  /** Once: the provider has ended the stream, or it was closed. */
  onClosed(): void;
}

/** One call's sound at the provider's end. */
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

  /** Of the sound, Hz; G.711 has but one. */
  get sampleRate(): number {
    const { codec, sampleRate } = this.#format;
    return codec === 'PCMU' || codec === 'PCMA' ? 8_000 : sampleRate;
  }

  get figures(): { received: number; sent: number } {
    return { received: this.#received, sent: this.#sent };
  }

  /** Sound of the agent. What the network does not take is dropped rather than kept for later. */
  say(pcm16: Buffer): void {
    const socket = this.#socket;
    if (socket.readyState !== socket.OPEN || socket.bufferedAmount > UNSENT_BYTES) return;
    const sound = even(pcm16);
    if (sound.length === 0) return;
    this.#sent++;
    socket.send(writeProviderFrame(sound, this.#format));
  }

  /** Ends the stream, and with it the call at the provider: there is no other way to hang up. */
  close(): void {
    this.#socket.close(1000);
  }

  #receive(data: Buffer, binary: boolean, listener: ProviderStreamListener): void {
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
