import type { Quality } from '../../shared/ipc/history.ts';
import type { TeamView } from '../../shared/ipc/live-call.ts';

/** Above these a leg breaks up the sound; as the softphone judges its own. */
const MOST_LOSS = 0.03;
const MOST_JITTER_MS = 40;

/**
 * Whose network broke up the sound of a call that the relay carries. The softphone sees its own path to the relay; what
 * is wrong beyond it is the customer's, if the relay's leg to them says so, or else the relay's.
 */
export function blameBeyond(quality: Quality, legs: TeamView['legs'] | undefined): Quality {
  const customer = legs?.customer;
  if (!customer || (quality.blame !== 'customer' && quality.blame !== 'unclear')) return quality;
  const { packets, lost, jitterMs = 0 } = customer;
  const isBroken = lost > (packets + lost) * MOST_LOSS || jitterMs > MOST_JITTER_MS;
  return { ...quality, blame: isBroken ? 'customer' : 'relay' };
}
