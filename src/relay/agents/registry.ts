import { createHash, randomBytes } from 'node:crypto';
import type { Clock } from '../../shared/lib/clock.ts';
import type { Agent } from '../../shared/protocol/frames.ts';
import type { AgentRecord, AgentStore, Member, Rights } from '../store/store.ts';

/** Bytes of randomness in a token. */
const TOKEN_BYTES = 32;
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
   * Changes an agent's role, team or limits; an empty team takes it away. Consoles learn of it with the next heartbeat.
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
  /** The agent a token belongs to. */
  authenticate(token: string): Promise<Member | undefined>;
}

export function createAgentRegistry(store: AgentStore, clock: Pick<Clock, 'now'>): AgentRegistry {
  return {
    async add(agent) {
      if (!AGENT_ID.test(agent.id)) {
        throw new AgentError(
          'The id must be 1 to 64 letters, digits or . _ @ - and begin with a letter or digit.',
        );
      }
      const name = agent.name.trim();
      if (name === '' || name.length > 100) {
        throw new AgentError('The name must have 1 to 100 characters.');
      }
      const token = newToken();
      const { role = 'agent', team, calls = 'all' } = agent;
      const member = { id: agent.id, name, role, team: team === '' ? undefined : team, calls };
      if (!(await store.add(member, hashToken(token), clock.now()))) {
        throw new AgentError(
          `There is an agent "${agent.id}" already. For a new token use "agent rotate".`,
        );
      }
      return { token };
    },
    async update(id, change) {
      if (!(await store.update(id, change))) throw unknownAgent(id);
    },
    async rotate(id) {
      const token = newToken();
      if (!(await store.rotate(id, hashToken(token)))) throw unknownAgent(id);
      return { token };
    },
    async remove(id) {
      if (!(await store.remove(id))) throw unknownAgent(id);
    },
    list: () => store.list(),
    authenticate: (token) => store.byTokenHash(hashToken(token)),
  };
}

const unknownAgent = (id: string) =>
  new AgentError(`There is no agent "${id}". "agent list" shows those there are.`);

const newToken = () => randomBytes(TOKEN_BYTES).toString('base64url');

/**
 * A fast hash is right here. Slow ones (scrypt, argon2) make guessing a person's password expensive; a token of 256
 * random bits cannot be guessed at any speed, so slowness would only cost us at every connect. The hash keeps a
 * stolen database from being a set of tokens, and lets one be found by an ordinary index look-up whose timing
 * tells nothing about any token.
 */
function hashToken(token: string): string {
  return createHash('sha256').update(token, 'utf8').digest('hex');
}
