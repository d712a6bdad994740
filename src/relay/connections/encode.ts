import { MAX_FRAME_BYTES, type FromRelayFrame } from '../../shared/protocol/frames.ts';
import type { LogEntry } from '../store/store.ts';
import { PROTOCOL_VERSION } from '../../shared/protocol/versions.ts';
import { SharedFrame } from './shared-frame.ts';
import { LONGEST_HEAD, textFrame } from './text-frame.ts';

const LARGEST_ENCODED = MAX_FRAME_BYTES + LONGEST_HEAD;

/**
 * A frame ready to be written; undefined if it is so large that a console would close the
 * connection.
 */
export function encodeFrame(frame: FromRelayFrame): Buffer | undefined {
  const text = JSON.stringify(frame);
  return Buffer.byteLength(text) <= MAX_FRAME_BYTES ? textFrame(text) : undefined;
}

/** An entry for many consoles. An oversized one is replaced by an `unreadable` entry. */
export function shareEntry({ cursor, at, body }: LogEntry): SharedFrame {
  const shared = new SharedFrame({ type: 'entry', cursor, at, body });
  if (shared.bytes(PROTOCOL_VERSION).length <= LARGEST_ENCODED) return shared;
  return new SharedFrame({ type: 'entry', cursor, at, body: { type: 'unreadable' } });
}
