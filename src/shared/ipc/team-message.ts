import { z } from 'zod';

/** A message among teammates, as it is kept at the console. */
export const keptMessage = z.object({
  id: z.string(),
  at: z.number(),
  from: z.object({ id: z.string(), name: z.string() }),
  /** An agent's name or a team's. */
  to: z.string(),
  team: z.boolean(),
  text: z.string(),
  isOurs: z.boolean(),
  /** Not seen by the agent yet. */
  isUnread: z.boolean().optional(),
  /** Seen, but its sender has not been told yet. */
  isUntold: z.boolean().optional(),
  /** Names. */
  readBy: z.array(z.string()).readonly(),
});
export type KeptMessage = z.infer<typeof keptMessage>;
