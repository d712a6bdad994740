import { z } from 'zod';
import { id, time } from './provider-event.ts';

/** The most numbers and user ids of one person. */
export const MOST_KEYS = 100;

/**
 * That a person was erased. Consoles find whom it means by the hashes of their keys (`personHash`), so that nothing of
 * them has to be kept for consoles that connect later.
 */
export const erasure = z.object({
  id,
  /** What happened until then is erased; Unix ms. */
  at: time,
  salt: z.string().min(1).max(100),
  hashes: z.array(z.string().min(1).max(100)).min(1).max(MOST_KEYS),
});
export type Erasure = z.infer<typeof erasure>;

/** A person was erased: every console of the workspace does the same. */
export const erasedEntry = z.object({ type: z.literal('erased'), workspace: id, erasure });

const count = z.number().int().nonnegative();

/** What went at the relay. */
const erasedRows = z.object({
  entries: count,
  deliveries: count,
  calls: count,
  waiting: count,
  dispatches: count,
  /** Those of others, in which the number was written. */
  blanked: count,
  /** Recordings that the relay made, at all of its nodes that answered. */
  recordings: count,
  /** Recordings of the relay that stay because of a legal hold. */
  held: count.optional(),
  /** Nodes that have not answered: each erases once it is back. */
  silent: z.array(z.string().max(100)).optional(),
});
export type ErasedRows = z.infer<typeof erasedRows>;

/** The answers about erasures. */
export const erasureOutcomes = [
  /** `consoles`: of the workspace; each erases when it hears of it. */
  z.object({
    kind: z.literal('erased'),
    erasure,
    rows: erasedRows,
    consoles: z.number().int().nonnegative(),
  }),
  /** In the order of their times. */
  z.object({ kind: z.literal('erasures'), items: z.array(erasure) }),
] as const;
