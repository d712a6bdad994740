import { assertNever } from '../lib/assert-never.ts';
import type { CallOfferEnd } from '../protocol/call-offer-end.ts';
import type { CallOffer } from '../protocol/log-entry.ts';
import { ringing } from './begin.ts';
import type { FromRelay } from './events.ts';
import type { CallAddress } from './ids.ts';
import type { EndReason, Ended } from './phases.ts';
import type { RelayedCall, Transfer } from './model.ts';
import { takenUp } from './relayed-leg.ts';
import { changed, ended, ignored, type Step } from './step.ts';

/** How relayed calls move between agents: those offered to us, and those we offer. */

/** A teammate's call offered to us: a call of its own, which rings until the relay's deadline. */
export function callOffered(
  { id, accountId }: CallAddress,
  { callId, providerCallId, why, from, team, note, party, deadlineAt }: CallOffer,
  now: number,
): Step<RelayedCall> {
  const call = {
    id,
    accountId,
    path: 'relayed',
    direction: 'inbound',
    party,
    callOffer: { callId, why, from: from.name, team, note, deadlineAt },
    providerCallId,
    createdAt: now,
    muted: false,
  } as const;
  if (now >= deadlineAt) {
    const phase: Ended = { name: 'ended', at: now, reason: { kind: 'out-of-date' } };
    return changed({ ...call, phase });
  }
  const phase = ringing({ leg: { state: 'preparing' } } as const, deadlineAt);
  return changed({ ...call, phase }, { do: 'media.leg' });
}

type Withdrawn = Extract<FromRelay, { kind: 'call-offer-withdrawn' }>;

/** A call offered to us, or on which we were consulted, is no longer offered. Without `by` it is ours. */
export function callOfferWithdrawn(
  call: RelayedCall,
  { end, by }: Withdrawn,
  now: number,
): Step<RelayedCall> {
  const { phase, callOffer } = call;
  if (callOffer === undefined) return ignored('nobody offered it to us');
  if (end !== 'accepted' || by !== undefined) {
    return ended(call, endOfOffer(end, by, phase.name !== 'ringing'), now);
  }
  if (phase.name === 'ringing' || phase.name === 'accepting') return takenUp(call, phase, now);
  // After a consultation: only now do we talk with the customer.
  return changed({ ...call, connectedAt: now, onHold: false, talkIntervals: [] });
}

function endOfOffer(end: CallOfferEnd, by: string | undefined, talked: boolean): EndReason {
  switch (end) {
    case 'accepted':
      return { kind: 'answered-elsewhere', by: by ?? '' };
    case 'declined':
      return { kind: 'declined-by-agent' };
    case 'unanswered':
      return { kind: 'rang-out' };
    case 'caller-gone':
      return talked ? { kind: 'customer-hung-up' } : { kind: 'caller-gone' };
    case 'cancelled':
    case 'teammate-gone':
    case 'refused':
      return { kind: 'call-offer-withdrawn', why: end };
    default:
      return assertNever(end, 'end of a call offer');
  }
}

/** A call that we are on is offered to others, taken back, or no longer ours. */
export function transferReport(
  call: RelayedCall,
  event: Extract<
    FromRelay,
    { kind: 'transfer-offered' | 'transfer-ended' | 'reassigned' | 'call-offer-withdrawn' }
  >,
  now: number,
): Step<RelayedCall> {
  switch (event.kind) {
    case 'transfer-offered': {
      const { to, note, isTakeOver } = event;
      const transfers = [...(call.transfers ?? []), { at: now, to, note, isTakeOver }];
      if (isTakeOver) return changed({ ...call, transfers });
      // The customer hears hold music until somebody answers.
      return changed({ ...call, transfers, onHold: true });
    }
    case 'transfer-ended':
      if (openTransfer(call)?.isTakeOver) return changed(closeTransfer(call, event.end));
      return changed({ ...closeTransfer(call, event.end), onHold: false });
    case 'reassigned': {
      const { to } = event;
      if (event.why === 'requeue') {
        return ended(call, { kind: 'lost-to-team', ...(to !== '' && { to }) }, now);
      }
      return ended(closeTransfer(call, 'accepted'), transferredTo(call, to), now);
    }
    case 'call-offer-withdrawn':
      return callOfferWithdrawn(call, event, now);
    default:
      return assertNever(event, 'relay event');
  }
}

/** How our part ends once somebody else has the customer. */
export function transferredTo(call: RelayedCall, to: string): EndReason {
  return { kind: 'transferred', to, isTakeOver: openTransfer(call)?.isTakeOver };
}

/** Whether a transfer of ours is still unanswered. */
export const isTransferOpen = (call: RelayedCall): boolean => openTransfer(call) !== undefined;

const openTransfer = ({ transfers = [] }: RelayedCall): Transfer | undefined =>
  transfers.find(isOpen);

function isOpen({ end }: Transfer): boolean {
  return end === undefined;
}

/** Notes how the open transfer ended. */
export function closeTransfer(call: RelayedCall, end: CallOfferEnd): RelayedCall {
  const transfers = call.transfers?.map((one) => (isOpen(one) ? { ...one, end } : one));
  return { ...call, transfers };
}
