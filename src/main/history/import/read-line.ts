import { z } from 'zod';
import { outcomes } from '../../../shared/call/record.ts';

const time = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));
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
      createdAt: z.number(),
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
      from: z.enum(['provider', 'relay', 'agent', 'media', 'api', 'clock', 'app']),
      kind: z.string(),
      ignored: z.string().optional(),
      detail: z.string().optional(),
    }),
  ),
});
export type ExportedCall = z.infer<typeof line>;

/** @throws Error that says what is wrong with a line that is none of ours */
export function readLine(text: string): ExportedCall {
  return line.parse(JSON.parse(text));
}
