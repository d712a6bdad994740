import { z } from 'zod';
import { agent } from './agent.ts';
import { id, time } from './provider-event.ts';

/** The most recordings of one call. */
const MOST_RECORDINGS = 50;

/** Recordings of a call that must stay, or not any more. */
export const holdAsked = z.object({
  accountId: id,
  /** The hash of the call's id (`callHash`): nothing of the customer is kept for it. */
  call: z.string().min(1).max(100),
  on: z.boolean(),
  /** Those of the relay. */
  recordings: z.array(id).max(MOST_RECORDINGS),
});

/** Whether the recordings of a call must stay whatever their age, wherever they are kept. */
export const legalHold = holdAsked.extend({
  by: agent,
  /** When the relay granted it. */
  at: time,
});
export type LegalHold = z.infer<typeof legalHold>;

/** A supervisor has put a call on legal hold, or lifted it: every console that has its recordings does the same. */
export const legalHoldEntry = legalHold.extend({ type: z.literal('legal-hold') });

/** The answer about legal holds of an agent's numbers: the last word about each call. */
export const legalHoldsOutcome = z.object({
  kind: z.literal('legal-holds'),
  items: z.array(legalHold),
});
