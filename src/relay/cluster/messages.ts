import { z } from 'zod';
import { fromConsole } from '../../shared/protocol/agent-frames.ts';
import { presence } from '../../shared/protocol/frames.ts';
import type { Request } from '../outcome.ts';

const agent = z.object({ presence, since: z.number(), connectedAt: z.number() });

/** What each node tells the others, at once when something changes and about every second otherwise. */
export const beat = z.object({
  node: z.string(),
  /** Another one after each start. */
  run: z.string(),
  /** Counts the changes of this run. */
  version: z.number(),
  draining: z.boolean(),
  /** It has just started, and asks everybody for all they have. */
  hello: z.boolean().optional(),
  /** It says good-bye. */
  bye: z.boolean().optional(),
  /** Whether these are all its agents, and not only those that have changed. */
  whole: z.boolean().optional(),
  /** By id; null: their console has gone. */
  agents: z.record(z.string(), agent.nullable()).optional(),
});
export type Beat = z.infer<typeof beat>;

const isRequest = (frame: z.infer<typeof fromConsole>): frame is Request => 'callId' in frame;

/** What one node asks another one: to tell all it has, or to decide a request. */
export const asked = z.union([
  z.object({ tell: z.literal(true) }),
  z.object({ agentId: z.string(), request: fromConsole.refine(isRequest) }),
]);
