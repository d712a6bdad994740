import { z } from 'zod';
import { personKey } from '../../lib/person-key.ts';
import { flag, maybe, person, problemsOf, text, time, word } from '../fields.ts';
import type { WebhookSignature } from '../signature.ts';
import {
  type Normalised,
  type NormaliseOptions,
  Reader,
  type UnassignedReport,
} from '../webhook.ts';
import { aboutCall, announcedEvent, endOf, zernioCall, zernioCallError } from './call-events.ts';

/**
 * Missing if the subscription has no secret; such a delivery must be rejected
 * (docs/providers/zernio.md#webhooks).
 */
export const zernioSignature: WebhookSignature = {
  header: 'x-zernio-signature',
  aliases: ['x-late-signature'],
};

const envelopeSchema = z.looseObject({
  id: maybe(text),
  event: word,
  timestamp: maybe(time),
  account: maybe(z.looseObject({ id: maybe(text), accountId: maybe(text) })),
  call: maybe(z.looseObject({})),
  permission: maybe(z.looseObject({})),
});
type Envelope = z.infer<typeof envelopeSchema>;

/** Beyond the fields of a call that is read. */
const failureSchema = z.looseObject({ failedAt: maybe(time), error: z.unknown().optional() });

const permissionSchema = z.looseObject({
  from: maybe(person),
  response: word,
  isPermanent: maybe(flag),
  expirationTimestamp: maybe(time),
  responseSource: maybe(word),
});

/**
 * Converts one of Zernio's webhook deliveries to our events (docs/providers/zernio.md#webhooks).
 * Pure, and never throws.
 */
export function normaliseZernioWebhook(body: unknown, options: NormaliseOptions): Normalised {
  const reader = new Reader(options);
  const envelope = reader.read(envelopeSchema, body, '');
  const events = envelope ? readEnvelope(reader, envelope) : [];
  return { events, problems: problemsOf(reader) };
}

function readEnvelope(reader: Reader, envelope: Envelope): UnassignedReport[] {
  switch (envelope.event) {
    case 'call.received':
    case 'call.ended':
    case 'call.failed':
      return readCall(reader, envelope);
    case 'call.permission_request':
      return readPermission(reader, envelope);
    default:
      reader.unsupported('event', `nothing is done with event ${envelope.event}`);
      return [];
  }
}

function readCall(reader: Reader, envelope: Envelope): UnassignedReport[] {
  const call = reader.read(zernioCall, envelope.call, 'call');
  if (!call) return [];
  const accountId = call.accountId ?? accountOf(envelope);
  const known = { ...call, accountId };
  if (known.direction === undefined) reader.malformed('call.direction', 'is missing or unknown');
  else if ((known.direction === 'inbound' ? known.from : known.to) === undefined) {
    reader.malformed('call', 'no number of the customer');
  }
  switch (envelope.event) {
    case 'call.received': {
      const announced = announcedEvent(known, known.startedAt ?? reader.at(envelope.timestamp, ''));
      return aboutCall(known, announced ? [announced] : []);
    }
    case 'call.failed': {
      const failure = reader.read(failureSchema, envelope.call, 'call');
      const at = failure?.failedAt ?? reader.at(envelope.timestamp, '');
      const errors = failure?.error === undefined ? [] : [zernioCallError(failure.error)];
      const failed = { ...known, status: 'failed', callErrors: [...known.callErrors, ...errors] };
      return aboutCall(failed, endOf(failed, at));
    }
    default:
      return aboutCall(known, endOf(known, known.endedAt ?? reader.at(envelope.timestamp, '')));
  }
}

/** The customer's answer to a request, despite the event's name. */
function readPermission(reader: Reader, envelope: Envelope): UnassignedReport[] {
  const payload = reader.read(permissionSchema, envelope.permission, 'permission');
  if (!payload) return [];
  const { response, from, expirationTimestamp: expiresAt } = payload;
  if (response !== 'accept' && response !== 'reject') {
    reader.malformed('permission.response', `unknown response ${response}`);
    return [];
  }
  if (from === undefined) reader.malformed('permission.from', 'no number of the customer');
  const at = reader.at(envelope.timestamp, '');
  return [
    {
      numberId: accountOf(envelope),
      identity: `call.permission:${envelope.id ?? `${personKey(from ?? {}) ?? ''}:${at}`}:${response}`,
      event: {
        kind: 'permission',
        at,
        party: from ?? {},
        granted: response === 'accept',
        permanent: payload.isPermanent === true,
        ...(expiresAt !== undefined && { expiresAt }),
        source: payload.responseSource === 'automatic' ? 'automatic' : 'user',
      },
    },
  ];
}

/**
 * Zernio does not say which of the envelope's two ids requests take; the one with that name is
 * preferred.
 */
function accountOf({ account }: Envelope): string | undefined {
  return account?.accountId ?? account?.id;
}
