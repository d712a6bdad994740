import { z } from 'zod';
import {
  LONGEST_VOICEMAIL_WAIT,
  voicemailTriggers,
  type SettingsChange,
} from '../../providers/number-settings.ts';
import { recordingPolicySchema } from '../../recording/policy.ts';
import { accountId, empty, recipient, time } from './fields.ts';

const decimal = z.string().regex(/^-?\d{1,12}(\.\d{1,6})?$/);

const currency = z.string().regex(/^[A-Z]{3}$/);

const hhmm = z.string().regex(/^([01]\d|2[0-4])[0-5]\d$/);

const day = z.enum(['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY']);

const settingsChange = z
  .object({
    calling: z.boolean().optional(),
    iconVisible: z.boolean().optional(),
    iconCountries: z
      .array(z.string().regex(/^[A-Z]{2}$/))
      .max(250)
      .readonly()
      .optional(),
    hours: z
      .object({
        zone: z.string().min(1).max(60),
        weekly: z
          .array(z.object({ day, open: hhmm, close: hhmm }).strict())
          .max(100)
          .readonly(),
        holidays: z
          .array(z.object({ date: z.iso.date(), open: hhmm, close: hhmm }).strict())
          .max(100)
          .readonly(),
        holidaysMean: z.enum(['open', 'closed']),
      })
      .strict()
      .nullable()
      .optional(),
    callback: z.boolean().optional(),
    voicemail: z
      .object({
        on: z.boolean(),
        triggers: z.array(z.enum(voicemailTriggers)).max(voicemailTriggers.length).readonly(),
        waitSeconds: z.number().int().min(0).max(LONGEST_VOICEMAIL_WAIT).optional(),
        announcement: z.string().min(1).max(200).optional(),
      })
      .strict()
      .optional(),
    forwarding: z
      .object({
        to: z.string().max(500).optional(),
        recording: z.boolean().optional(),
        sipUsername: z.string().max(200).optional(),
        sipPassword: z.string().max(200).optional(),
        maxCallSeconds: z.number().int().positive().max(86_400).nullable().optional(),
        callerId: z.enum(['business', 'caller']).optional(),
      })
      .strict()
      .optional(),
  })
  .strict() satisfies z.ZodType<SettingsChange>;

/** A minute of Opus at a higher rate than ours. */
const MAX_ANNOUNCEMENT_BYTES = 900_000;

const announcement = z
  .instanceof(Uint8Array)
  .refine(({ length }) => length > 0 && length <= MAX_ANNOUNCEMENT_BYTES);

export const numberRoutes = {
  /** A number's state, with its settings read from the provider now. */
  'numbers.get': z.object({ accountId }).strict(),
  /** `announcement`: a new one for the voicemail, Ogg/Opus. */
  'numbers.set': z
    .object({ accountId, change: settingsChange, announcement: announcement.optional() })
    .strict(),
  /** Facts about a number that only people know. */
  'numbers.note': z
    .object({
      accountId,
      messagingTier: z.string().max(40).nullable().optional(),
      sandbox: z.boolean().optional(),
      balance: z
        .object({ amount: decimal, minimum: decimal, currency })
        .strict()
        .nullable()
        .optional(),
      recording: z
        .union([
          z.literal('off'),
          z
            .object({
              purpose: z.string().trim().min(1).max(250),
              language: z
                .string()
                .regex(/^[a-z]{2}(_[A-Z]{2})?$/)
                .optional(),
              transcript: z.boolean().optional(),
            })
            .strict(),
        ])
        .optional(),
      recordingPolicy: recordingPolicySchema.optional(),
    })
    .strict(),
  'numbers.analytics': z.object({ accountId, from: time, to: time }).strict(),
  /** The price of a call, if the provider offers estimates. */
  'numbers.estimate': z
    .object({ accountId, party: recipient, minutes: z.number().int().min(1).max(600) })
    .strict(),
  'rate-card.get': empty,
  /** Opens a dialog for a CSV file. */
  'rate-card.import': z.object({ currency: currency.optional() }).strict(),
} as const;
