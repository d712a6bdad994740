import { createHash } from 'node:crypto';
import type { CallEvent } from '../../shared/call/events.ts';

/**
 * An event as its timeline stores it: every SDP is replaced by its length and hash. It holds the
 * credentials of the call's media, and the hash still proves that an accept carried the SDP of its
 * pre-accept.
 *
 * @param cursor the relay log entry that reported it, where the SDP still is
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
