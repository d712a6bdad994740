import { assertNever } from '../lib/assert-never.ts';
import type { CallEvent } from './events.ts';
import type { Effect } from './effects.ts';
import type { Accepting, Call } from './model.ts';
import { ended, ignored, moved, type Step } from './step.ts';
import { timing } from './timing.ts';

/**
 * What differs when the provider or the relay holds the call and hands us its sound: nothing is prepared, and because
 * the call does not live in this window, neither a lost window nor a restart ends it; its sound is opened anew.
 *
 * @returns undefined where it goes as with every other call
 */
export function streamed(call: Call, event: CallEvent, now: number): Step | undefined {
  switch (event.from) {
    case 'provider':
      return fromProvider(call, event, now);
    case 'media':
      if (call.phase.name !== 'connected')
        return ignored('there is no sound before the call is up');
      return event.kind === 'lost' ? soundAgain(call) : undefined;
    case 'app':
      return restarted(call, now);
    case 'relay':
    case 'agent':
    case 'api':
    case 'clock':
      return undefined;
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
  { event: told, providerCallId }: Extract<CallEvent, { from: 'provider' }>,
  now: number,
): Step | undefined {
  switch (told.kind) {
    case 'offer':
    case 'answer':
      return ignored('there is no SDP in a call that the provider holds');
    case 'status': {
      if (told.status !== 'accepted' || call.phase.name === 'connected') return undefined;
      if (!isOurs(call)) return undefined;
      const connectedAt = Math.min(Math.max(told.at, call.createdAt), now);
      const named = { ...call, providerCallId: call.providerCallId ?? providerCallId, connectedAt };
      return moved(named, { name: 'connected' }, { do: 'media.live' });
    }
    case 'announced':
    case 'terminated':
    case 'recording':
      return undefined;
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

function restarted(call: Call, now: number): Step | undefined {
  const { phase } = call;
  switch (phase.name) {
    case 'ringing':
      if (now >= phase.deadlineAt) return undefined;
      return moved(call, { ...phase, soleCandidate: false });
    case 'accepting':
      // Whether the accept went out, only the provider knows; its word or the deadline is awaited.
      if (phase.step === 'sending') return moved(call, phase);
      return ringsOn(call, phase, now);
    case 'placing':
    case 'calling':
    case 'customer-ringing':
      return call.providerCallId === undefined ? undefined : moved(call, phase);
    case 'connected':
      return soundAgain(call);
    case 'preparing':
    case 'rejoining':
    case 'external':
    case 'ended':
      return undefined;
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
