import { isDeepStrictEqual } from 'node:util';
import type { AgentRecord, AgentStore, Member } from '../store/store.ts';
import { hashToken } from './token.ts';

/** An agent who was added, changed or removed; with a new token, too, they are removed and added. */
export interface AgentChange {
  id: string;
  /** As they are from now on; undefined when they may not connect any more. */
  now: Member | undefined;
}

/**
 * Who may connect and what they may do, in memory: asked with every request and every frame. What another process
 * writes into the store counts with the next `refresh`.
 */
export class AgentDirectory {
  readonly #store: Pick<AgentStore, 'list' | 'version'>;
  readonly #handleChange: (change: AgentChange) => void;
  #version: string | undefined;
  #byId: ReadonlyMap<string, AgentRecord> = new Map();
  #byTokenHash: ReadonlyMap<string, AgentRecord> = new Map();
  #refreshing: Promise<void> = Promise.resolve();

  constructor(
    store: Pick<AgentStore, 'list' | 'version'>,
    handleChange: (change: AgentChange) => void,
  ) {
    this.#store = store;
    this.#handleChange = handleChange;
  }

  get(id: string): Member | undefined {
    return this.#byId.get(id);
  }

  /** The agent a token belongs to. */
  async authenticate(token: string): Promise<Member | undefined> {
    await this.refresh();
    return this.#byTokenHash.get(hashToken(token));
  }

  /** Whether a token is the agent's, as far as is known now. */
  isTokenOf(id: string, token: string): boolean {
    return this.#byTokenHash.get(hashToken(token))?.id === id;
  }

  /** Reads the store if it has changed, and tells of each agent who has. Rejects when the store fails. */
  refresh(): Promise<void> {
    const done = this.#refreshing.catch(() => undefined).then(() => this.#refresh());
    this.#refreshing = done;
    return done;
  }

  async #refresh(): Promise<void> {
    const version = await this.#store.version();
    if (version === this.#version) return;
    const before = this.#byId;
    const agents = await this.#store.list();
    this.#byId = new Map(agents.map((agent) => [agent.id, agent]));
    this.#byTokenHash = new Map(agents.map((agent) => [agent.tokenHash, agent]));
    const isFirst = this.#version === undefined;
    this.#version = version;
    if (isFirst) return;
    for (const id of new Set([...before.keys(), ...this.#byId.keys()])) {
      const now = this.#byId.get(id);
      if (!isDeepStrictEqual(rightsOf(before.get(id)), rightsOf(now))) {
        this.#handleChange({ id, now });
      }
    }
  }
}

const rightsOf = (agent: AgentRecord | undefined) => {
  if (!agent) return undefined;
  const { acked: _acked, wrapUpUntil: _wrapUpUntil, ...rights } = agent;
  return rights;
};
