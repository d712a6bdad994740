import { z } from 'zod';
import { faultsPatchSchema } from '../faults.ts';
import { isDigit } from '../media/dtmf.ts';

const ms = z.number().nonnegative();
const digit = z.string().refine(isDigit, 'one of 0-9, *, #, A-D');

/** Keypad presses: a string is typed from 1 s after pick-up, one key every 400 ms. */
export const pressesSchema = z.union([
  z
    .string()
    .transform((text) => text.split('').map((key, at) => ({ digit: key, atMs: 1000 + 400 * at })))
    .refine((presses) => presses.every((press) => isDigit(press.digit)), 'only 0-9, *, #, A-D'),
  z.array(z.strictObject({ digit, atMs: ms })),
]);

export const hzSchema = z.number().min(50).max(8000);
const voiceSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('talk') }),
  z.strictObject({ kind: z.literal('tone'), hz: hzSchema.default(440) }),
  z.strictObject({ kind: z.literal('echo') }),
  z.strictObject({ kind: z.literal('silent') }),
]);

const behaviour = z.strictObject({
  /** What every business number may do at first. */
  permission: z.enum(['none', 'temporary', 'permanent']),
  /** What happens when the business calls. `ignore` rings until the ring time-out. */
  onCall: z.enum(['answer', 'decline', 'ignore']),
  answerAfterMs: ms,
  /** Hangs up this long after pick-up; without it, never. */
  hangUpAfterMs: ms.optional(),
  onPermissionRequest: z.enum(['accept', 'accept-permanent', 'decline', 'ignore']),
  /** Whether they wrote within the last day when the world began. */
  serviceWindow: z.enum(['open', 'closed']),
  /** Meta's code with which messages to them fail, e.g. 131026. */
  undeliverable: z.number().int().optional(),
  /** The number that they hide until somebody asks for it: digits. Without it, they ignore the question. */
  sharesNumber: z
    .string()
    .regex(/^\d{3,15}$/)
    .optional(),
  /** Whether their phone sends read receipts. */
  reads: z.boolean(),
  /**
   * Revokes the permission in the chat after a call with the business; no webhook reports it
   * (docs/providers/meta.md#permission-reply).
   */
  revokesAfterCall: z.boolean(),
  sends: voiceSchema,
  digits: pressesSchema,
  /** False: not on WhatsApp, or a client that cannot take calls (138001). */
  callable: z.boolean(),
  /** What goes wrong in this customer's calls. */
  faults: faultsPatchSchema.optional(),
});
export type CustomerBehaviour = z.infer<typeof behaviour>;

/** Some of a customer's behaviour; what is left out keeps its value. */
export const behaviourPatchSchema = behaviour.partial().strict();
export type BehaviourPatch = z.input<typeof behaviourPatchSchema>;

/** The behaviour of a customer that the configuration does not mention. */
export const defaultBehaviour: CustomerBehaviour = {
  permission: 'none',
  onCall: 'answer',
  answerAfterMs: 3000,
  onPermissionRequest: 'accept',
  serviceWindow: 'open',
  reads: true,
  revokesAfterCall: false,
  sends: { kind: 'talk' },
  digits: [],
  callable: true,
};

/**
 * A customer is named by number or by business-scoped user id; people with a username may hide
 * their number.
 */
const reference = {
  waId: z
    .string()
    .regex(/^\+?[\d ().-]+$/, 'a phone number')
    .optional(),
  bsuid: z.string().min(1).optional(),
  name: z.string().optional(),
  username: z.string().optional(),
};
const named = (ref: { waId?: string | undefined; bsuid?: string | undefined }): boolean =>
  ref.waId !== undefined || ref.bsuid !== undefined;

export const customerRefSchema = z.strictObject(reference).refine(named, 'waId or bsuid: required');
export type CustomerRef = z.infer<typeof customerRefSchema>;

export const customerSchema = behaviour
  .partial()
  .extend(reference)
  .refine(named, 'waId or bsuid: required');
export type CustomerConfig = z.infer<typeof customerSchema>;
