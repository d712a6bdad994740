import { z } from 'zod';
import { assertNever } from '../../src/shared/lib/assert-never.ts';
import type { LogBody } from '../../src/shared/protocol/log-entry.ts';
import type { BusinessNumber } from './fleet.ts';

/**
 * A webhook's facts as short texts that can be compared with log entries. This reader is
 * independent of the relay's, so that a fact that the relay overlooks is noticed.
 */

const text = z.string();
const cloudValue = z.looseObject({
  calls: z
    .array(z.looseObject({ id: text, event: text, session: z.unknown().optional() }))
    .optional(),
  statuses: z.array(z.looseObject({ id: text, type: text.optional(), status: text })).optional(),
  messages: z.array(z.looseObject({ id: text, type: text, from: text.optional() })).optional(),
});
const cloud = z.looseObject({
  entry: z.array(z.looseObject({ changes: z.array(z.looseObject({ value: cloudValue })) })),
});
const session = z.looseObject({ sdp_type: z.enum(['offer', 'answer']) });

const pilot = z.looseObject({
  event: text,
  externalCallId: text.optional(),
  peerNumber: text.nullish(),
  direction: text.optional(),
  data: z.looseObject({ messageId: text.optional() }).optional(),
});
/** Of an official number: the value of one of Meta's changes. */
const native = z.looseObject({ event: z.literal('calls'), data: cloudValue });

const zernio = z.looseObject({
  event: text,
  call: z.looseObject({ id: text }).optional(),
  permission: z.looseObject({ from: text.nullish() }).optional(),
});

const callFact = (id: string, kind: string) => `call ${id} ${kind}`;
const messageFact = (id: string, status = 'written') => `message ${id} ${status}`;
/** Not every provider gives permission replies an id. */
const permissionFact = (waId: string | undefined) =>
  `permission ${waId?.replaceAll(/\D/g, '') ?? ''}`;

/** The facts in a webhook's body. Throws if it has none, since this reader must then be wrong. */
export function factsOf(provider: BusinessNumber['provider'], body: string): string[] {
  const json: unknown = JSON.parse(body);
  const facts = readers[provider](json);
  if (facts.length === 0) throw new Error(`a webhook of ${provider} that tells nothing: ${body}`);
  return facts;
}

const readers: Record<BusinessNumber['provider'], (body: unknown) => string[]> = {
  meta: cloudFacts,
  d360: cloudFacts,
  'pilot-meta': (body) => {
    const { data: value } = native.safeParse(body).data ?? {};
    return value ? factsOfChange(value) : pilotFacts(body);
  },
  'pilot-web': pilotFacts,
  zernio: zernioFacts,
};

function cloudFacts(body: unknown): string[] {
  const changes = cloud.parse(body).entry.flatMap((entry) => entry.changes);
  return changes.flatMap(({ value }) => factsOfChange(value));
}

function factsOfChange({ calls = [], statuses = [], messages = [] }: z.infer<typeof cloudValue>) {
  return [
    ...calls.map(({ id, event, session: sdp }) =>
      callFact(id, event === 'terminate' ? 'terminated' : session.parse(sdp).sdp_type),
    ),
    ...statuses.map(({ id, type, status }) =>
      type === 'call' ? callFact(id, status.toLowerCase()) : messageFact(id, status),
    ),
    ...messages.map(({ id, type, from }) =>
      type === 'interactive' ? permissionFact(from) : messageFact(id),
    ),
  ];
}

function pilotFacts(body: unknown): string[] {
  const { event, externalCallId = '', peerNumber, direction, data } = pilot.parse(body);
  switch (event) {
    case 'call.ringing':
      return [callFact(externalCallId, direction === 'outbound' ? 'ringing' : 'announced')];
    case 'call.connected':
      return [callFact(externalCallId, 'accepted')];
    case 'call.ended':
    case 'call.missed':
      return [callFact(externalCallId, 'terminated')];
    case 'call.permission_updated':
      return [permissionFact(peerNumber ?? undefined)];
    case 'message.received':
      return [messageFact(data?.messageId ?? '')];
    default:
      return [];
  }
}

function zernioFacts(body: unknown): string[] {
  const { event, call, permission } = zernio.parse(body);
  switch (event) {
    case 'call.received':
      return [callFact(call?.id ?? '', 'announced')];
    case 'call.ended':
    case 'call.failed':
      return [callFact(call?.id ?? '', 'terminated')];
    case 'call.permission_request':
      return [permissionFact(permission?.from ?? undefined)];
    default:
      return [];
  }
}

/** The facts in a log entry; none if it does not come from a provider. */
export function factsOfEntry(body: LogBody): string[] {
  if (body.type !== 'provider') return [];
  const { event, providerCallId, secondaryId } = body;
  const ids = [providerCallId, secondaryId].filter((id) => id !== undefined);
  switch (event.kind) {
    case 'offer':
    case 'answer':
    case 'announced':
    case 'terminated':
      return ids.map((id) => callFact(id, event.kind));
    case 'status':
      return ids.map((id) => callFact(id, event.status));
    case 'message':
      return [messageFact(event.messageId)];
    case 'message-status':
      return [messageFact(event.messageId, event.status)];
    case 'permission':
      return [permissionFact(event.party.waId)];
    case 'recording':
    case 'moved':
    case 'number':
      return [];
    default:
      return assertNever(event, 'event');
  }
}
