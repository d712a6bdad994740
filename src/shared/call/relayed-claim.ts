import { elsewhere, gaveUpBy } from './ended.ts';
import type { FromRelay } from './events.ts';
import { neverUp } from './facts.ts';
import { gone } from './inbound.ts';
import type { Claim, RelayedCall } from './model.ts';
import type { EndReason, Ended } from './phases.ts';

/**
 * A customer's call that nobody had before: what the relay says to our claim, and what the provider reports, in any
 * order and more than once. The log has the claim before the provider has taken the relay's accept; the customer may give
 * up in between. So the end is told from all that is known, not from what came last.
 */

/** The call with what the relay says of our claim. */
export function withClaim(call: RelayedCall, event: FromRelay): RelayedCall {
  if (!isFirstHand(call)) return call;
  const claim = claimAfter(call.claim, event);
  return claim === call.claim ? call : { ...call, claim };
}

function claimAfter(claim: Claim | undefined, event: FromRelay): Claim | undefined {
  const isOpen = claim === undefined || claim.state === 'granted';
  switch (event.kind) {
    case 'claim-granted':
      return claim ?? { state: 'granted' };
    case 'claim-released': {
      const error = { code: 'relay', message: event.why, transient: true };
      return isOpen ? { state: 'refused', error } : claim;
    }
    case 'claim-refused':
      if (event.error) return isOpen ? { state: 'refused', error: event.error } : claim;
      // Without a name, the call was over before the relay could say that it is ours.
      return event.by === '' ? claim : lost(claim, event.by);
    case 'taken':
      return lost(claim, event.by);
    default:
      return claim;
  }
}

/** The log has one claim at a time: while ours stands, nobody else's is new. */
function lost(claim: Claim | undefined, by: string): Claim {
  return claim?.state === 'granted' || claim?.state === 'lost' ? claim : { state: 'lost', by };
}

/** An ended call with the reason that follows from what is known of it by now. */
export function settled(call: RelayedCall): RelayedCall {
  const { phase } = call;
  if (phase.name !== 'ended' || !isFirstHand(call) || call.voicemail) return call;
  const reason = reasonOf(call, phase);
  if (reason === phase.reason) return call;
  const next = { ...call, phase: { ...phase, reason } };
  if (reason.kind === 'caller-gone') return { ...next, ...neverUp };
  if (reason.kind !== 'customer-hung-up') return next;
  return { ...next, connectedAt: call.connectedAt ?? call.billed?.startedAt };
}

function reasonOf({ claim, billed, unanswered, ...call }: RelayedCall, phase: Ended): EndReason {
  const { reason } = phase;
  const { kind } = reason;
  const isUndecided = kind === 'answered-elsewhere' || kind === 'customer-hung-up';
  const isMissed = kind === 'caller-gone' || kind === 'rang-out' || kind === 'out-of-date';
  if (kind === 'agent-hung-up') {
    // They gave up waiting for the claim, which a teammate had won.
    const isLost = claim?.state === 'lost' && call.connectedAt === undefined && billed;
    return isLost ? elsewhere(claim.by) : reason;
  }
  if (kind === 'failed') {
    const isRefused = claim?.state === 'refused' && unanswered !== undefined && !billed;
    return isRefused && gaveUpBy(phase.at, unanswered.at) ? gone(call) : reason;
  }
  if (!isUndecided && !isMissed) return reason;
  if (!billed && unanswered) return isUndecided ? gone(call) : reason;
  if (claim?.state === 'lost') return same(reason, elsewhere(claim.by));
  if (!billed) return reason;
  if (claim?.state === 'granted') return same(reason, { kind: 'customer-hung-up' });
  if (claim?.state === 'refused') return { kind: 'failed', error: claim.error };
  return isMissed ? elsewhere('') : reason;
}

/** The reason as it is, if it says the same. */
function same(before: EndReason, now: EndReason): EndReason {
  if (before.kind !== now.kind) return now;
  return 'by' in before && 'by' in now && before.by !== now.by ? now : before;
}

function isFirstHand({ direction, callOffer }: RelayedCall): boolean {
  return direction === 'inbound' && callOffer === undefined;
}
