import { z } from 'zod';
import type { Party } from './events.ts';
import { type Problem, Reader } from './webhook.ts';

/** Field types of providers' JSON. */

/** An id or other text; some senders write numbers. */
export const text = z.union([z.string().min(1), z.number().transform(String)]);

/** A yes or no; some senders write it as text or as a number. */
export const flag = z.union([
  z.boolean(),
  z.union([z.literal(0), z.literal(1)]).transform(Boolean),
  z
    .string()
    .transform((value) => value.trim().toLowerCase())
    .pipe(z.enum(['true', 'false', '1', '0']))
    .transform((value) => value === 'true' || value === '1'),
]);

/** A number, which some senders write as text. */
export const number = z.union([
  z.number(),
  z
    .string()
    .trim()
    .regex(/^\d+(?:\.\d+)?$/)
    .transform(Number),
]);

/** A word that stands for something, in lower case. */
export const word = z.string().transform((value) => value.trim().toLowerCase());

/** Treats `null` as absent. */
export const maybe = <S extends z.ZodType>(schema: S) =>
  schema.nullish().transform((value) => value ?? undefined);

/** WhatsApp is younger than this, so no time can be earlier, ms. */
const EARLIEST_MS = Date.UTC(2009, 0, 1);
/** Upper bound for times, ms. Below it seconds, ms, µs and ns cannot be confused. */
const LATEST_MS = Date.UTC(2300, 0, 1);
const UNITS_PER_MS = [1e-3, 1, 1e3, 1e6] as const;

/** Converts Unix seconds to Unix ms, also from ms, µs or ns; undefined if no unit fits. */
function unixMs(value: number): number | undefined {
  return UNITS_PER_MS.map((unit) => Math.round(value / unit)).find(isTime);
}

const isTime = (ms: number): boolean => ms >= EARLIEST_MS && ms <= LATEST_MS;

/** Unix seconds as text or number, or ISO 8601 with a zone, to Unix ms. */
export const time = z
  .union([
    z.number(),
    z
      .string()
      .trim()
      .regex(/^\d+(\.\d+)?$/)
      .transform(Number),
    z
      .string()
      .trim()
      .regex(/^\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:?\d\d)$/)
      .transform((iso) => ({ ms: Date.parse(iso) })),
  ])
  .transform((value, context) => {
    const ms = typeof value === 'object' ? value.ms : unixMs(value);
    if (ms !== undefined && isTime(ms)) return ms;
    context.addIssue({ code: 'custom', message: 'is not a time' });
    return z.NEVER;
  });

/** No call lasts longer, s. Such values stand for "unknown", or are of another unit. */
const LONGEST_S = 7 * 86_400;

/** Seconds. */
export const duration = z
  .union([
    z.number(),
    z
      .string()
      .trim()
      .regex(/^\d+(?:\.\d+)?$/, 'is not a duration')
      .transform(Number),
  ])
  .refine((value) => value >= 0 && value <= LONGEST_S, 'is not a duration');

/**
 * The digits of a number as senders write it: WhatsApp's digits, maybe with a `+` and then with what people put between
 * digits, or as an id of WhatsApp's own network (`5511…:2@s.whatsapp.net`). Undefined if it is none, as a user id.
 */
export function digitsIn(written: string | undefined): string | undefined {
  const plain = (written ?? '').replace(/\p{Cf}/gu, '').trim();
  const user = /^(\d+)(?:[.:]\d+)*@(?:s\.whatsapp\.net|c\.us)$/i.exec(plain)?.[1] ?? plain;
  const number = user.replace(/^(?:tel|whatsapp):/i, '');
  const bare = number.startsWith('+') ? number.slice(1).replaceAll(/[\s().-]/g, '') : number;
  return /^\d{3,15}$/.test(bare) ? bare : undefined;
}

/** A person: their number, or their business-scoped user id, which begins with a country (`BR.1349…`). */
export const person = text.transform((value, context): Pick<Party, 'waId' | 'userId'> => {
  const waId = digitsIn(value);
  if (waId !== undefined) return { waId };
  const userId = value.trim();
  if (/^[A-Z]{2}\.[\w.-]+$/.test(userId)) return { userId };
  context.addIssue({ code: 'custom', message: 'is not a phone number' });
  return z.NEVER;
});

const INBOUND = ['inbound', 'incoming', 'user_initiated'];
const OUTBOUND = ['outbound', 'outgoing', 'business_initiated'];

/** Who called whom, under the names that vendors have for it. */
export const direction = word.transform((value, context) => {
  if (INBOUND.includes(value)) return 'inbound';
  if (OUTBOUND.includes(value)) return 'outbound';
  context.addIssue({ code: 'custom', message: 'is not a direction' });
  return z.NEVER;
});

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
