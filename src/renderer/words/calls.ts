import { isolating } from '../../shared/lib/foreign-text.ts';
import { isolate, sentence } from '../../shared/lib/foreign-text.ts';
import { assertNever } from '../../shared/lib/assert-never.ts';
import type { LiveCall } from '../../shared/ipc/model.ts';
import type { EndReason } from '../../shared/call/model.ts';
import type { Outcome, PhaseView } from '../../shared/call/record.ts';
import type { Verdict } from '../media/stats.ts';
import { clockTime, lengthInWords } from '../lib/format.ts';
import { providerWords } from './errors.ts';
import { mediaWords } from './media.ts';
import { saidWords } from './notice-centre.ts';
import type { Said } from './said.ts';

/** The same on the console's card, where what failed is said beside it, in full and for longer. */
export function endOnCard(reason: EndReason, party: string): Said {
  const failed = reason.kind === 'failed' || reason.kind === 'media-failed';
  return failed ? { what: saidWords.callFailed } : endWords(reason, party);
}

/** Why a call ended, in a sentence without a full stop. */
export function endWords(reason: EndReason, party: string): Said {
  switch (reason.kind) {
    case 'agent-hung-up':
      return { what: 'You hung up' };
    case 'customer-hung-up':
      return { what: sentence`${party} hung up` };
    case 'caller-gone':
      return { what: 'Caller hung up' };
    case 'answered-elsewhere':
      return { what: sentence`Answered by ${reason.by === '' ? 'a teammate' : reason.by}` };
    case 'declined-by-agent':
      return { what: 'You declined' };
    case 'rang-out':
      return { what: 'Not answered' };
    case 'out-of-date':
      return { what: 'Stopped ringing before it reached you' };
    case 'declined-by-customer':
      return { what: sentence`${party} declined` };
    case 'unanswered':
      return { what: 'No answer' };
    case 'cancelled':
      return { what: 'You cancelled' };
    case 'failed':
      return providerWords(reason.error);
    case 'media-failed':
      return mediaWords(reason.why);
    case 'transferred':
      return { what: sentence`Transferred to ${reason.to}` };
    case 'call-offer-withdrawn':
      return handoverOffWords[reason.why];
    case 'lost-to-team':
      return {
        what:
          reason.to === undefined
            ? 'You were offline too long; the call went to the team'
            : sentence`You were offline too long; ${reason.to} took the call`,
      };
    case 'over':
      return { what: 'Call ended' };
    case 'interrupted':
      return { what: 'Ringdesk closed during the call' };
    default:
      return assertNever(reason, 'end reason');
  }
}

const handoverOffWords: Record<Extract<EndReason, { kind: 'call-offer-withdrawn' }>['why'], Said> =
  {
    cancelled: { what: 'Your teammate cancelled the transfer' },
    'teammate-gone': { what: 'You lost the connection', next: 'The call went back' },
    refused: { what: 'Transfer failed', next: 'Your teammate still has the call' },
  };

/** How history files a call. */
export const outcomeWords: Record<Outcome, string> = {
  answered: 'Answered',
  missed: 'Missed',
  declined: 'Declined by you',
  elsewhere: 'Answered by a teammate',
  unanswered: 'No answer',
  rejected: 'Declined by customer',
  cancelled: 'Cancelled',
  failed: 'Failed',
  interrupted: 'Interrupted',
};

/** The state of a call in one or two words. */
export const phaseWords: Record<PhaseView['name'], string> = {
  ringing: 'Ringing',
  accepting: 'Connecting',
  preparing: 'Preparing',
  placing: 'Calling',
  calling: 'Calling',
  'customer-ringing': 'Ringing',
  connected: 'On call',
  rejoining: 'Reconnecting',
  external: 'Forwarded',
  ended: 'Ended',
};

/** A call that is talked at the destination it is forwarded to. */
export const externalWords: Record<(PhaseView & { name: 'external' })['stage'], string> = {
  dialling: 'Dialling…',
  ringing: 'Ringing',
  talking: 'Answered at the destination',
};

export const verdictWords: Record<Verdict, Said> = {
  good: { what: 'Good connection' },
  yours: { what: 'Your network is unstable', next: 'Try a cable or another Wi-Fi' },
  theirs: {
    what: 'The customer’s network is unstable',
    next: 'Ask the customer to move or to change network',
  },
  unclear: { what: 'Audio is breaking up', next: 'It is not clear yet on which side' },
};

const lastCallWords: Record<Outcome, string> = {
  answered: 'answered',
  missed: 'missed',
  declined: 'declined by you',
  elsewhere: 'answered by a teammate',
  unanswered: 'no answer',
  rejected: 'declined by the customer',
  cancelled: 'cancelled',
  failed: 'failed',
  interrupted: 'interrupted',
};

/** One line about why a customer calls and about the calls before this one. */
export function contextLine(call: LiveCall, when: (at: number) => string): string {
  const parts: string[] = [];
  if (call.payload !== undefined && call.payload !== '')
    parts.push(sentence`Came from: ${call.payload}`);
  const { history } = call;
  if (history) {
    const { lastOutcome, lastSeconds, lastAt, missedToday } = history;
    const length = lastSeconds === undefined ? '' : ` (${lengthInWords(lastSeconds)})`;
    parts.push(`Last call: ${lastCallWords[lastOutcome]}, ${when(lastAt)}${length}`);
    if (missedToday > 0) parts.push(`${missedToday} missed today`);
  } else {
    parts.push('First call with this customer');
  }
  return parts.join(' · ');
}

/** Who else hears it ring. */
export function alsoRingsWords(names: readonly string[]): string {
  if (names.length === 0) return 'Only you are being called';
  const shown = names.slice(0, 2).map(isolate).join(', ');
  return names.length > 2
    ? `Also ringing: ${shown} and ${names.length - 2} more`
    : `Also ringing: ${shown}`;
}

export const ringWords = isolating({
  ringingFor: (seconds: number) => `Ringing ${clockTime(seconds)}`,
  timeLeft: (seconds: number) => `Rings for ${seconds} s more`,
} as const);
