import { z } from 'zod';

/** What a provider that tells no program what it charges charged for a number's calls of a month. */
export const enteredBill = z
  .object({
    accountId: z.string().min(1).max(200),
    /** `2026-11`. */
    month: z.string().regex(/^\d{4}-(?:0[1-9]|1[0-2])$/),
    /** A decimal with a point. */
    amount: z.string().regex(/^\d{1,9}(?:\.\d{1,4})?$/),
    /** ISO 4217. */
    currency: z.string().regex(/^[A-Z]{3}$/),
  })
  .strict();
export type EnteredBill = z.infer<typeof enteredBill>;
