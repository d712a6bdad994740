import { traitsOf } from '../../shared/providers/media-path.ts';
import type { CallView } from '../../shared/call/view.ts';
import type { EndReason } from '../../shared/call/phases.ts';
import type { LiveCall } from '../../shared/ipc/live-call.ts';
import { assertNever } from '../../shared/lib/assert-never.ts';

/**
 * Where the screen shows a call, given the other current and just-ended calls. Decided only here.
 */
export function shownAs(call: CallView, all: readonly CallView[]): LiveCall['shownAs'] {
  const { phase, dismissed } = call;
  if (dismissed) return 'gone';
  if (phase.name === 'ringing') return 'ring';
  if (phase.name !== 'ended') return 'card';
  // Agents know what they did themselves; and once a call is back, how it left is old news.
  if (phase.reason.kind === 'declined-by-agent') return 'gone';
  if (all.some((other) => isBack(other, call))) return 'gone';
  return rangOnly(call) && isToldAtTheRing(phase.reason) ? 'ring' : 'card';
}

/** Whether a call only rang here. An agent who pressed Accept already has a call card for it. */
function rangOnly({ direction, path, connectedAt, acceptPressedAt }: CallView): boolean {
  return (
    direction === 'inbound' &&
    traitsOf(path).isSpokenHere &&
    connectedAt === undefined &&
    acceptPressedAt === undefined
  );
}

/** Whether this call has already come back to this agent as another call. */
function isBack({ callOffer, phase, id }: CallView, before: CallView): boolean {
  if (!callOffer || id === before.id || phase.name === 'ended') return false;
  return callOffer.callId === (before.callOffer?.callId ?? before.id);
}

/** Whether the ring card briefly shows this reason: somebody else ended the ring. */
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
