import { z } from 'zod';
import { blames } from './insight-question.ts';

const whole = z.number().int().nonnegative();

/**
 * What an agent's console knows of a call in which they talked, beyond what the relay sees. It is all of it: what they
 * said of the call before counts no more. Lengths are whole seconds, and their own.
 */
export const measured = {
  talkSeconds: whole.optional(),
  holdSeconds: whole.optional(),
  wrapUpSeconds: whole.optional(),
  /** Voice quality, 1–4.5. */
  mos: z.number().min(1).max(5).optional(),
  blame: z.enum(blames).optional(),
  /** What the provider bills, of the whole call; where only the console was told. */
  billedSeconds: whole.optional(),
  /** Millionths of a US dollar. */
  billedMicros: whole.optional(),
};
export type Measured = z.infer<z.ZodObject<typeof measured>>;
