import { z } from 'zod';
import { outcomes } from '../../../shared/call/record.ts';
import { parseJson } from '../../../shared/lib/parse-json.ts';
import type { Result } from '../../../shared/lib/result.ts';
import { timelineSource } from '../../db/timeline.ts';

/** Years that a date of four digits can name: others break places in the log. */
const unixMs = z.int().min(0).max(Date.UTC(9999, 0));
const time = z.iso
  .datetime({ offset: true })
  .transform((text) => Date.parse(text))
  .pipe(unixMs);
const party = z.object({
  waId: z.string().optional(),
  userId: z.string().optional(),
  name: z.string().optional(),
  username: z.string().optional(),
});
const endReason = z.looseObject({ kind: z.string() });
const note = z.object({
  by: z.string(),
  text: z.string().nullable(),
  disposition: z.string().optional(),
  tags: z.array(z.string()),
});

/** A line of our own JSON Lines, as `export/json-lines.ts` writes it. */
const line = z.object({
  id: z.string().min(1),
  direction: z.enum(['inbound', 'outbound']),
  outcome: z.enum(outcomes),
  party,
  createdAt: time,
  connectedAt: time.optional(),
  endedAt: time,
  talkSeconds: z.number().optional(),
  unseen: z.boolean(),
  voicemail: z.boolean().optional(),
  providerCallId: z.string().optional(),
  payload: z.string().optional(),
  endReason,
  quality: z.looseObject({}).optional(),
  note: z.string().optional(),
  disposition: z.string().optional(),
  tags: z.array(z.string()),
  teamNotes: z.array(note),
  parts: z.array(
    z.object({
      id: z.string().min(1),
      createdAt: unixMs,
      endReason,
      talkSeconds: z.number().optional(),
      callOffer: z.looseObject({}).optional(),
      transfers: z.array(z.looseObject({})).optional(),
    }),
  ),
  wholeSeconds: z.number().optional(),
  account: z.object({ id: z.string(), label: z.string(), number: z.string() }),
  timeline: z.array(
    z.object({
      at: time,
      from: timelineSource,
      kind: z.string(),
      ignored: z.string().optional(),
      detail: z.string().optional(),
    }),
  ),
});
export type ExportedCall = z.infer<typeof line>;

/** A call, or what is wrong with a line that is none of ours; nothing of the line is quoted. */
export function readLine(text: string): Result<ExportedCall, string> {
  const json = parseJson(text);
  if (!json.ok) return { ok: false, error: `it is not JSON: ${json.error}` };
  const read = line.safeParse(json.value);
  if (read.success) return { ok: true, value: read.data };
  const [issue] = read.error.issues;
  const where = issue?.path.map(String).join('.') ?? '';
  return { ok: false, error: `${where} ${issue?.message ?? ''}`.trim() };
}
