import { z } from 'zod';
import { outcomes } from '../../call/record.ts';
import { insightSlice } from '../../protocol/insight.ts';
import type { TemplateUse } from '../../providers/requests.ts';
import { LONGEST_SEARCH, type HistoryFilter } from '../history.ts';

export const callId = z.string().min(1).max(600);

export const empty = z.object({}).strict();

export const digits = z.string().regex(/^\d{3,20}$/);

export const time = z.number().int().nonnegative();

export const historyFilter = z
  .object({
    direction: z.enum(['inbound', 'outbound']).optional(),
    outcome: z.enum(outcomes).optional(),
    voicemail: z.literal(true).optional(),
    recording: z.literal(true).optional(),
    accountId: z.string().max(200).optional(),
    text: z.string().max(LONGEST_SEARCH).optional(),
    from: time.optional(),
    to: time.optional(),
    insight: insightSlice.optional(),
  })
  .strict() satisfies z.ZodType<HistoryFilter>;

export const accountId = z.string().min(1).max(200);

/** A person: by number, or by business-scoped user id. */
export const recipient = z
  .object({ waId: digits.optional(), userId: z.string().min(1).max(200).optional() })
  .strict()
  .refine(({ waId, userId }) => waId !== undefined || userId !== undefined, {
    error: 'needs a number or a user id',
  });

export const template = z
  .object({
    name: z.string().min(1).max(512),
    language: z.string().min(2).max(20),
    values: z.array(z.string().max(1024)).max(50).readonly(),
  })
  .strict() satisfies z.ZodType<TemplateUse>;
