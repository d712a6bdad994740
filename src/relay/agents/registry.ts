import type { Clock } from '../../shared/lib/clock.ts';
import type { AgentProblem } from '../../shared/protocol/agent-admin.ts';
import type { Agent } from '../../shared/protocol/agent.ts';
import type { WrapUpForm } from '../../shared/protocol/wrap-up.ts';
import type { WorkspaceNumbers } from '../access/access.ts';
import { DEFAULT_WORKSPACE } from '../config/workspaces.ts';
import type { AgentRecord, AgentStore, Member, Rights } from '../store/agent-store.ts';
import { hashToken, newToken } from './token.ts';

const AGENT_ID = /^[A-Za-z0-9][A-Za-z0-9._@-]{0,63}$/;

/** A request about agents that cannot be fulfilled; the message is for the person who made it. */
export class AgentError extends Error {
  override readonly name = 'AgentError';
  /** What is wrong with which of several agents. */
  readonly problems: AgentProblem[];

  constructor(message: string, problems: readonly AgentProblem[] = []) {
    super(message);
    this.problems = [...problems];
  }
}

/** Who may connect a console. */
export interface AgentRegistry {
  /**
   * Adds an agent. The token is returned only here.
   *
   * @throws AgentError if the id is taken or a text is invalid
   */
  add(agent: Agent & Partial<Rights>): Promise<{ token: string }>;
  /**
   * Adds many agents, or none of them. The tokens, by id, are returned only here.
   *
   * @throws AgentError naming every invalid agent and every id that is taken
   */
  addAll(
    agents: readonly (Agent & Partial<Rights>)[],
  ): Promise<readonly { id: string; token: string }[]>;
  /**
   * Changes an agent's rights; an empty team removes it. Connected consoles follow within a second.
   *
   * @throws AgentError if there is no such agent, or no such number in their workspace
   */
  update(id: string, change: Partial<Rights>): Promise<void>;
  /**
   * Gives an agent a new token; the old one becomes invalid.
   *
   * @throws AgentError if there is no such agent
   */
  rotate(id: string): Promise<{ token: string }>;
  /** @throws AgentError if there is no such agent */
  remove(id: string): Promise<void>;
  list(): Promise<readonly AgentRecord[]>;
  /** Sets what a workspace's agents choose from after a call. Connected consoles follow at once. */
  setWrapUpForm(workspace: string, form: WrapUpForm): Promise<void>;
}

/**
 * @param changed called after each change, before it is answered
 * @param workspaces of the config, where numbers must be; left out, nothing is known of numbers
 */
export function createAgentRegistry(
  store: AgentStore,
  clock: Pick<Clock, 'now'>,
  changed: () => Promise<void> = async () => undefined,
  workspaces?: readonly WorkspaceNumbers[],
): AgentRegistry {
  const addAll: AgentRegistry['addAll'] = async (agents) => {
    const ids = agents.map(({ id }) => id);
    const known = new Set((await store.list()).map(({ id }) => id));
    const problems = agents.flatMap((agent, index) => {
      const problem =
        problemOf(agent, ids.slice(0, index)) ??
        (known.has(agent.id)
          ? { why: 'taken' as const, what: agent.id }
          : numberProblem(agent, workspaces));
      return problem === undefined ? [] : [{ index, ...problem }];
    });
    if (problems.length > 0) throw unfit(problems);
    const added = agents.map((agent) => ({ agent: memberOf(agent), token: newToken() }));
    const taken = await store.add(
      added.map(({ agent, token }) => ({ ...agent, tokenHash: hashToken(token) })),
      clock.now(),
    );
    // Added by somebody else meanwhile.
    if (taken.length > 0) {
      throw unfit(taken.map((id) => ({ index: ids.indexOf(id), why: 'taken', what: id })));
    }
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
      const agent = (await store.list()).find((one) => one.id === id);
      const { workspace, numbers } = { workspace: agent?.workspace, ...change };
      const problem = numbers && numberProblem({ workspace, numbers }, workspaces);
      if (problem) throw unfit([{ index: 0, ...problem }]);
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
    async setWrapUpForm(workspace, form) {
      await store.setWrapUpForm(workspace, form);
      await changed();
    },
  };
}

/** Why an agent cannot be added, alone or after those before it. */
function problemOf(
  { id, name }: Agent,
  before: readonly string[],
): Omit<AgentProblem, 'index'> | undefined {
  if (!AGENT_ID.test(id)) return { why: 'id', what: id };
  if (before.includes(id)) return { why: 'twice', what: id };
  const length = name.trim().length;
  return length === 0 || length > 100 ? { why: 'name', what: name } : undefined;
}

/** A number that is none of the agent's workspace, or a workspace that is not in the config. */
function numberProblem(
  {
    workspace = DEFAULT_WORKSPACE,
    numbers = 'all',
  }: Partial<Pick<Rights, 'workspace' | 'numbers'>>,
  workspaces: readonly WorkspaceNumbers[] | undefined,
): Omit<AgentProblem, 'index'> | undefined {
  if (!workspaces || numbers === 'all') return undefined;
  const known = workspaces.find(({ id }) => id === workspace)?.numbers ?? [];
  const what = numbers.find((number) => !known.includes(number));
  return what === undefined ? undefined : { why: 'number', what };
}

/** The problem in words. */
export function wordsOf({ why, what }: Pick<AgentProblem, 'why' | 'what'>): string {
  switch (why) {
    case 'id':
      return 'The id must be 1 to 64 letters, digits or . _ @ - and begin with a letter or digit.';
    case 'twice':
      return `The id "${what}" is there twice.`;
    case 'name':
      return 'The name must have 1 to 100 characters.';
    case 'taken':
      return `There is an agent "${what}" already. For a new token use "agent rotate".`;
    case 'number':
      return `There is no number "${what}" in this workspace. Numbers are the ids under accounts.`;
    default:
      return why satisfies never;
  }
}

const unfit = (problems: readonly AgentProblem[]) =>
  new AgentError(problems.map(wordsOf).join('\n'), problems);

function memberOf(agent: Agent & Partial<Rights>): Member {
  const { id, workspace = DEFAULT_WORKSPACE, role = 'agent', team = '', calls = 'all' } = agent;
  const { numbers = 'all' } = agent;
  const name = agent.name.trim();
  return { id, name, workspace, role, team: team === '' ? undefined : team, calls, numbers };
}

const unknownAgent = (id: string) =>
  new AgentError(`There is no agent "${id}". "agent list" shows those there are.`);
