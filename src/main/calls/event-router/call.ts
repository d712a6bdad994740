import type { FromRelay } from '../../../shared/call/events.ts';
import type { CallAddress } from '../../../shared/call/ids.ts';
import { asRelayed, isKnownAs, type Call } from '../../../shared/call/model.ts';
import { assertNever } from '../../../shared/lib/assert-never.ts';
import type { RelayedCallStatus } from '../../../shared/protocol/frames.ts';
import type { RouteContext } from './context.ts';
import type { CallLog } from '../ports.ts';

export interface CallContext extends Pick<RouteContext, 'live' | 'self'> {
  log: Pick<CallLog, 'recordsOf'>;
}

/** What a relayed call, as the relay now sees it, says to our own records of it. */
export function routeCall(
  { callId, state, owner, callOffer }: RelayedCallStatus,
  { live, self, log }: CallContext,
): readonly { address: CallAddress; event: FromRelay }[] {
  const ours = live.filter((call) => isKnownAs(call, callId));
  if (ours.length > 0) {
    const onHold = isOnHold(state);
    if (onHold === undefined) return [];
    const event = { from: 'relay', kind: 'hold', onHold } as const;
    const changed = ours.filter((call) => isHeld(call) !== onHold);
    return changed.map((address) => ({ address, event }));
  }
  // An agent who hangs up while a teammate is asked leaves the customer to them.
  if (state === 'ended' || owner === undefined || owner.id !== self?.id || callOffer) return [];
  const [last] = log.recordsOf(callId);
  return last ? [{ address: last, event: { from: 'relay', kind: 'still-ours' } }] : [];
}

function isHeld(call: Call): boolean {
  return asRelayed(call)?.onHold === true;
}

/** Whether the customer hears hold music because of the agent; undefined where that is not the question. */
function isOnHold(state: RelayedCallStatus['state']): boolean | undefined {
  switch (state) {
    case 'talking':
      return false;
    case 'on-hold':
    case 'consulting':
      return true;
    case 'ringing':
    case 'agent-disconnected':
    case 'ended':
      return undefined;
    default:
      return assertNever(state, 'state');
  }
}
