import { assertNever } from '../../shared/lib/assert-never.ts';
import type { LiveCall } from '../../shared/ipc/model.ts';
import type { EndReason } from '../../shared/call/state.ts';
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
      return { what: `${party} hung up` };
    case 'caller-gone':
      return { what: 'Caller hung up' };
    case 'answered-elsewhere':
      return { what: reason.by === '' ? 'Taken by a teammate' : `${reason.by} took it` };
    case 'declined-by-agent':
      return { what: 'You declined' };
    case 'rang-out':
      return { what: 'Rang out' };
    case 'out-of-date':
      return { what: 'It had stopped ringing before this console heard of it' };
    case 'declined-by-customer':
      return { what: `${party} declined` };
    case 'unanswered':
      return { what: 'No answer' };
    case 'cancelled':
      return { what: 'You cancelled' };
    case 'failed':
      return providerWords(reason.error);
    case 'media-failed':
      return mediaWords(reason.why);
    case 'transferred':
      return { what: `You handed the call to ${reason.to}` };
    case 'handover-off':
      return handoverOffWords[reason.why];
    case 'lost-to-team':
      return {
        what:
          reason.to === undefined
            ? 'Your console was away too long, so the call went to the team'
            : `Your console was away too long, so ${reason.to} took the call`,
      };
    case 'over':
      return { what: 'The call is over' };
    case 'interrupted':
      return { what: 'Ringdesk stopped during the call' };
    default:
      return assertNever(reason, 'end reason');
  }
}

const handoverOffWords: Record<Extract<EndReason, { kind: 'handover-off' }>['why'], Said> = {
  cancelled: { what: 'Your teammate kept the call' },
  'teammate-gone': { what: 'Your console had lost its connection', next: 'The call went back' },
  refused: { what: 'The call could not be handed over', next: 'Your teammate still has it' },
};

/** How history files a call. */
export const outcomeWords: Record<Outcome, string> = {
  answered: 'Answered',
  missed: 'Missed',
  declined: 'Declined by you',
  elsewhere: 'Taken elsewhere',
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
  'customer-ringing': 'Ringing at the customer',
  connected: 'On call',
  rejoining: 'Reconnecting',
  bridged: 'Connected elsewhere',
  ended: 'Ended',
};

/** A call that is talked at the destination it is forwarded to. */
export const bridgedWords: Record<(PhaseView & { name: 'bridged' })['stage'], string> = {
  dialling: 'Being dialled',
  ringing: 'Ringing',
  talking: 'Answered elsewhere',
};

export const verdictWords: Record<Verdict, Said> = {
  good: { what: 'Good connection' },
  yours: { what: 'Your network is struggling', next: 'A cable or another Wi-Fi may help' },
  theirs: { what: 'The customer’s network is struggling', next: 'Nothing to do on your side' },
  unclear: { what: 'Sound arrives damaged', next: 'Not clear yet from which side' },
};

const lastCallWords: Record<Outcome, string> = {
  answered: 'last call',
  missed: 'missed',
  declined: 'declined by you',
  elsewhere: 'taken by a teammate',
  unanswered: 'did not answer',
  rejected: 'declined by them',
  cancelled: 'cancelled',
  failed: 'failed',
  interrupted: 'interrupted',
};

/** One line about earlier calls with this person and about why they call. */
export function contextLine(call: LiveCall, when: (at: number) => string): string {
  const parts: string[] = [];
  if (call.payload !== undefined && call.payload !== '') parts.push(`Pressed “${call.payload}”`);
  const { history } = call;
  if (history) {
    const seconds =
      history.lastSeconds === undefined ? '' : `, ${lengthInWords(history.lastSeconds)}`;
    const { lastOutcome: outcome } = history;
    parts.push(
      outcome === 'answered'
        ? `Last call ${when(history.lastAt)}${seconds}`
        : `Last ${when(history.lastAt)}: ${lastCallWords[outcome]}`,
    );
    if (history.missedToday > 0) parts.push(`missed ${times(history.missedToday)} today`);
  } else {
    parts.push('First call with this person');
  }
  return parts.join(' · ');
}

function times(count: number): string {
  return count === 1 ? 'once' : count === 2 ? 'twice' : `${count} times`;
}

/** Who else hears it ring. */
export function alsoRingsWords(names: readonly string[]): string {
  if (names.length === 0) return 'Rings only here';
  const shown = names.slice(0, 2).join(', ');
  return names.length > 2
    ? `Also rings: ${shown} and ${names.length - 2} more`
    : `Also rings: ${shown}`;
}

export const ringWords = {
  ringingFor: (seconds: number) => `Ringing ${clockTime(seconds)}`,
  timeLeft: (seconds: number) => `${seconds} s left`,
} as const;
