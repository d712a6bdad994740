import type { Reader } from '../webhook.ts';
import { findSdp } from './sdp.ts';
import { readCalls } from './webhook-calls.ts';
import { valueSchema } from './webhook-schema.ts';

/** Limits of the search, in depth and in values: it must stay cheap whatever is sent. */
const DEPTH = 14;
const VALUES = 20_000;

/**
 * Fields about other responders' conversations, whose calls are not ours to answer
 * (docs/providers/meta.md#conversation-routing).
 */
const NOT_OURS = new Set(['standby', 'messaging_handovers', 'smb_message_echoes', 'history']);

/**
 * Safety net below the documented places: an inbound call must ring even in a malformed delivery,
 * and stop ringing. Reads every object that connects a call (an id, an SDP and no other event) or
 * ends it and was not read already, with the nearest `metadata` and `contacts` around it.
 */
export function readLostCalls(reader: Reader, body: unknown): void {
  const budget = { left: VALUES };
  search(reader, body, '', {}, DEPTH, budget);
}

function search(
  reader: Reader,
  value: unknown,
  path: string,
  around: Around,
  depth: number,
  budget: { left: number },
): void {
  if (typeof value !== 'object' || value === null || depth < 0 || budget.left-- <= 0) return;
  if ('field' in value && typeof value.field === 'string' && NOT_OURS.has(value.field)) return;
  const inside = within(around, value);
  if ('id' in value && isLost(reader, { ...value })) {
    const found = reader.read(valueSchema, { ...inside, calls: [value] }, path);
    reader.malformed(path, 'a call where none is expected');
    if (found) return readCalls(reader, found, path, undefined);
  }
  for (const [name, child] of Object.entries(value)) {
    if (typeof child !== 'object') continue;
    const at = path === '' ? name : `${path}.${name}`;
    search(reader, child, at, inside, depth - 1, budget);
  }
}

/** The nearest of each around a value. */
interface Around {
  metadata?: unknown;
  contacts?: unknown;
}

function within(around: Around, value: object): Around {
  const { metadata, contacts }: Around = value;
  if (metadata === undefined && contacts === undefined) return around;
  return {
    ...around,
    ...(metadata !== undefined && { metadata }),
    ...(contacts !== undefined && { contacts }),
  };
}

function isLost(reader: Reader, call: Record<string, unknown>): boolean {
  const id = String(call['id']);
  if (endsCall(call)) return !reader.has(id, 'terminated');
  return connects(call) && !reader.has(id, 'offer', 'answer');
}

function endsCall({ id, event }: Record<string, unknown>): boolean {
  if (typeof id !== 'number' && (typeof id !== 'string' || id === '')) return false;
  return typeof event === 'string' && /^\s*terminate\s*$/i.test(event);
}

/** A call itself: an object that merely contains one has no SDP where a call has it. */
function connects({ id, event, session, connection, sdp, ...rest }: Record<string, unknown>) {
  if (typeof id !== 'number' && (typeof id !== 'string' || id === '')) return false;
  if (typeof event === 'string' && !/^\s*(connect)?\s*$/i.test(event)) return false;
  if (findSdp({ session, connection, sdp })) return true;
  const isCall = typeof event === 'string' || 'direction' in rest || 'from' in rest || 'to' in rest;
  return isCall && findSdp(rest) !== undefined;
}
