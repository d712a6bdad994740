import { assertNever } from '../lib/assert-never.ts';
import type {
  CallAnnounced,
  CallAnswered,
  CallOffered,
  CallStatus,
  CallTerminated,
} from '../providers/events.ts';
import { closeTransfer } from './relayed.ts';
import { endOfExternal, givenUp } from './external.ts';
import type { CallEvent, FromRelay } from './events.ts';
import { mergeParty, withRecording, withProviderResult } from './facts.ts';
import type { Call, EndReason } from './model.ts';
import { ignored, type Step } from './step.ts';
import { sayAgain } from './resend-hang-up.ts';

/**
 * An ended call stays ended. What still counts: the provider's verdict, a name that was missing, who it was that answered, and a
 * call that came into being after we gave it up, which has to be ended at the provider too.
 */
export function afterEnd(call: Call, event: CallEvent): Step {
  switch (event.from) {
    case 'provider': {
      const told = event.event;
      switch (told.kind) {
        case 'terminated':
          return verdict(call, told, event.providerCallId);
        case 'offer':
          return lateOffer(call, told);
        case 'announced':
          return lateOffer(call, told);
        case 'recording':
          return withRecording(call, told);
        case 'answer':
        case 'status':
          if (call.direction === 'inbound') return pickedUp(call, told);
          // A rejected call needs no end from us.
          if (told.kind === 'status' && told.status === 'rejected') return over();
          return orphan(call, event.providerCallId);
        default:
          return assertNever(told, 'provider event');
      }
    }
    case 'api':
      return event.kind === 'placed' ? orphan(call, event.providerCallId) : over();
    case 'relay':
      return later(call, event);
    case 'agent':
    case 'media':
    case 'clock':
    case 'app':
      return over();
    default:
      return assertNever(event, 'event');
  }
}

/** Who took the call after all. */
function later(call: Call, event: FromRelay): Step {
  if (event.kind === 'still-ours') return sayAgain(call);
  const taken =
    event.kind === 'taken' || (event.kind === 'call-offer-withdrawn' && event.end === 'accepted');
  const corrects = call.path !== 'external' && (seemedMissed(call) || isTakenByUnknown(call));
  if (taken && event.by !== undefined && corrects) {
    return corrected(call, { kind: 'answered-elsewhere', by: event.by });
  }
  if (event.kind === 'reassigned' && event.to !== '' && reasonOf(call) === 'lost-to-team') {
    return corrected(call, { kind: 'lost-to-team', to: event.to });
  }
  // Who hangs up while a teammate is asked leaves the customer to them.
  const open = call.transfers?.some((one) => one.end === undefined) ?? false;
  if (open && event.kind === 'reassigned') {
    const closed = closeTransfer(call, { end: 'accepted' });
    return corrected(closed, { kind: 'transferred', to: event.to });
  }
  if (open && event.kind === 'transfer-ended') {
    return { ok: true, call: closeTransfer(call, event), effects: [] };
  }
  return over();
}

function over(): Step {
  return ignored('the call is over');
}

/** We were away or gave up, and hear that somebody else did not. */
function pickedUp(call: Call, told: CallStatus | CallAnswered): Step {
  const counts = told.kind === 'status' && told.status === 'accepted' && !call.callOffer;
  if (
    call.path === 'external' ||
    call.mediaServer === 'relay' ||
    !counts ||
    call.billed ||
    !seemedMissed(call)
  )
    return over();
  return corrected(call, { kind: 'answered-elsewhere', by: '' });
}

function isTakenByUnknown({ phase }: Call): boolean {
  if (phase.name !== 'ended' || phase.reason.kind !== 'answered-elsewhere') return false;
  return phase.reason.by === '';
}

/** A call we gave up before the provider had named it. One that goes on elsewhere is not ours to end. */
function orphan(call: Call, providerCallId: string): Step {
  if (call.direction !== 'outbound' || call.providerCallId !== undefined) return over();
  if (call.path === 'external') return { ok: true, call: { ...call, providerCallId }, effects: [] };
  return { ok: true, call: { ...call, providerCallId }, effects: [{ do: 'api.terminate' }] };
}

function verdict(call: Call, told: CallTerminated, providerCallId: string): Step {
  const next = withProviderResult(
    { ...call, providerCallId: call.providerCallId ?? providerCallId },
    told,
  );
  if (brokeWithCall(call, told)) return corrected(next, { kind: 'customer-hung-up' });
  if (call.path === 'external' && decides(call, told))
    return corrected(next, endOfExternal(call, told));
  const tells = call.path !== 'external' && call.mediaServer !== 'relay';
  if (call.direction === 'inbound' && call.billed === undefined && tells) {
    // It was never picked up, so whoever wanted to take it was too late.
    if (told.startedAt === undefined && reasonOf(call) === 'answered-elsewhere') {
      return corrected(next, { kind: 'caller-gone' });
    }
    // We were away or gave up, but somebody talked. In a call that was handed over somebody always did before.
    if (told.startedAt !== undefined && call.callOffer === undefined && seemedMissed(call)) {
      return corrected(next, { kind: 'answered-elsewhere', by: '' });
    }
  }
  return same(call, next) ? ignored('a repeated end') : { ok: true, call: next, effects: [] };
}

/** The sound of a call that the provider holds breaks off when the call ends; news of the end may come later. */
function brokeWithCall({ path, phase }: Call, told: CallTerminated): boolean {
  if (path !== 'streamed' || phase.name !== 'ended' || phase.reason.kind !== 'media-failed')
    return false;
  return told.startedAt !== undefined && (told.endedAt ?? told.at) <= phase.at;
}

/** Of an external call: whether it was we who had stopped waiting for this word, or somebody talked after all. */
function decides({ billed, phase }: Call, told: CallTerminated): boolean {
  if (billed === undefined && told.startedAt !== undefined) return true;
  if (phase.name !== 'ended' || phase.reason.kind !== 'failed') return false;
  return givenUp.has(phase.reason.error.code);
}

/** The beginning of a call whose end came first tells who called and when. */
function lateOffer(call: Call, told: CallOffered | CallAnnounced): Step {
  if (call.direction !== 'inbound') return over();
  const payload = told.kind === 'offer' ? told.payload : undefined;
  const next = {
    ...call,
    party: mergeParty(call.party, told.party),
    payload: call.payload ?? payload,
    createdAt: Math.min(call.createdAt, told.at),
  };
  return same(call, next) ? ignored('a repeated offer') : { ok: true, call: next, effects: [] };
}

function seemedMissed(call: Call): boolean {
  const reason = reasonOf(call);
  return reason === 'out-of-date' || reason === 'rang-out' || reason === 'caller-gone';
}

function reasonOf(call: Call): EndReason['kind'] | undefined {
  return call.phase.name === 'ended' ? call.phase.reason.kind : undefined;
}

function corrected(call: Call, reason: EndReason): Step {
  if (call.phase.name !== 'ended') return over();
  return { ok: true, call: { ...call, phase: { ...call.phase, reason } }, effects: [] };
}

function same(a: Call, b: Call): boolean {
  return (
    a.createdAt === b.createdAt &&
    a.providerCallId === b.providerCallId &&
    a.payload === b.payload &&
    a.billed === b.billed &&
    a.bill === b.bill &&
    a.recorded === b.recorded &&
    a.connectedAt === b.connectedAt &&
    a.party.name === b.party.name &&
    a.party.waId === b.party.waId &&
    a.party.username === b.party.username &&
    a.party.userId === b.party.userId
  );
}
