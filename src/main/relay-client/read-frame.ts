import type { RawData } from 'ws';
import { z } from 'zod';
import { fromRelay, type FromRelayFrame } from '../../shared/protocol/frames.ts';

const entryPlace = z.object({
  type: z.literal('entry'),
  cursor: z.number().int().positive(),
  at: z.number().int().nonnegative(),
  body: z.object({ type: z.string() }),
});

const known: ReadonlySet<string> = new Set(fromRelay.options.map(({ shape }) => shape.type.value));
const typed = z.object({ type: z.string() });

/** @returns `unknown` for a frame of a later version, undefined for what is no frame at all. Never throws. */
export function readFrame(data: RawData): FromRelayFrame | 'unknown' | undefined {
  try {
    const text = Array.isArray(data) ? Buffer.concat(data).toString() : Buffer.from(toBytes(data));
    const frame: unknown = JSON.parse(text.toString('utf8'));
    return fromRelay.safeParse(frame).data ?? unreadable(frame) ?? unknown(frame);
  } catch {
    return undefined;
  }
}

/** An entry of an unknown kind would be sent again and again, so it is skipped. */
function unreadable(frame: unknown): FromRelayFrame | undefined {
  const { data } = entryPlace.safeParse(frame);
  return data && { type: 'entry', cursor: data.cursor, at: data.at, body: { type: 'unreadable' } };
}

function unknown(frame: unknown): 'unknown' | undefined {
  const { data } = typed.safeParse(frame);
  return data && !known.has(data.type) ? 'unknown' : undefined;
}

function toBytes(data: Buffer | ArrayBuffer): Uint8Array {
  return data instanceof ArrayBuffer ? new Uint8Array(data) : data;
}
