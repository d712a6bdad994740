import { assertNever } from '../lib/assert-never.ts';
import type { Effect } from './effects.ts';
import type { FromMedia } from './events.ts';
import type { Connected, Rejoining, RelayedAccepting, RelayedRinging } from './phases.ts';
import type { RelayedCall } from './model.ts';
import { changed, heard, ignored, moved, type Step } from './step.ts';
import { timing } from './timing.ts';

/** The claim is granted: the customer is ours, and hears us as soon as our leg is there. */
export function takenUp(
  call: RelayedCall,
  { leg }: RelayedRinging | RelayedAccepting,
  now: number,
): Step<RelayedCall> {
  const ours = { ...call, acceptPressedAt: call.acceptPressedAt ?? now, connectedAt: now };
  return leg.state === 'ready'
    ? moved(ours, { name: 'connected' }, { do: 'media.live' })
    : rejoin(ours, now + timing.rejoin);
}

/** Our leg is gone, or was never there: a new one is made. */
export function rejoin(call: RelayedCall, deadlineAt: number): Step<RelayedCall> {
  return moved(call, { name: 'rejoining', deadlineAt }, { do: 'media.rejoin' });
}

/** What becomes of our leg in a call that was picked up. */
export function legReport(
  call: RelayedCall,
  phase: Connected | Rejoining,
  event: FromMedia,
  now: number,
): Step<RelayedCall> {
  const rejoining = phase.name === 'rejoining';
  switch (event.kind) {
    case 'audio':
      return heard(call, now);
    case 'leg-ready': {
      if (!rejoining) return ignored('already connected');
      const mute: Effect[] = call.muted ? [{ do: 'media.mute', muted: true }] : [];
      return changed(call, ...mute, { do: 'media.live' });
    }
    case 'connected':
      return rejoining ? moved(call, { name: 'connected' }) : ignored('already connected');
    case 'failed':
    case 'lost':
      return rejoin(call, rejoining ? phase.deadlineAt : now + patience(event.graceMs));
    case 'offer-ready':
    case 'answer-ready':
      return ignored('belongs to a direct call');
    default:
      return assertNever(event, 'media event');
  }
}

/** Slightly longer than the relay's own timeout, so that its decision arrives first when we are connected. */
function patience(graceMs: number | undefined): number {
  return graceMs === undefined ? timing.rejoin : graceMs + timing.rejoinMargin;
}
