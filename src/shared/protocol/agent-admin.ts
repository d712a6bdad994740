import { z } from 'zod';
import { id, personName, time } from './provider-event.ts';
import { callRights, role } from './rights.ts';
import { MOST_KEYS } from './erasure.ts';
import { wrapUpForm } from './wrap-up.ts';

/** The most agents in one frame, in either direction. */
export const MOST_AGENTS = 1_000;

const numbers = z.union([z.literal('all'), z.array(id).max(1_000)]);
const team = z.string().max(100);

/** An agent to add. The answer says for each whether id, name and numbers are valid. */
export const newAgent = z.object({
  id: z.string().max(300),
  name: z.string().max(300),
  role: role.optional(),
  team: team.optional(),
  calls: callRights.optional(),
  numbers: numbers.optional(),
});
export type NewAgent = z.infer<typeof newAgent>;

/** What changes about an agent. An empty team removes them from theirs. */
export const agentChange = z.object({
  role: role.optional(),
  team: team.optional(),
  calls: callRights.optional(),
  numbers: numbers.optional(),
});
export type AgentChange = z.infer<typeof agentChange>;

/**
 * A request of an admin about their workspace. `evenMyself`: the admin has confirmed that they lose
 * their own rights.
 */
export const adminRequest = z.discriminatedUnion('do', [
  /** Those after an id, in the order of ids. */
  z.object({ do: z.literal('list'), after: id.optional() }),
  /** All of them, or none. */
  z.object({ do: z.literal('add'), agents: z.array(newAgent).min(1).max(MOST_AGENTS) }),
  z.object({
    do: z.literal('update'),
    agentId: id,
    change: agentChange,
    evenMyself: z.boolean().optional(),
  }),
  z.object({ do: z.literal('rotate'), agentId: id }),
  /** An invitation with which one console becomes this agent's; since version 11. */
  z.object({ do: z.literal('invite'), agentId: id }),
  z.object({ do: z.literal('remove'), agentId: id, evenMyself: z.boolean().optional() }),
  /** Sets what all agents of the workspace choose from after a call. */
  z.object({ do: z.literal('set-wrap-up-form'), form: wrapUpForm }),
  /** Erases a person everywhere. `keys`: of all their numbers and user ids; since version 11. */
  z.object({ do: z.literal('erase'), keys: z.array(id).min(1).max(MOST_KEYS) }),
]);
export type AdminRequest = z.infer<typeof adminRequest>;

/** An agent as admins see them. */
const managedAgent = z.object({
  id,
  name: personName,
  role,
  team: team.optional(),
  calls: callRights,
  numbers,
  addedAt: time,
  /** When their console was last there, Unix ms; missing if never. */
  seenAt: time.optional(),
});
export type ManagedAgent = z.infer<typeof managedAgent>;

/** Why agents cannot be added. */
const agentProblems = ['id', 'name', 'twice', 'taken', 'number'] as const;
const problem = z.object({
  index: z.number().int().nonnegative(),
  why: z.enum(agentProblems),
  /** What is wrong: the id, or the number. */
  what: z.string(),
});
export type AgentProblem = z.infer<typeof problem>;

/** The answers to an admin. A token is sent only once. */
export const adminOutcomes = [
  z.object({ kind: z.literal('agents'), agents: z.array(managedAgent), more: z.boolean() }),
  z.object({ kind: z.literal('tokens'), tokens: z.array(z.object({ id, token: z.string() })) }),
  z.object({ kind: z.literal('invited'), code: z.string(), expiresAt: time }),
  z.object({ kind: z.literal('problems'), problems: z.array(problem) }),
] as const;
