import { isDeepStrictEqual } from 'node:util';
import { KeyedQueue } from '../../shared/lib/keyed-queue.ts';
import type { WrapUpForm } from '../../shared/protocol/wrap-up.ts';
import type { AgentRecord, AgentStore, Member } from '../store/agent-store.ts';
import { hashToken } from './token.ts';

/**
 * An agent was added, changed or removed, or what is configured for them has changed. A new token
 * counts as a removal and an addition.
 */
export interface AgentChange {
  id: string;
  /** The agent from now on; undefined if they may no longer connect. */
  now: Member | undefined;
}

type DirectoryStore = Pick<AgentStore, 'list' | 'version' | 'wrapUpForms' | 'catchUp'>;

/**
 * Who may connect and what they may do, in memory, because every request and frame asks. Changes by
 * another process take effect with the next `refresh`.
 */
export class AgentDirectory {
  readonly #store: DirectoryStore;
  readonly #handleChange: (change: AgentChange) => void;
  #version: string | undefined;
  #byId: ReadonlyMap<string, AgentRecord> = new Map();
  #byTokenHash: ReadonlyMap<string, AgentRecord> = new Map();
  /** By workspace. */
  #wrapUpForms: ReadonlyMap<string, WrapUpForm> = new Map();
  /** Errors reach whoever refreshes. */
  readonly #refreshes = new KeyedQueue(() => undefined);

  constructor(store: DirectoryStore, handleChange: (change: AgentChange) => void) {
    this.#store = store;
    this.#handleChange = handleChange;
  }

  get(id: string): Member | undefined {
    return this.#byId.get(id);
  }

  /** Everybody who may connect. */
  all(): readonly Member[] {
    return [...this.#byId.values()];
  }

  /** What a workspace's agents choose from after a call; undefined if its admin never set it. */
  wrapUpFormOf(workspace: string): WrapUpForm | undefined {
    return this.#wrapUpForms.get(workspace);
  }

  /** The agent a token belongs to. Rejects if the store fails. */
  async authenticate(token: string): Promise<Member | undefined> {
    await this.refresh();
    const hash = hashToken(token);
    if (!this.#byTokenHash.has(hash)) {
      // Another relay may have added its agent a moment ago, and a console that is refused gives up.
      await this.#store.catchUp();
      await this.refresh();
    }
    return this.#byTokenHash.get(hash);
  }

  /** Whether a token is the agent's, as far as is known in memory. */
  isTokenOf(id: string, token: string): boolean {
    return this.#byTokenHash.get(hashToken(token))?.id === id;
  }

  /**
   * Reads the store if it has changed, and reports each changed agent. Rejects if the store fails.
   */
  refresh(): Promise<void> {
    return this.#refreshes.run('agents', () => this.#refresh());
  }

  async #refresh(): Promise<void> {
    const version = await this.#store.version();
    if (version === this.#version) return;
    const before = this.#byId;
    const formsBefore = this.#wrapUpForms;
    const agents = await this.#store.list();
    this.#wrapUpForms = await this.#store.wrapUpForms();
    this.#byId = new Map(agents.map((agent) => [agent.id, agent]));
    this.#byTokenHash = new Map(agents.map((agent) => [agent.tokenHash, agent]));
    const isFirst = this.#version === undefined;
    this.#version = version;
    if (isFirst) return;
    for (const id of new Set([...before.keys(), ...this.#byId.keys()])) {
      const now = this.#byId.get(id);
      const { workspace = '' } = now ?? {};
      const isSame =
        isDeepStrictEqual(rightsOf(before.get(id)), rightsOf(now)) &&
        isDeepStrictEqual(formsBefore.get(workspace), this.#wrapUpForms.get(workspace));
      if (!isSame) this.#handleChange({ id, now });
    }
  }
}

const rightsOf = (agent: AgentRecord | undefined) => {
  if (!agent) return undefined;
  const { acked: _acked, wrapUpUntil: _wrapUpUntil, ...rights } = agent;
  return rights;
};
