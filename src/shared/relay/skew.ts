import { assertNever } from '../lib/assert-never.ts';
import type { LogBody } from './protocol.ts';

/** Clocks closer than this count as the same: the way from the relay takes its time too. In ms. */
const TOLERANCE_MS = 2_000;

/**
 * How far this machine's clock is ahead of the relay's, in ms. A desk whose clock is wrong by minutes would take every
 * call for one of the past and never ring.
 *
 * @param relayNow the relay's time when it said hello
 */
export function skewOf(localNow: number, relayNow: number | undefined): number {
  const skew = relayNow === undefined ? 0 : localNow - relayNow;
  return Math.abs(skew) <= TOLERANCE_MS ? 0 : skew;
}

/** The provider's times of an entry by this machine's clock, so that they can be compared with its own. */
export function toLocalTime(body: LogBody, skewMs: number): LogBody {
  if (skewMs === 0 || body.type !== 'provider') return body;
  const { event } = body;
  const at = event.at + skewMs;
  const shifted = (time: number | undefined) => time && time + skewMs;
  switch (event.kind) {
    case 'offer':
    case 'answer':
    case 'status':
      return { ...body, event: { ...event, at } };
    case 'terminated': {
      const startedAt = shifted(event.startedAt);
      return { ...body, event: { ...event, at, startedAt, endedAt: shifted(event.endedAt) } };
    }
    case 'permission':
      return { ...body, event: { ...event, at, expiresAt: shifted(event.expiresAt) } };
    default:
      return assertNever(event, 'event');
  }
}
