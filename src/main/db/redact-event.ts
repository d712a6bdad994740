import { createHash } from 'node:crypto';
import type { CallEvent } from '../../shared/call/events.ts';

/**
 * An event as its timeline keeps it: every SDP is replaced by its length and hash, because it holds
 * the credentials of the call's media, and an accept can still be proven to have carried the SDP of
 * its pre-accept.
 *
 * @param cursor entry of the relay's log that told it; there the SDP can be had again
 */
export function redactSdp(event: CallEvent, cursor?: number): { kind: string; body: string } {
  const kind = event.from === 'provider' ? event.event.kind : event.kind;
  const body = JSON.stringify({ ...event, cursor }, (key, value: unknown) =>
    key === 'sdp' && typeof value === 'string'
      ? {
          length: value.length,
          sha256: createHash('sha256').update(value).digest('hex').slice(0, 16),
        }
      : value,
  );
  return { kind, body };
}
