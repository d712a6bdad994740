import type { RawData } from 'ws';

/** While this many bytes are unsent, further audio is dropped: late audio is of no use. */
const UNSENT_BYTES = 64 * 1024;

/** Whether a connection takes audio now. */
export const takesAudio = (
  socket: Pick<AudioSocket, 'readyState' | 'OPEN' | 'bufferedAmount'>,
): boolean => socket.readyState === socket.OPEN && socket.bufferedAmount <= UNSENT_BYTES;

/** An agent's connection for a call's audio: a WebSocket here, or one at another node. */
export interface AudioSocket {
  readonly readyState: number;
  readonly OPEN: number;
  /** Bytes that the network has not taken yet. */
  readonly bufferedAmount: number;
  send(pcm16: Buffer): void;
  ping(): void;
  close(code?: number): void;
  terminate(): void;
  on(event: 'message', listener: (data: RawData, binary: boolean) => void): unknown;
  on(event: 'pong' | 'close', listener: () => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
}

/** The audio of a call at another node. */
export interface RemoteAudio extends AudioSocket {
  /** Answers a `ping`. */
  pong(): void;
  on(event: 'message', listener: (data: Buffer, binary: boolean) => void): unknown;
  on(event: 'ping' | 'pong' | 'close', listener: () => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
}
