import { assertNever } from '../lib/assert-never.ts';
import { afterAgentCall, over, takenBy } from './ended.ts';
import type { OnPath, FromRelay } from './events.ts';
import type { EndReason, Ended } from './phases.ts';
import type { RelayedCall } from './model.ts';
import { changed, ignored, moved, type Step } from './step.ts';
import { closeTransfer, isTransferOpen, transferredTo } from './transfer.ts';

/** What still counts after the end of a relayed call, which others may go on with. */
export function afterRelayedCall(
  call: RelayedCall,
  phase: Ended,
  event: OnPath,
): Step<RelayedCall> {
  return event.from === 'relay'
    ? fromRelay(call, phase, event)
    : afterAgentCall(call, phase, event);
}

function fromRelay(call: RelayedCall, phase: Ended, event: FromRelay): Step<RelayedCall> {
  switch (event.kind) {
    case 'still-ours':
      return hangUpAgain(call, phase);
    case 'taken':
      return takenBy(call, phase, event.by);
    case 'call-offer-withdrawn': {
      const { end, by } = event;
      return end === 'accepted' && by !== undefined ? takenBy(call, phase, by) : over;
    }
    case 'reassigned':
      return reassigned(call, phase, event.to);
    case 'transfer-ended':
      return isTransferOpen(call) ? changed(closeTransfer(call, event.end)) : over;
    case 'candidates':
    case 'reservation-granted':
    case 'reservation-refused':
    case 'claim-granted':
    case 'claim-refused':
    case 'claim-released':
    case 'unreachable':
    case 'call-offered':
    case 'transfer-offered':
    case 'leg-lost':
    case 'leg-back':
    case 'hold':
    case 'dtmf':
    case 'given-up':
    case 'supervision':
      return over;
    default:
      return assertNever(event, 'relay event');
  }
}

/** The team, or the teammate who was asked when we hung up, has taken the customer. */
function reassigned(call: RelayedCall, phase: Ended, to: string): Step<RelayedCall> {
  if (phase.reason.kind === 'lost-to-team' && to !== '') {
    return moved(call, { ...phase, reason: { kind: 'lost-to-team', to } });
  }
  if (!isTransferOpen(call)) return over;
  const reason = transferredTo(call, to);
  return moved(closeTransfer(call, 'accepted'), { ...phase, reason });
}

/** The relay still keeps a call that we ended: our hang-up was lost, e.g. in a crash, so it is sent again. */
function hangUpAgain(call: RelayedCall, { reason }: Ended): Step<RelayedCall> {
  return endedByUs.has(reason.kind)
    ? changed(call, { do: 'api.terminate' })
    : ignored('we did not end it');
}

/** Ends of a call that the relay hears of from us; all others it knows by itself. */
const endedByUs: ReadonlySet<EndReason['kind']> = new Set([
  'agent-hung-up',
  'cancelled',
  'unanswered',
  'media-failed',
  'interrupted',
]);
