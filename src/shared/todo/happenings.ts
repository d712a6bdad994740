import { inboundCallId } from '../call/ids.ts';
import { assertNever } from '../lib/assert-never.ts';
import type { LogBody, ProviderEntry } from '../protocol/log-entry.ts';
import {
  isAboutCall,
  isVoicemail,
  type CallProviderEvent,
  type MessageReceived,
  type Party,
} from '../providers/events.ts';
import type { Happening } from './rules.ts';

/** What a customer does to earlier messages asks for no answer. */
const NO_QUESTION: readonly string[] = ['reaction', 'edit', 'revoke'];

/** Whether a customer's message says something new. */
export const isSaid = (type: string): boolean => !NO_QUESTION.includes(type);

/** What is remembered of a call, because later entries name only its id. */
interface CallReference {
  kind: 'call';
  accountId: string;
  providerCallId: string;
  party: Party;
  direction?: 'inbound' | 'outbound' | undefined;
  /** The provider reported an answer. A claim is none: the customer may hang up before they are connected. */
  isTaken: boolean;
  /** The customer left a message in it, so nobody talked. */
  voicemail?: boolean | undefined;
}

/** What is remembered of a message of ours. */
interface MessageReference {
  kind: 'message';
  /** Unknown until an agent's console reports it. */
  party?: Party | undefined;
  /** Why it was not delivered, if that was reported first. */
  failed?: { at: number; why?: string | undefined } | undefined;
}

export type Reference = CallReference | MessageReference;

export interface References {
  get: (id: string) => Reference | undefined;
  set: (id: string, reference: Reference) => void;
}

/** What an entry of the log means for one customer. */
export interface Found {
  accountId: string;
  party: Party;
  happenings: readonly Happening[];
}

/**
 * What an entry of the relay's log means for who waits; undefined if nothing. Remembers what later entries refer to.
 *
 * @param at when the relay stored it, Unix ms
 */
export function happeningsOf(body: LogBody, at: number, references: References): Found | undefined {
  switch (body.type) {
    case 'provider':
      return fromProvider(body, references);
    case 'sent': {
      const { accountId, party, messageId, by, sent } = body;
      // Asking for permission or for the number answers nobody.
      const isAnswer = sent.what !== 'permission-request' && sent.what !== 'contact-request';
      const happenings: Happening[] = isAnswer ? [{ kind: 'wrote', at: body.at, by }] : [];
      if (messageId !== undefined) {
        const failed = messageAt(references, accountId, messageId)?.failed;
        references.set(messageKey(accountId, messageId), { kind: 'message', party });
        if (failed) happenings.push({ kind: 'failed', messageId, ...failed });
      }
      return { accountId, party, happenings };
    }
    case 'noted': {
      const { accountId, party, by, providerCallId, callbackAt } = body;
      const noted = { kind: 'noted' as const, at: body.at, by, providerCallId, callbackAt };
      return { accountId, party, happenings: [noted] };
    }
    case 'claimed':
    case 'released': {
      const call = references.get(body.callId);
      // A transfer's offer is claimed, too, while the conversation goes on.
      if (call?.kind !== 'call') return undefined;
      const { accountId, party, providerCallId } = call;
      const happening: Happening =
        body.type === 'claimed'
          ? { kind: 'claimed', at, providerCallId, by: body.by }
          : { kind: 'released', at, providerCallId };
      return { accountId, party, happenings: [happening] };
    }
    case 'answered':
      return { accountId: body.accountId, party: body.party, happenings: [body.answer] };
    case 'placed':
    case 'measured':
    case 'described':
    case 'merged':
    case 'told':
    case 'told-read':
    case 'erased':
    case 'legal-hold':
    case 'todo':
    case 'call-offer':
    case 'call-offer-ended':
    case 'agent-disconnected':
    case 'agent-reconnected':
    case 'dtmf':
    case 'supervision':
    case 'ended':
    case 'unreadable':
      return undefined;
    default:
      return assertNever(body, 'entry');
  }
}

