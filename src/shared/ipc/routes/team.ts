import { z } from 'zod';
import { MOST_AGENTS, agentChange, newAgent } from '../../protocol/agent-admin.ts';
import { LONGEST_TEAM_MESSAGE } from '../../protocol/limits.ts';
import { todoAction } from '../../protocol/todo.ts';
import { wrapUpForm } from '../../protocol/wrap-up.ts';
import { accountId, empty } from './fields.ts';

const agentId = z.string().min(1).max(300);

export const teamRoutes = {
  /** `minutes`: after which it expires. */
  'presence.set': z
    .object({
      presence: z.enum(['available', 'wrap-up', 'dnd', 'away']),
      minutes: z.number().int().min(1).max(720).optional(),
    })
    .strict(),
  /** Prolongs the wrap-up after a call. */
  'presence.extend-wrap-up': z.object({ seconds: z.number().int().min(1).max(3_600) }).strict(),
  /** The agents of the workspace; admins only, like all of these. */
  'agents.list': empty,
  /** The token is in the answer, and never told again. */
  'agents.add': z.object({ agent: newAgent.strict() }).strict(),
  'agents.rotate': z.object({ agentId }).strict(),
  'agents.invite': z.object({ agentId }).strict(),
  'agents.update': z
    .object({ agentId, change: agentChange.strict(), evenMyself: z.boolean().optional() })
    .strict(),
  'agents.remove': z.object({ agentId, evenMyself: z.boolean().optional() }).strict(),
  /** Opens a dialog for a CSV file, and reads it. */
  'agents.read': empty,
  /** Asks where the tokens are saved, and adds all of these agents, or none. `row`: the agent's in the file. */
  'agents.import': z
    .object({
      agents: z
        .array(z.object({ row: z.number().int().positive(), agent: newAgent.strict() }).strict())
        .min(1)
        .max(MOST_AGENTS),
    })
    .strict(),
  /** Sets what all agents of the workspace choose from after a call; for admins. */
  'agents.set-wrap-up-form': z.object({ form: wrapUpForm }).strict(),
  /** All who wait, now or later. */
  'todo.list': empty,
  /** Who was answered last. */
  'todo.recent': empty,
  'todo.act': z
    .object({ accountId, customer: z.string().min(1).max(300), action: todoAction })
    .strict(),
  /** A short message to a teammate (`name`: their id) or a team. */
  'team.tell': z
    .object({
      to: z.object({ kind: z.enum(['agent', 'team']), name: z.string().min(1).max(300) }).strict(),
      text: z.string().min(1).max(LONGEST_TEAM_MESSAGE),
    })
    .strict(),
  'team.read-messages': empty,
  /** For supervisors: the team's calls now, and the figures of today. */
  'team.board': empty,
  /** For supervisors: the team's calls, newest first, or those of one agent. */
  'team.calls': z
    .object({
      agentId: z.string().min(1).max(300).optional(),
      before: z.number().int().positive().optional(),
    })
    .strict(),
} as const;
