import { z } from 'zod';
import { assertNever } from '../../lib/assert-never.ts';
import type { WebhookSignature } from '../d360/signature.ts';
import { type NormaliseOptions, normaliseMetaWebhook, type Problem } from '../meta/webhook.ts';
import { Reader } from '../meta/webhook-reader.ts';
import type { HeldCallEvent } from './announced.ts';
import { endEvents, type PilotEvent } from './call-events.ts';
import { direction, duration, maybe, phone, problemsOf, text, time } from './fields.ts';

/** A secret exists, but neither header nor algorithm is documented (facts, section 6). */
export const pilotSignature: WebhookSignature = { scheme: 'none' };

const wrapped = z.looseObject({ event: maybe(z.string()), data: maybe(z.looseObject({})) });

/** Names beyond `event`, `status` and `duration` are not documented: every likely one is read (facts, section 6). */
const flatSchema = z.looseObject({
  callId: maybe(text),
  id: maybe(text),
  externalCallId: maybe(text),
  direction: maybe(direction),
  status: maybe(z.string().transform((value) => value.toUpperCase())),
  peerNumber: maybe(phone),
  from: maybe(phone),
  to: maybe(phone),
  duration: maybe(duration),
  durationSeconds: maybe(duration),
  timestamp: maybe(time),
  createdAt: maybe(time),
  connectedAt: maybe(time),
  endedAt: maybe(time),
  expiresAt: maybe(time),
  expirationTime: maybe(time),
  expiration_time: maybe(time),
});
type Flat = z.infer<typeof flatSchema>;

/**
 * Turns one webhook delivery of Pilot Status' into our events: the flat `call.*` events of every number, and for Meta
 * numbers the native envelope with its SDPs. Pure, and never throws; a body yields at least one event or problem.
 */
export function normalisePilotWebhook(
  body: unknown,
  options: NormaliseOptions,
): { events: readonly PilotEvent[]; problems: readonly Problem[] } {
  const reader = new Reader(options);
  const outer = reader.read(wrapped, body, '');
  if (!outer) return { events: [], problems: problemsOf(reader) };
  if ('entry' in outer) return normaliseMetaWebhook(body, options);
  const { event } = outer;
  const value = outer.data ?? outer;
  const path = outer.data ? 'data' : '';
  if (event === 'calls' || (event === undefined && ('calls' in value || 'statuses' in value))) {
    return native(value, path, options);
  }
  const events = event === undefined ? [] : readFlat(reader, event, value, path);
  if (event === undefined) reader.malformed('event', 'is missing');
  return { events, problems: problemsOf(reader) };
}

/** The value of one of Meta's changes, without the envelope around it. */
function native(
  value: unknown,
  path: string,
  options: NormaliseOptions,
): ReturnType<typeof normalisePilotWebhook> {
  const entry = [{ changes: [{ field: 'calls', value }] }];
  const { events, problems } = normaliseMetaWebhook({ entry }, options);
  const shorter = (at: string) => {
    const rest = at.replace(/^entry\[0\]\.changes\[0\]\.value\.?/, '');
    return path === '' || rest === '' ? path + rest : `${path}.${rest}`;
  };
  return { events, problems: problems.map((one) => ({ ...one, path: shorter(one.path) })) };
}

function readFlat(reader: Reader, name: string, value: unknown, path: string): PilotEvent[] {
  const event = name.toLowerCase();
  switch (event) {
    case 'call.ringing':
    case 'call.connected':
    case 'call.ended':
    case 'call.missed':
    case 'call.permission_updated':
      break;
    default:
      reader.unsupported('event', `event ${name} carries nothing about calls`);
      return [];
  }
  const flat = reader.read(flatSchema, value, path);
  if (!flat) return [];
  return event === 'call.permission_updated'
    ? readPermission(reader, flat, path)
    : readCall(reader, event, flat, path);
}

function readCall(
  reader: Reader,
  event: 'call.ringing' | 'call.connected' | 'call.ended' | 'call.missed',
  flat: Flat,
  path: string,
): PilotEvent[] {
  const pilotCallId = flat.callId ?? flat.id;
  // WhatsApp's id is the one that the native envelope of the same call has.
  const providerCallId = flat.externalCallId ?? pilotCallId;
  if (providerCallId === undefined) {
    reader.malformed(path, 'no id of the call');
    return [];
  }
  const ids = { providerCallId, pilotCallId };
  const one = (told: HeldCallEvent, what: string): PilotEvent[] => [
    { phoneNumberId: undefined, identity: `call.${what}:${providerCallId}`, ...ids, event: told },
  ];
  switch (event) {
    case 'call.ringing': {
      const at = reader.at(flat.timestamp ?? flat.createdAt, path);
      if (flat.direction === 'outbound') {
        return one({ kind: 'status', at, status: 'ringing' }, 'ringing');
      }
      if (flat.direction === undefined) {
        reader.malformed(`${path}.direction`, 'is missing; taken for a call of the customer’s');
      }
      const party = partyOf(reader, flat, path, 'inbound');
      return one({ kind: 'announced', at, party, direction: 'inbound' }, 'announced');
    }
    case 'call.connected': {
      const at = reader.at(flat.connectedAt ?? flat.timestamp ?? flat.createdAt, path);
      return one({ kind: 'status', at, status: 'accepted' }, 'accepted');
    }
    case 'call.ended':
    case 'call.missed': {
      const missed = event === 'call.missed';
      const side = missed ? 'inbound' : flat.direction;
      return endEvents({
        ...ids,
        direction: side,
        peer: partyOf(reader, flat, path, side).waId,
        status: missed ? 'MISSED' : statusOf(reader, flat, path),
        endedAt: reader.at(flat.endedAt ?? flat.timestamp ?? flat.createdAt, path),
        connectedAt: missed ? undefined : flat.connectedAt,
        durationSeconds: missed ? undefined : (flat.duration ?? flat.durationSeconds),
      });
    }
    default:
      return assertNever(event, 'event');
  }
}

function statusOf(reader: Reader, { status }: Flat, path: string): string {
  if (status === 'COMPLETED' || status === 'FAILED' || status === 'REJECTED') return status;
  reader.malformed(`${path}.status`, `unknown status ${status ?? 'none'}`);
  return status ?? '';
}

function partyOf(
  reader: Reader,
  flat: Flat,
  path: string,
  side: 'inbound' | 'outbound' | undefined,
): { waId?: string | undefined } {
  const named = side === 'outbound' ? flat.to : flat.from;
  const waId = flat.peerNumber ?? named;
  if (waId === undefined) reader.malformed(path, 'no number of the customer');
  return { waId };
}

function readPermission(reader: Reader, flat: Flat, path: string): PilotEvent[] {
  const { status } = flat;
  if (status !== 'NO_PERMISSION' && status !== 'TEMPORARY' && status !== 'PERMANENT') {
    reader.malformed(`${path}.status`, `unknown permission ${status ?? 'none'}`);
    return [];
  }
  const at = reader.at(flat.timestamp ?? flat.createdAt, path);
  const party = partyOf(reader, flat, path, 'inbound');
  const granted = status !== 'NO_PERMISSION';
  const permanent = status === 'PERMANENT';
  const expiresAt = flat.expiresAt ?? flat.expirationTime ?? flat.expiration_time;
  const identity = `call.permission:${party.waId ?? ''}:${status}:${at}`;
  return [
    {
      phoneNumberId: undefined,
      identity,
      event: { kind: 'permission', at, party, granted, permanent, expiresAt, source: 'user' },
    },
  ];
}
