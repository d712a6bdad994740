import type { CallView } from '../../shared/call/view.ts';
import type { EndReason } from '../../shared/call/model.ts';
import type { LiveCall } from '../../shared/ipc/model.ts';
import { assertNever } from '../../shared/lib/assert-never.ts';

/**
 * Where a call is shown among the others that are going on or ended a moment ago. Decided here and
 * nowhere else.
 */
export function shownAs(call: CallView, all: readonly CallView[]): LiveCall['shownAs'] {
  const { phase, dismissed } = call;
  if (dismissed) return 'gone';
  if (phase.name === 'ringing') return 'ring';
  if (phase.name !== 'ended') return 'card';
  // The agent's own doing needs no telling, and how a call left is old news as soon as it is back.
  if (phase.reason.kind === 'declined-by-agent') return 'gone';
  if (all.some((other) => isBack(other, call))) return 'gone';
  return rangOnly(call) && isToldAtTheRing(phase.reason) ? 'ring' : 'card';
}

/**
 * A ring that stopped without ever being the agent's: whoever pressed Accept has a card of the call
 * by then.
 */
function rangOnly({ direction, path, connectedAt, acceptPressedAt }: CallView): boolean {
  return (
    direction === 'inbound' &&
    path !== 'external' &&
    connectedAt === undefined &&
    acceptPressedAt === undefined
  );
}

/** Whether a call is another one that has come back to this agent. */
function isBack({ callOffer, phase, id }: CallView, before: CallView): boolean {
  if (!callOffer || id === before.id || phase.name === 'ended') return false;
  return callOffer.callId === (before.callOffer?.callId ?? before.id);
}

/** Whether a ring that ended so is told for a moment where it rang: somebody else decided it. */
function isToldAtTheRing(reason: EndReason): boolean {
  switch (reason.kind) {
    case 'caller-gone':
    case 'rang-out':
    case 'answered-elsewhere':
    case 'call-offer-withdrawn':
    case 'failed':
    case 'media-failed':
      return true;
    case 'agent-hung-up':
    case 'customer-hung-up':
    case 'declined-by-agent':
    case 'out-of-date':
    case 'declined-by-customer':
    case 'unanswered':
    case 'cancelled':
    case 'interrupted':
    case 'transferred':
    case 'lost-to-team':
    case 'over':
      return false;
    default:
      return assertNever(reason, 'end reason');
  }
}
