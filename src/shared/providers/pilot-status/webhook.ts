import { z } from 'zod';
import { personKey } from '../../lib/person-key.ts';
import { assertNever } from '../../lib/assert-never.ts';
import type { Party, ProviderEvent } from '../events.ts';
import { normaliseMetaWebhook } from '../meta/webhook.ts';
import {
  type Normalised,
  type NormaliseOptions,
  Reader,
  type UnassignedReport,
} from '../webhook.ts';
import { endEvents } from './call-events.ts';
import { direction, duration, maybe, person, problemsOf, text, time } from '../fields.ts';
import { messageEvents, readMessageEvent } from './webhook-messages.ts';

/** How its parts are wrapped is undocumented, so every likely way is read. */
const wrapped = z.looseObject({
  event: maybe(z.string()),
  data: maybe(z.looseObject({})),
  payload: maybe(z.looseObject({})),
});
const change = z.looseObject({ value: z.looseObject({}) });

/**
 * Names other than `event`, `status` and `duration` are undocumented, so every likely one is read
 * (docs/providers/pilot-status.md#webhooks).
 */
const flatSchema = z.looseObject({
  callId: maybe(text),
  id: maybe(text),
  externalCallId: maybe(text),
  direction: maybe(direction),
  status: maybe(z.string().transform((value) => value.toUpperCase())),
  peerNumber: maybe(person),
  from: maybe(person),
  to: maybe(person),
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
 * Converts one of Pilot Status' webhook deliveries to our events: the flat `call.*` and wrapped
 * `message.*` events of every number, and for Meta numbers the native envelope with its SDPs. Pure,
 * and never throws; every body yields at least one event or problem.
 *
 * A signing secret exists, but its header and algorithm are undocumented
 * (docs/providers/pilot-status.md#webhooks), so the relay puts its own secret into the webhook's
 * URL.
 */
export function normalisePilotWebhook(body: unknown, options: NormaliseOptions): Normalised {
  const reader = new Reader(options);
  const outer = reader.read(wrapped, body, '');
  if (!outer) return { events: [], problems: problemsOf(reader) };
  const { event } = outer;
  const inner = outer.data ?? outer.payload;
  const value = inner ?? outer;
  if ('entry' in value) return normaliseMetaWebhook(value, options);
  const path = outer.data ? 'data' : inner ? 'payload' : '';
  if (
    event?.trim().toLowerCase() === 'calls' ||
    (event === undefined && ('calls' in value || 'statuses' in value))
  ) {
    return native(change.safeParse(value).data?.value ?? value, path, options);
  }
  const events = event === undefined ? [] : readNamed(reader, event, value, path);
  if (event === undefined) reader.malformed('event', 'is missing');
  return { events, problems: problemsOf(reader) };
}

/** The value of one of Meta's changes without its envelope. */
function native(value: unknown, path: string, options: NormaliseOptions): Normalised {
  const entry = [{ changes: [{ field: 'calls', value }] }];
  const { events, problems } = normaliseMetaWebhook({ entry }, options);
  const shorter = (at: string) => {
    const rest = at.replace(/^entry\[0\]\.changes\[0\]\.value\.?/, '');
    return path === '' || rest === '' ? path + rest : `${path}.${rest}`;
  };
  return { events, problems: problems.map((one) => ({ ...one, path: shorter(one.path) })) };
}

function readNamed(
  reader: Reader,
  name: string,
  value: Readonly<Record<string, unknown>>,
  path: string,
): UnassignedReport[] {
  const event = name.trim().toLowerCase();
  const message = messageEvents.find((one) => one === event);
  if (message) return readMessageEvent(reader, message, value, path);
  switch (event) {
    case 'call.ringing':
    case 'call.connected':
    case 'call.ended':
    case 'call.missed':
    case 'call.permission_updated':
      break;
    default:
      reader.unsupported('event', `nothing is done with event ${name}`);
      return [];
  }
  const part = event === 'call.permission_updated' ? 'permission' : 'call';
  const inner = value[part];
  const fields = { ...value, ...(typeof inner === 'object' && inner) };
  const flat = reader.read(flatSchema, fields, path);
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
): UnassignedReport[] {
  const secondaryId = flat.callId ?? flat.id;
  // The native envelope of the same call has WhatsApp's id too.
  const providerCallId = flat.externalCallId ?? secondaryId;
  if (providerCallId === undefined) {
    reader.malformed(path, 'no id of the call');
    return [];
  }
  const ids = { providerCallId, secondaryId };
  const one = (event: ProviderEvent, what: string): UnassignedReport[] => [
    { numberId: undefined, identity: `call.${what}:${providerCallId}`, ...ids, event },
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
        party: partyOf(reader, flat, path, side),
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
): Party {
  const named = side === 'outbound' ? flat.to : flat.from;
  const party = flat.peerNumber ?? named;
  if (party === undefined) reader.malformed(path, 'no number of the customer');
  return party ?? {};
}

function readPermission(reader: Reader, flat: Flat, path: string): UnassignedReport[] {
  const { status } = flat;
  if (status !== 'NO_PERMISSION' && status !== 'TEMPORARY' && status !== 'PERMANENT') {
    reader.malformed(`${path}.status`, `unknown permission ${status ?? 'none'}`);
    return [];
  }
  const at = reader.at(flat.timestamp ?? flat.createdAt, path);
  const party = partyOf(reader, { ...flat, from: flat.from ?? flat.to }, path, 'inbound');
  const granted = status !== 'NO_PERMISSION';
  const permanent = status === 'PERMANENT';
  const expiresAt = flat.expiresAt ?? flat.expirationTime ?? flat.expiration_time;
  const identity = `call.permission:${personKey(party) ?? ''}:${status}:${at}`;
  return [
    {
      numberId: undefined,
      identity,
      event: { kind: 'permission', at, party, granted, permanent, expiresAt, source: 'user' },
    },
  ];
}
