import { callOfferEnd } from './call-offer-end.ts';
import {
  blames,
  dimensions,
  kinds,
  measures,
  type InsightPart,
  type InsightRange,
  type InsightSlice,
  type WrittenPriceList,
} from './insight-question.ts';
import { z } from 'zod';
import { isTimeZone } from '../rules/zoned-time.ts';

const key = z.string().max(300);
const time = z.number().int().nonnegative();

const range = {
  from: time,
  to: time,
  zone: z.string().max(100).refine(isTimeZone),
  accountId: key.optional(),
  team: key.optional(),
};

/** Which calls are counted. */
export const insightRange = z.object(range).strict() satisfies z.ZodType<InsightRange>;

/** What a view of Insight asks for. */
export const insightPart = z.discriminatedUnion('view', [
  z.object({ view: z.enum(['hours', 'pickUp', 'cost', 'quality', 'transfers']) }).strict(),
  z.object({ view: z.literal('breakdown'), dimension: z.enum(dimensions) }).strict(),
]) satisfies z.ZodType<InsightPart>;

/** The calls behind a figure. */
export const insightSlice = z
  .object({
    ...range,
    direction: z.enum(['inbound', 'outbound']).optional(),
    kind: z.enum(kinds).optional(),
    weekday: z.int().min(0).max(6).optional(),
    hour: z.int().min(0).max(23).optional(),
    date: z.iso.date().optional(),
    by: z
      .object({ dimension: z.enum(dimensions), key })
      .strict()
      .optional(),
    measure: z.enum(measures).optional(),
    quality: z.enum([...blames, 'good']).optional(),
    transfer: z.object({ to: key, end: callOfferEnd.optional() }).strict().optional(),
    isBilled: z.literal(true).optional(),
  })
  .strict() satisfies z.ZodType<InsightSlice>;

/** The CSV of a rate card, and the currency to count in; far below the size of a frame. */
export const priceList = z
  .object({ csv: z.string().max(300_000), currency: z.string().length(3) })
  .strict() satisfies z.ZodType<WrittenPriceList>;

const count = z.number().int().nonnegative();
const figure = z.number().nonnegative();

const counts = { received: count, pickedUp: count, missed: count, placed: count, reached: count };
const day = z.object({ date: z.iso.date(), ...counts });
const lengths = z
  .object({ calls: count, total: figure, mean: figure, median: count, p90: count })
  .optional();
const group = z.object({
  key,
  ...counts,
  lengths: z.object({ answer: lengths, talk: lengths, hold: lengths, wrapUp: lengths }).partial(),
});
const quality = {
  good: count,
  agent: count,
  customer: count,
  relay: count,
  unclear: count,
  mos: figure.optional(),
};

/** The relay's answer to a view, about the whole team. */
export const insightFigures = z.discriminatedUnion('view', [
  z.object({
    view: z.literal('hours'),
    all: z.object(counts),
    week: z.array(z.object(counts)).max(168).readonly(),
    days: z.array(day).readonly(),
  }),
  z.object({
    view: z.literal('pickUp'),
    numbers: z.array(z.object({ accountId: key, days: z.array(day).readonly() })).readonly(),
  }),
  z.object({
    view: z.literal('breakdown'),
    dimension: z.enum(dimensions),
    all: group,
    groups: z.array(group).readonly(),
  }),
  z.object({
    view: z.literal('cost'),
    rows: z
      .array(
        z.object({
          accountId: key,
          country: key,
          calls: count,
          seconds: figure,
          amount: z.string().optional(),
          currency: z.string().optional(),
          unpriced: count,
          billed: z.string().optional(),
        }),
      )
      .readonly(),
  }),
  z.object({
    view: z.literal('quality'),
    all: z.object(quality),
    days: z.array(z.object({ date: z.iso.date(), ...quality })).readonly(),
  }),
  z.object({
    view: z.literal('transfers'),
    calls: count,
    to: z
      .array(z.object({ to: z.string(), end: callOfferEnd.optional(), calls: count }))
      .readonly(),
  }),
]);
