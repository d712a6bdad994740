import { lookUp, message, t } from '../../shared/i18n/i18n.ts';
import { isolate } from '../../shared/lib/foreign-text.ts';
import { assertNever } from '../../shared/lib/assert-never.ts';
import type { LastMessage, LiveCall } from '../../shared/ipc/live-call.ts';
import type { EndReason } from '../../shared/call/phases.ts';
import { lengthInWords } from '../lib/format.ts';
import { providerMessage } from './errors.ts';
import { mediaMessage } from './media.ts';
import type { Message } from '../../shared/i18n/message.ts';

/** Why a call ended, for the call card: a failure is shown beside it in full and for longer. */
export function endCardMessage(reason: EndReason, party: string): Message {
  const failed = reason.kind === 'failed' || reason.kind === 'media-failed';
  return failed ? { what: t('noticeCentre.callFailed') } : endMessage(reason, party);
}

/** Why a call ended, without a full stop. */
export function endMessage(reason: EndReason, party: string): Message {
  switch (reason.kind) {
    case 'agent-hung-up':
      return { what: t('callEnds.youHungUp') };
    case 'customer-hung-up':
      return { what: t('callEnds.partyHungUp', { party }) };
    case 'caller-gone':
      return {
        what: t(reason.whileAnswering ? 'callEnds.callerHungUpFirst' : 'callEnds.callerHungUp'),
      };
    case 'answered-elsewhere':
      return {
        what:
          reason.by === ''
            ? t('callEnds.answeredByTeammate')
            : t('callEnds.answeredBy', { name: reason.by }),
      };
    case 'declined-by-agent':
      return { what: t('callEnds.youDeclined') };
    case 'rang-out':
      return { what: t('callEnds.notAnswered') };
    case 'out-of-date':
      return { what: t('callEnds.outOfDate') };
    case 'declined-by-customer':
      return { what: t('callEnds.partyDeclined', { party }) };
    case 'unanswered':
      return { what: t('callEnds.noAnswer') };
    case 'cancelled':
      return { what: t('callEnds.youCancelled') };
    case 'failed':
      return providerMessage(reason.error);
    case 'media-failed':
      return mediaMessage(reason.why);
    case 'transferred':
      return {
        what: reason.isTakeOver
          ? t('callEnds.takenOverBy', { name: reason.to })
          : t('callEnds.transferredTo', { name: reason.to }),
      };
    case 'call-offer-withdrawn':
      return message(`callEnds.transferOff.${reason.why}`);
    case 'lost-to-team':
      return {
        what:
          reason.to === undefined
            ? t('callEnds.lostToTeam')
            : t('callEnds.lostTo', { name: reason.to }),
      };
    case 'over':
      return { what: t('callEnds.over') };
    case 'interrupted':
      return { what: t('callEnds.interrupted') };
    default:
      return assertNever(reason, 'end reason');
  }
}

/** Why the customer calls, and their previous call, in one line. */
export function contextLine(call: LiveCall, when: (at: number) => string): string {
  return reasonsToCall(call, when).join(' · ');
}

/** What tells why the customer calls, most telling first; empty while nothing is known. */
export function reasonsToCall(call: LiveCall, when: (at: number) => string): readonly string[] {
  const parts: string[] = [];
  if (call.payload !== undefined && call.payload !== '')
    parts.push(t('lastCall.cameFrom', { payload: call.payload }));
  const { history, lastMessage, promise } = call;
  if (promise) {
    const at = when(promise.at);
    parts.push(
      promise.by === ''
        ? t('lastCall.promised', { when: at })
        : t('lastCall.promisedBy', { name: promise.by, when: at }),
    );
  }
  if (lastMessage) parts.push(lastMessageText(lastMessage, when));
  if (history === 'none') parts.push(t('lastCall.first'));
  else if (history) {
    const { lastOutcome, lastSeconds, lastAt, missedToday } = history;
    const last = { outcome: t(`lastCall.outcomes.${lastOutcome}`), when: when(lastAt) };
    parts.push(
      lastSeconds === undefined
        ? t('lastCall.last', last)
        : t('lastCall.lastWithLength', { ...last, length: lengthInWords(lastSeconds) }),
    );
    if (missedToday > 0) parts.push(t('lastCall.missedToday', { missed: missedToday }));
  }
  return parts;
}

function lastMessageText({ type, text, at }: LastMessage, when: (at: number) => string): string {
  if (text !== undefined) return t('lastCall.message', { text, when: when(at) });
  const kind = lookUp('contacts.messageTypes', type) ?? t('contacts.unknownType');
  return t('lastCall.messageKind', { kind, when: when(at) });
}

/** Who else this call rings for. */
export function alsoRingsText(names: readonly string[]): string {
  if (names.length === 0) return t('ring.onlyYou');
  const shown = names.slice(0, 2).map(isolate).join(', ');
  return names.length > 2
    ? t('ring.alsoRingsMore', { names: shown, more: names.length - 2 })
    : t('ring.alsoRings', { names: shown });
}
