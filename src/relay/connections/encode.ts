import { MAX_FRAME_BYTES, type FromRelayFrame } from '../../shared/protocol/frames.ts';
import type { LogEntry } from '../store/store.ts';
import { textFrame } from './text-frame.ts';

/**
 * A frame ready to be written; undefined if it is so large that a console would close the
 * connection.
 */
export function encodeFrame(frame: FromRelayFrame): Buffer | undefined {
  const text = JSON.stringify(frame);
  return Buffer.byteLength(text) <= MAX_FRAME_BYTES ? textFrame(text) : undefined;
}

/** An entry ready to be written. An oversized one is replaced by an `unreadable` entry. */
export function encodeEntry({ cursor, at, body }: LogEntry): Buffer {
  const unreadable: FromRelayFrame = { type: 'entry', cursor, at, body: { type: 'unreadable' } };
  return encodeFrame({ type: 'entry', cursor, at, body }) ?? textFrame(JSON.stringify(unreadable));
}
