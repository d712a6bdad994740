import { z } from 'zod';
import { mediaPaths } from '../../shared/providers/media-path.ts';
import type { Call } from '../../shared/call/model.ts';
import { parseJson } from './json.ts';

const state = z.looseObject({ state: z.string() });
const waiting = { deadlineAt: z.number() };
const offered = { ...waiting, offer: z.string(), answer: state, reservation: state };

/** What the call rules require. A whole call has more, and later versions may add to it. */
const storedCall = z.looseObject({
  id: z.string().min(1),
  accountId: z.string(),
  direction: z.enum(['inbound', 'outbound']),
  path: z.enum(mediaPaths),
  party: z.looseObject({}),
  createdAt: z.number(),
  muted: z.boolean(),
  phase: z.discriminatedUnion('name', [
    z.looseObject({ name: z.literal('ringing'), ...offered }),
    z.looseObject({ name: z.literal('accepting'), ...offered }),
    z.looseObject({
      name: z.enum(['preparing', 'placing', 'calling', 'customer-ringing', 'rejoining']),
      ...waiting,
    }),
    z.looseObject({ name: z.literal('external'), ...waiting, stage: z.string() }),
    z.looseObject({ name: z.literal('connected') }),
    z.looseObject({
      name: z.literal('ended'),
      at: z.number(),
      reason: z.looseObject({ kind: z.string() }),
    }),
  ]),
});

/**
 * A call as its row stores it: without the SDPs of its media. They hold the call's credentials and
 * are useless after a restart, except for the offer of a ringing call, which the relay sends again.
 */
export function redactedSnapshot(call: Call): string {
  return JSON.stringify(call, (key, value: unknown) =>
    (key === 'offer' || key === 'sdp') && typeof value === 'string' ? '' : value,
  );
}

/** A call from its row; undefined if the row does not hold one. */
export function readSnapshot(text: string): Call | undefined {
  const content = parseJson(text);
  return isCall(content) ? content : undefined;
}

/** Only `redactedSnapshot` writes it, and migrations update it. */
function isCall(content: unknown): content is Call {
  return storedCall.safeParse(content).success;
}
