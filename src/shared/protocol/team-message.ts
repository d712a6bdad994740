import { z } from 'zod';
import { manyLines } from '../lib/foreign-text.ts';
import { agent } from './agent.ts';
import { LONGEST_TEAM_MESSAGE } from './limits.ts';
import { id } from './provider-event.ts';

/** Messages that are marked as read at once. */
const MOST_READ = 100;

export const teamMessageText = z
  .string()
  .max(LONGEST_TEAM_MESSAGE)
  .transform(manyLines)
  .refine((text) => text.trim() !== '');

/** The messages that an agent has read, and who sent them. */
export const readMessages = z
  .array(z.object({ id, from: id }))
  .min(1)
  .max(MOST_READ);

/** Entries that only their sender and those in `to` receive. */
export const personalEntries = [
  /** A message to a teammate, or to a team: `team`. */
  z.object({
    type: z.literal('told'),
    messageId: id,
    workspace: id,
    from: agent,
    to: z.array(id),
    /** Whom it was sent to, as shown: an agent's name or the team's. */
    toName: z.string(),
    team: z.boolean(),
    text: z.string().transform(manyLines),
  }),
  /** An agent has read messages of those in `to`. */
  z.object({
    type: z.literal('told-read'),
    workspace: id,
    by: agent,
    to: z.array(id),
    messageIds: z.array(id),
  }),
] as const;
