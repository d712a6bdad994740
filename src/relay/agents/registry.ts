import type { Clock } from '../../shared/lib/clock.ts';
import type { Agent } from '../../shared/protocol/frames.ts';
import { DEFAULT_WORKSPACE } from '../config/workspaces.ts';
import type { AgentRecord, AgentStore, Member, Rights } from '../store/store.ts';
import { hashToken, newToken } from './token.ts';

const AGENT_ID = /^[A-Za-z0-9][A-Za-z0-9._@-]{0,63}$/;

/** A request about agents that cannot be fulfilled, in words for the person who made it. */
export class AgentError extends Error {
  override readonly name = 'AgentError';
}

/** Who may connect a console. */
export interface AgentRegistry {
  /**
   * Adds an agent. The token is returned here and nowhere else again.
   *
   * @throws AgentError if the id is taken or either text is unfit
   */
  add(agent: Agent & Partial<Rights>): Promise<{ token: string }>;
  /**
   * Adds many agents, or none of them. The tokens, by id, are returned here and nowhere else again.
   *
   * @throws AgentError naming every agent that is unfit and every id that is taken
   */
  addAll(
    agents: readonly (Agent & Partial<Rights>)[],
  ): Promise<readonly { id: string; token: string }[]>;
  /**
   * Changes an agent's rights; an empty team takes it away. Consoles that are connected follow within a second.
   *
   * @throws AgentError if there is no such agent
   */
  update(id: string, change: Partial<Rights>): Promise<void>;
  /**
   * Gives an agent a new token; the old one is worth nothing from then on.
   *
   * @throws AgentError if there is no such agent
   */
  rotate(id: string): Promise<{ token: string }>;
  /** @throws AgentError if there is no such agent */
  remove(id: string): Promise<void>;
  list(): Promise<readonly AgentRecord[]>;
}

/** @param changed called after each change, before it is answered */
export function createAgentRegistry(
  store: AgentStore,
  clock: Pick<Clock, 'now'>,
  changed: () => Promise<void> = async () => undefined,
): AgentRegistry {
  const addAll: AgentRegistry['addAll'] = async (agents) => {
    const problems = agents.flatMap((agent, index) => {
      const problem = problemOf(agent, agents.slice(0, index));
      return problem === undefined ? [] : [problem];
    });
    if (problems.length > 0) throw new AgentError(problems.join('\n'));
    const added = agents.map((agent) => ({ agent: memberOf(agent), token: newToken() }));
    const taken = await store.add(
      added.map(({ agent, token }) => ({ ...agent, tokenHash: hashToken(token) })),
      clock.now(),
    );
    if (taken.length > 0) throw new AgentError(taken.map(idTaken).join('\n'));
    await changed();
    return added.map(({ agent, token }) => ({ id: agent.id, token }));
  };
  return {
    async add(agent) {
      const [added] = await addAll([agent]);
      if (!added) throw new Error('An agent was added without a token.');
      return { token: added.token };
    },
    addAll,
    async update(id, change) {
      if (!(await store.update(id, change))) throw unknownAgent(id);
      await changed();
    },
    async rotate(id) {
      const token = newToken();
      if (!(await store.rotate(id, hashToken(token)))) throw unknownAgent(id);
      await changed();
      return { token };
    },
    async remove(id) {
      if (!(await store.remove(id))) throw unknownAgent(id);
      await changed();
    },
    list: () => store.list(),
  };
}

/** What keeps an agent from being added, by itself or by those before it. */
function problemOf({ id, name }: Agent, before: readonly Agent[]): string | undefined {
  if (!AGENT_ID.test(id)) {
    return 'The id must be 1 to 64 letters, digits or . _ @ - and begin with a letter or digit.';
  }
  if (before.some((one) => one.id === id)) return `The id "${id}" is there twice.`;
  const length = name.trim().length;
  return length === 0 || length > 100 ? 'The name must have 1 to 100 characters.' : undefined;
}

function memberOf(agent: Agent & Partial<Rights>): Member {
  const { id, workspace = DEFAULT_WORKSPACE, role = 'agent', team = '', calls = 'all' } = agent;
  const { numbers = 'all' } = agent;
  const name = agent.name.trim();
  return { id, name, workspace, role, team: team === '' ? undefined : team, calls, numbers };
}

const idTaken = (id: string) =>
  `There is an agent "${id}" already. For a new token use "agent rotate".`;

const unknownAgent = (id: string) =>
  new AgentError(`There is no agent "${id}". "agent list" shows those there are.`);
