import { z } from 'zod';
import { agent } from './agent.ts';
import { insightFigures } from './insight.ts';
import { id, party } from './provider-event.ts';

const count = z.number().int().nonnegative();
const span = z.number().nonnegative();

const about = { callId: id, accountId: id, party };
const sums = {
  answered: count,
  placed: count,
  /** From the accept to the end, hold included. */
  talkSeconds: count,
  /** How long callers waited for an answer, on average; missing if nobody answered. */
  answerSeconds: count.optional(),
};

const agentFigures = z.object({ id, name: z.string(), ...sums });
export type AgentFigures = z.infer<typeof agentFigures>;
/** `calls` from customers, of which `missed` were over before anybody answered. */
const numberFigures = z.object({ id, calls: count, missed: count, ...sums });
export type NumberFigures = z.infer<typeof numberFigures>;

const teamCall = z.object({
  ...about,
  direction: z.enum(['inbound', 'outbound']),
  /** How long ago it began. */
  agoMs: span,
  isOver: z.boolean(),
  placedBy: agent.optional(),
  answerSeconds: count.optional(),
  /** Who had it, in this order; empty if nobody did. */
  parts: z.array(z.object({ agent, talkSeconds: count })),
});
export type TeamCall = z.infer<typeof teamCall>;

/** Answers about the team's calls, for its supervisors. */
export const teamOutcomes = [
  z.object({
    kind: z.literal('board'),
    /** Customers whose call rings, and for how long. */
    waiting: z.array(z.object({ ...about, forMs: span })),
    /** Conversations that the relay does not carry; those that it does come as `call` frames. */
    live: z.array(z.object({ ...about, agent, forMs: span })),
    agents: z.array(agentFigures),
    numbers: z.array(numberFigures),
  }),
  /** Newest first; `before` is for the next question, and missing when there are no more. */
  z.object({
    kind: z.literal('team-calls'),
    calls: z.array(teamCall),
    before: count.optional(),
  }),
  /** What the team's calls add up to, and for how long all of them are known. Older relays know a week and say nothing. */
  z.object({ kind: z.literal('insight'), figures: insightFigures, knownForMs: span.optional() }),
] as const;
