import { z } from 'zod';
import { type Problem, Reader } from '../webhook.ts';

/** Field types of the resellers' JSON: ids may be text or numbers, and `null` means absent. */

export const text = z.union([z.string().min(1), z.number().transform(String)]);

/** Treats `null` as absent. */
export const maybe = <S extends z.ZodType>(schema: S) =>
  schema.nullish().transform((value) => value ?? undefined);

/** The latest time a JavaScript `Date` can hold, ms. */
const LATEST_MS = 8.64e15;
/** As seconds this is the year 5138, as milliseconds 1973, so larger values are milliseconds. */
const MILLISECONDS_FROM = 1e11;

/** Converts ISO 8601 with a zone, or Unix seconds or ms as text or number, to Unix ms. */
export const time = z
  .union([
    z.number(),
    z.string().regex(/^\d+$/).transform(Number),
    z
      .string()
      .regex(/^\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:?\d\d)$/)
      .transform((iso) => ({ ms: Date.parse(iso) })),
  ])
  .transform((value) => {
    if (typeof value === 'object') return value.ms;
    return Math.round(value < MILLISECONDS_FROM ? value * 1000 : value);
  })
  .refine((ms) => ms >= 0 && ms <= LATEST_MS, 'is not a time');

/** Seconds. */
export const duration = z
  .union([
    z.number(),
    z
      .string()
      .regex(/^\d+(?:\.\d+)?$/)
      .transform(Number),
  ])
  .refine((value) => value >= 0 && Number.isFinite(value), 'is not a duration');

/** A number in WhatsApp's form: digits without `+`, which some fields have. */
export const phone = text.transform((value, context) => {
  const match = /^\+?(\d{3,20})$/.exec(value.trim());
  if (match?.[1] !== undefined) return match[1];
  context.addIssue({ code: 'custom', message: 'is not a phone number' });
  return z.NEVER;
});

/** Treats `INBOUND` and `inbound` alike. */
export const direction = z
  .string()
  .transform((value) => value.toLowerCase())
  .pipe(z.enum(['inbound', 'outbound']));

/** E.164 with `+`, from digits with or without it. */
export function e164(number: string): string {
  return `+${number.replace(/^\+/, '')}`;
}

/**
 * The same schema with invalid fields treated as absent, as in webhooks; for answers, which list no
 * problems.
 */
export const forgiving = <S extends z.ZodType>(schema: S) =>
  z.unknown().transform((value, context) => {
    const read = new Reader({ receivedAt: 0 }).read(schema, value, '');
    if (read !== undefined) return read;
    context.addIssue({ code: 'custom', message: 'is not as documented' });
    return z.NEVER;
  });

/** Collects events and problems of a delivery without an envelope. */
export function problemsOf(reader: Reader): readonly Problem[] {
  return reader.result().problems.map((one) => ({ ...one, path: one.path.replace(/^\./, '') }));
}
