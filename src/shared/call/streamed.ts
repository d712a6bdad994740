import { assertNever } from '../lib/assert-never.ts';
import { direct } from './direct.ts';
import type { CallEvent } from './events.ts';
import type { Effect } from './effects.ts';
import type { Accepting, Call } from './model.ts';
import { ended, ignored, moved, type Step } from './step.ts';
import { timing } from './timing.ts';

/**
 * A streamed call, in any phase but ended. It goes like a direct one where nothing differs. But nothing is prepared, and
 * neither a lost window nor a restart ends it, because it does not live in this window: its sound is opened anew.
 */
export function streamed(call: Call, event: CallEvent, now: number): Step {
  switch (event.from) {
    case 'provider':
      return fromProvider(call, event, now);
    case 'media':
      if (call.phase.name !== 'connected')
        return ignored('there is no sound before the call is up');
      return event.kind === 'lost' ? soundAgain(call) : direct(call, event, now);
    case 'app':
      return restarted(call, event, now);
    case 'relay':
    case 'agent':
    case 'api':
    case 'clock':
      return direct(call, event, now);
    default:
      return assertNever(event, 'event');
  }
}

function soundAgain(call: Call): Step {
  const mute: Effect[] = call.muted ? [{ do: 'media.mute', muted: true }] : [];
  return { ok: true, call, effects: [{ do: 'media.live' }, ...mute] };
}

function fromProvider(
  call: Call,
  event: Extract<CallEvent, { from: 'provider' }>,
  now: number,
): Step {
  const { event: told, providerCallId } = event;
  switch (told.kind) {
    case 'offer':
    case 'answer':
      return ignored('there is no SDP in a call that the provider holds');
    case 'status': {
      const isNews = told.status === 'accepted' && call.phase.name !== 'connected';
      if (!isNews || !isOurs(call)) return direct(call, event, now);
      const connectedAt = Math.min(Math.max(told.at, call.createdAt), now);
      const named = { ...call, providerCallId: call.providerCallId ?? providerCallId, connectedAt };
      return moved(named, { name: 'connected' }, { do: 'media.live' });
    }
    case 'announced':
    case 'terminated':
    case 'recording':
      return direct(call, event, now);
    default:
      return assertNever(told, 'provider event');
  }
}

/** Whether the provider's word that the call was picked up means us: we placed it, or sent an accept. */
function isOurs({ direction, phase, mediaServer }: Call): boolean {
  if (direction === 'outbound') return true;
  if (mediaServer === 'relay') return false;
  if (phase.name === 'accepting') return phase.step === 'sending';
  // The answer to our last accept was lost, not the accept.
  return phase.name === 'ringing' && phase.lastError !== undefined;
}

function restarted(call: Call, event: CallEvent, now: number): Step {
  const { phase } = call;
  switch (phase.name) {
    case 'ringing':
      if (now >= phase.deadlineAt) return direct(call, event, now);
      return moved(call, { ...phase, soleCandidate: false });
    case 'accepting':
      // Whether the accept went out, only the provider knows; its word or the deadline is awaited.
      if (phase.step === 'sending') return moved(call, phase);
      return ringsOn(call, phase, now);
    case 'placing':
    case 'calling':
    case 'customer-ringing':
      return call.providerCallId === undefined ? direct(call, event, now) : moved(call, phase);
    case 'connected':
      return soundAgain(call);
    case 'preparing':
    case 'rejoining':
    case 'external':
    case 'ended':
      return direct(call, event, now);
    default:
      return assertNever(phase, 'phase');
  }
}

function ringsOn(call: Call, { offer, answer, reservation }: Accepting, now: number): Step {
  const release: Effect = { do: 'relay.release', why: 'interrupted' };
  const deadlineAt = call.createdAt + timing.ring;
  if (now >= deadlineAt) return ended(call, { kind: 'rang-out' }, now, release);
  return moved(
    call,
    { name: 'ringing', deadlineAt, offer, answer, reservation, soleCandidate: false },
    release,
  );
}
