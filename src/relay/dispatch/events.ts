import { createHash } from 'node:crypto';
import { assertNever } from '../../shared/lib/assert-never.ts';
import type { Agent } from '../../shared/protocol/agent.ts';
import type { LogBody, ProviderEntry } from '../../shared/protocol/log-entry.ts';
import { isVoicemail, type CallTerminated, type Party } from '../../shared/providers/events.ts';
import type { DispatchType } from '../../shared/protocol/dispatch-types.ts';
import type { LogEntry } from '../store/store.ts';
import type { NewDispatch } from '../store/dispatch-store.ts';

/** The version of the bodies; fields may be added to one, none is changed or removed. */
const VERSION = 1;

/** What was told of a call before, oldest first. */
type Told = readonly Pick<NewDispatch, 'type' | 'body'>[];

interface Context {
  workspace: string;
  /** Identifies the log. */
  epoch: string;
  /** What was told of a call before. */
  toldOf: (call: string) => Promise<Told>;
}

/** What a body says of a call; docs/relay/webhooks.md has the table. */
interface Data {
  direction?: 'inbound' | 'outbound' | undefined;
  customer?: Customer | undefined;
  agent?: Agent | undefined;
  [field: string]: unknown;
}

interface Customer {
  phone?: string | undefined;
  userId?: string | undefined;
  name?: string | undefined;
  username?: string | undefined;
}

interface Happened {
  type: DispatchType;
  callId: string;
  /** Unix ms. */
  at: number;
  data: Data;
  /** Distinguishes several of this type and call; missing: there is one. */
  which?: string | undefined;
}

/**
 * What an entry of the log means for other systems. The ids follow from the entry, so that every
 * node and every repetition makes the same.
 */
export async function dispatchesOf(
  { cursor, at, accountId, body }: LogEntry,
  { workspace, epoch, toldOf }: Context,
): Promise<readonly NewDispatch[]> {
  if (accountId === undefined) return [];
  const callId = callOf(body, accountId);
  if (callId === undefined) return [];
  const call = `${accountId}/${callId}`;
  const happened = happenedIn(body, { at, cursor, callId, before: beforeOf(await toldOf(call)) });
  return happened.map(({ type, at: when, data, which = '' }) => ({
    id: idOf(epoch, call, type, which),
    cursor,
    call,
    type,
    at,
    body: JSON.stringify({
      type,
      timestamp: new Date(when).toISOString(),
      version: VERSION,
      data: { workspace, number: accountId, callId, ...data },
    }),
  }));
}

/** The provider's id of the call that an entry is about. */
function callOf(body: LogBody, accountId: string): string | undefined {
  switch (body.type) {
    case 'provider': {
      const { event, providerCallId } = body;
      return event.kind === 'message' && isVoicemail(event) ? event.messageId : providerCallId;
    }
    case 'noted':
    case 'placed':
      return body.providerCallId;
    case 'claimed': {
      // An offer to a teammate, and a call that an agent places, have ids of other forms.
      const { callId } = body;
      return callId.startsWith(`${accountId}/`) ? callId.slice(accountId.length + 1) : undefined;
    }
    default:
      return undefined;
  }
}

interface Before {
  direction?: Data['direction'];
  customer?: Customer | undefined;
  agent?: Agent | undefined;
  isAnswered: boolean;
  hasVoicemail: boolean;
  isOver: boolean;
}

/** What earlier bodies say of a call, because later entries name only its id. */
function beforeOf(told: Told): Before {
  const before: Before = { isAnswered: false, hasVoicemail: false, isOver: false };
  for (const { type, body } of told) {
    // Only `dispatchesOf` writes them.
    const { data }: { data: Data } = JSON.parse(body);
    before.direction ??= data.direction;
    before.customer ??= data.customer;
    // Whoever placed it, or took it last.
    if (type === 'call.ringing' || type === 'call.answered') {
      before.agent = data.agent ?? before.agent;
    }
    if (type === 'call.answered') before.isAnswered = true;
    if (type === 'call.ended') before.isOver = true;
    if (type === 'call.voicemail') before.hasVoicemail = true;
  }
  return before;
}