function fromProvider(
  { accountId, providerCallId, event }: ProviderEntry,
  references: References,
): Found | undefined {
  if (isAboutCall(event)) {
    return providerCallId === undefined
      ? undefined
      : fromCall({ accountId, providerCallId }, event, references);
  }
  switch (event.kind) {
    case 'message': {
      if (isVoicemail(event)) return fromVoicemail(accountId, event, references);
      const { party, at, text, type } = event;
      if (!isSaid(type)) return undefined;
      return { accountId, party, happenings: [{ kind: 'message', at, type, text }] };
    }
    case 'message-status': {
      const { messageId, status, at, errors } = event;
      if (status !== 'failed') return undefined;
      const failed = { at, why: errors[0]?.message };
      const party = messageAt(references, accountId, messageId)?.party;
      if (party) {
        return { accountId, party, happenings: [{ kind: 'failed', messageId, ...failed }] };
      }
      references.set(messageKey(accountId, messageId), { kind: 'message', failed });
      return undefined;
    }
    case 'permission': {
      const { party, at, granted, expiresAt, source } = event;
      // What nobody chose to grant is no invitation.
      if (granted && source !== 'user') return undefined;
      const happenings: Happening[] = [{ kind: 'permission', at, granted, expiresAt }];
      return { accountId, party, happenings };
    }
    case 'moved':
    case 'number':
      return undefined;
    default:
      return assertNever(event, 'provider event');
  }
}

/** The message and the end of its call come in either order. */
function fromVoicemail(
  accountId: string,
  { party, at, text, messageId }: MessageReceived,
  references: References,
): Found {
  const callId = inboundCallId(accountId, messageId);
  const known = references.get(callId);
  references.set(callId, {
    ...(known?.kind === 'call'
      ? known
      : { kind: 'call', accountId, providerCallId: messageId, party, direction: 'inbound' }),
    isTaken: false,
    voicemail: true,
  });
  return {
    accountId,
    party,
    happenings: [
      { kind: 'missed', callId, at, voicemail: true },
      { kind: 'message', at, type: 'voicemail', text },
    ],
  };
}

function fromCall(
  { accountId, providerCallId }: { accountId: string; providerCallId: string },
  event: CallProviderEvent,
  references: References,
): Found | undefined {
  const callId = inboundCallId(accountId, providerCallId);
  const found = references.get(callId);
  const known = found?.kind === 'call' ? found : undefined;
  const remember = (party: Party, more: Partial<CallReference>) => {
    const { direction, isTaken = false, voicemail } = known ?? {};
    const reference = {
      kind: 'call' as const,
      accountId,
      providerCallId,
      party,
      direction,
      voicemail,
    };
    references.set(callId, { ...reference, isTaken, ...more });
  };
  switch (event.kind) {
    case 'offer':
      remember(event.party, { direction: 'inbound' });
      return undefined;
    case 'announced':
      remember(event.party, { direction: event.direction });
      return undefined;
    case 'answer':
      remember(event.party, { direction: 'outbound' });
      return undefined;
    case 'status': {
      if (event.status !== 'accepted' || !known || known.voicemail) return undefined;
      remember(known.party, { isTaken: true });
      const spoke = { kind: 'spoke' as const, at: event.at, callId, providerCallId };
      return { accountId, party: known.party, happenings: [spoke] };
    }
    case 'terminated': {
      const { party, at, startedAt } = event;
      const voicemail = event.voicemail ?? known?.voicemail;
      const direction = event.direction ?? known?.direction;
      remember(party, { direction });
      const happenings = ((): Happening[] => {
        // A voicemail is no conversation, even if the provider reports a start.
        if (!voicemail && (startedAt !== undefined || known?.isTaken)) {
          return [{ kind: 'spoke', at: startedAt ?? at, callId, providerCallId }];
        }
        if (direction === 'outbound') return [{ kind: 'tried', at }];
        if (direction === undefined) return [];
        // Whoever took it came too late.
        return [
          { kind: 'released', at, providerCallId },
          { kind: 'missed', callId, at, voicemail },
        ];
      })();
      return { accountId, party, happenings };
    }
    case 'recording':
      return undefined;
    default:
      return assertNever(event, 'event of a call');
  }
}

const messageKey = (accountId: string, messageId: string): string =>
  `${accountId}/message/${messageId}`;

function messageAt(
  references: References,
  accountId: string,
  messageId: string,
): MessageReference | undefined {
  const found = references.get(messageKey(accountId, messageId));
  return found?.kind === 'message' ? found : undefined;
}
