import { z } from 'zod';
import { mediaPaths } from '../../shared/providers/media-path.ts';
import type { Call } from '../../shared/call/model.ts';
import { parseJson } from './json.ts';

const state = z.looseObject({ state: z.string() });
const waiting = { deadlineAt: z.number() };
const offered = { ...waiting, offer: z.string(), answer: state, reservation: state };

/** What the rules cannot do without. A whole call has more, and may get more with every version. */
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
 * A call as its row keeps it: whole, but for the SDPs of its media. They hold the credentials of
 * the call and are worth nothing when the app was stopped but for the offer of a call that still
 * rings, which the relay tells again.
 */
export function redactedSnapshot(call: Call): string {
  return JSON.stringify(call, (key, value: unknown) =>
    (key === 'offer' || key === 'sdp') && typeof value === 'string' ? '' : value,
  );
}

/** A call from its row; undefined for a row that does not hold one. */
export function readSnapshot(text: string): Call | undefined {
  const content = parseJson(text);
  return isCall(content) ? content : undefined;
}

/** Written by `redactedSnapshot`, in this version's form or brought to it by a migration. */
function isCall(content: unknown): content is Call {
  return storedCall.safeParse(content).success;
}