interface Entry {
  at: number;
  cursor: number;
  callId: string;
  before: Before;
}

function happenedIn(body: LogBody, entry: Entry): readonly Happened[] {
  const { at, cursor, callId, before } = entry;
  const { direction, customer } = before;
  switch (body.type) {
    case 'provider':
      return reported(body.event, entry);
    case 'claimed': {
      const data = { direction: direction ?? 'inbound', customer, agent: body.by } as const;
      return [{ type: 'call.answered', callId, at, data, which: body.by.id }];
    }
    case 'placed': {
      // A console that was cut off tells late.
      if (before.isOver) return [];
      const data = {
        direction: 'outbound',
        customer: customerOf(body.party),
        agent: body.by,
      } as const;
      return [{ type: 'call.ringing', callId, at, data }];
    }
    case 'noted': {
      const { by: agent, party, text, disposition: outcome, tags = [], callbackAt } = body;
      const callBackAt = callbackAt === undefined ? undefined : new Date(callbackAt).toISOString();
      const data = {
        direction,
        customer: customerOf(party),
        agent,
        text,
        outcome,
        tags,
        callBackAt,
      };
      return [{ type: 'call.noted', callId, at: body.at, data, which: String(cursor) }];
    }
    default:
      return [];
  }
}

function reported(event: ProviderEntry['event'], { callId, before }: Entry): readonly Happened[] {
  const { kind, at } = event;
  switch (kind) {
    case 'offer':
    case 'announced':
    case 'answer': {
      const direction =
        kind === 'announced' ? event.direction : kind === 'offer' ? 'inbound' : 'outbound';
      const data = { direction, customer: customerOf(event.party) };
      return [{ type: 'call.ringing', callId, at, data }];
    }
    case 'status': {
      if (event.status !== 'accepted' || before.isAnswered || before.hasVoicemail) return [];
      const { direction, customer, agent } = before;
      return [{ type: 'call.answered', callId, at, data: { direction, customer, agent } }];
    }
    case 'terminated':
      return ended(event, callId, before);
    case 'message': {
      const data = {
        direction: 'inbound',
        customer: customerOf(event.party),
        fileId: event.file?.id,
      } as const;
      return [{ type: 'call.voicemail', callId, at, data }];
    }
    case 'recording':
    case 'message-status':
    case 'moved':
    case 'number':
    case 'permission':
      return [];
    default:
      return assertNever(event, 'provider event');
  }
}

function ended(event: CallTerminated, callId: string, before: Before): readonly Happened[] {
  const { at, startedAt, endedAt = at, durationSeconds } = event;
  const voicemail = event.voicemail ?? before.hasVoicemail;
  const answered = startedAt !== undefined && !voicemail;
  const direction = event.direction ?? before.direction ?? 'inbound';
  const customer = { ...before.customer, ...customerOf(event.party) };
  if (direction === 'inbound' && !answered) {
    const data = { direction, customer, voicemail };
    return [
      { type: 'call.missed', callId, at, data },
      // Otherwise its message says so.
      ...(event.voicemail && !before.hasVoicemail
        ? [{ type: 'call.voicemail' as const, callId, at, data: { direction, customer } }]
        : []),
    ];
  }
  const data = {
    direction,
    customer,
    agent: answered || direction === 'outbound' ? before.agent : undefined,
    answered,
    ...(answered && { answeredAt: new Date(startedAt).toISOString(), durationSeconds }),
    endedAt: new Date(endedAt).toISOString(),
    error: event.errors[0] && { code: event.errors[0].code, message: event.errors[0].message },
  };
  return [{ type: 'call.ended', callId, at, data }];
}

function customerOf({ waId, userId, name, username }: Party): Customer {
  return {
    ...(waId !== undefined && { phone: `+${waId}` }),
    ...(userId !== undefined && { userId }),
    ...(name !== undefined && { name }),
    ...(username !== undefined && { username }),
  };
}

function idOf(...parts: readonly string[]): string {
  return `msg_${createHash('sha256').update(parts.join('\n')).digest('base64url').slice(0, 27)}`;
}
