import { isCalling } from '../../shared/call/view.ts';
import { isEngaging } from '../../shared/call/model.ts';
import type { LiveCall } from '../../shared/ipc/live-call.ts';
import { type PresenceView, ringsSilently } from '../../shared/ipc/team.ts';

/** Sounds that loop. */
export type Loop = 'ring' | 'call-waiting' | 'ringback';
/** Short sounds that mark an event. */
export type Tone = 'connected' | 'ended' | 'offered' | 'reverted';

type AudibleCall = Pick<
  LiveCall,
  'id' | 'direction' | 'phase' | 'audioAt' | 'transfers' | 'alsoRings'
>;

/** The loop to play: a ring if the agent is free, a beep during a call. */
export function loopOf(calls: readonly AudibleCall[], presence: PresenceView): Loop | undefined {
  const engaged = calls.find(({ phase }) => isEngaging(phase.name));
  const ringing = calls.some((call) => isAudible(call) && !ringsSilently(presence, call));
  if (ringing) return engaged ? 'call-waiting' : 'ring';
  // Once the customer is audible, nothing may drown them out.
  if (engaged?.phase.name === 'customer-ringing' && engaged.audioAt === undefined) {
    return 'ringback';
  }
  return undefined;
}

/** The tone for a change between two snapshots. */
export function toneOf(
  before: readonly AudibleCall[],
  now: readonly AudibleCall[],
): Tone | undefined {
  for (const call of now) {
    const earlier = before.find(({ id }) => id === call.id);
    const was = earlier?.phase.name;
    if (call.phase.name === 'connected' && was !== undefined && was !== 'connected') {
      return 'connected';
    }
    if (call.phase.name === 'ended' && was !== undefined && isEngaging(was)) {
      return 'ended';
    }
    const tone = transferTone(earlier, call);
    if (tone && call.phase.name !== 'ended') return tone;
  }
  return undefined;
}

function transferTone(
  before: AudibleCall | undefined,
  { transfers = [] }: AudibleCall,
): Tone | undefined {
  if (before === undefined) return undefined;
  const earlier = before.transfers ?? [];
  if (transfers.length > earlier.length) return 'offered';
  const end = transfers.at(-1)?.end;
  // An agent who cancelled the transfer needs no sound.
  if (end === undefined || end === 'cancelled' || end === 'accepted') return undefined;
  return earlier.at(-1)?.end === undefined ? 'reverted' : undefined;
}

/** A declined or silenced ring makes no sound. */
function isAudible(call: AudibleCall): boolean {
  return isCalling(call) && !(call.phase.name === 'ringing' && call.phase.silenced);
}
