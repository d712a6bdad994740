import { z } from 'zod';
import { fromConsole } from '../../shared/protocol/agent-frames.ts';
import { erasure } from '../../shared/protocol/erasure.ts';
import { numberWebhooks, presence } from '../../shared/protocol/frames.ts';
import { ringerProblem } from '../../shared/protocol/ringer.ts';
import { nodeStreams } from '../media-streams/node-streams.ts';
import type { Request } from '../outcome.ts';

/** Where the relays of one store tell each other that they live. */
export const beatsOf = (prefix: string): string => `${prefix}.nodes`;

const agent = z.object({
  presence,
  since: z.number(),
  connectedAt: z.number(),
  unreachable: ringerProblem.optional().catch('silent'),
});

/**
 * A node's message to the others, sent at once when something changes and about every second
 * otherwise.
 */
export const beat = z.object({
  node: z.string(),
  /** Differs after each start. */
  run: z.string(),
  /** Counts this run's changes. */
  version: z.number(),
  draining: z.boolean(),
  /** The node has just started and asks the others for their full state. */
  hello: z.boolean().optional(),
  /** It says good-bye; and perhaps that it is back soon, and keeps its calls. */
  bye: z.enum(['gone', 'back-soon']).optional(),
  /** Whether these are all its agents, and not only those that have changed. */
  whole: z.boolean().optional(),
  /** By id; null: the agent's console has disconnected. */
  agents: z.record(z.string(), agent.nullable()).optional(),
  /** All of it; missing if the node is an older one. */
  streams: nodeStreams.optional(),
  /** What has just become of a number's webhooks at this node. */
  webhooks: numberWebhooks.optional().catch(undefined),
});
export type Beat = z.infer<typeof beat>;

const isRequest = (frame: z.infer<typeof fromConsole>): frame is Request => 'callId' in frame;

/**
 * A request from node to node: send your full state, let an agent hear a call by a token of yours, delete
 * recordings, or decide a request.
 */
export const asked = z.union([
  z.object({ tell: z.literal(true) }),
  /** `to`: where to send the customer's audio. */
  z.object({ token: z.string(), to: z.string() }),
  /** Whose recordings to delete here. */
  z.object({ erasure, accounts: z.array(z.string()) }),
  z.object({ agentId: z.string(), request: fromConsole.refine(isRequest) }),
]);

/** How many recordings went, and how many stay because of a legal hold. */
export const erasedAnswer = z.object({ erased: z.number(), held: z.number() });

/** Where to send the agent's audio; empty if the token is not valid. */
export const audioAnswer = z.object({ to: z.string().optional() });
