import type { Agent } from '../../shared/protocol/agent.ts';
import type { CallRights, Role } from '../../shared/protocol/rights.ts';
import type { WrapUpForm } from '../../shared/protocol/wrap-up.ts';

/** Who may connect. Tokens are stored as hashes only. */
export interface AgentStore {
  /**
   * Adds all of these agents, or none.
   *
   * @returns the ids that are already taken; empty if all were added
   */
  add(agents: readonly NewAgent[], at: number): Promise<readonly string[]>;
  /** Changes the given rights. False if there is no such agent. */
  update(id: string, change: Partial<Rights>): Promise<boolean>;
  /** Gives an agent another token. False if there is no such agent. */
  rotate(id: string, tokenHash: string): Promise<boolean>;
  /** False if there is no such agent. */
  remove(id: string): Promise<boolean>;
  list(): Promise<readonly AgentRecord[]>;
  /** What each workspace's agents choose from after a call, where an admin has set it. */
  wrapUpForms(): Promise<ReadonlyMap<string, WrapUpForm>>;
  setWrapUpForm(workspace: string, form: WrapUpForm): Promise<void>;
  /**
   * Changes whenever an agent, their token, their rights or a wrap-up form do, in any process. Cheap
   * to call.
   */
  version(): Promise<string>;
  /** Resolves when everything that any process has changed can be read here; rejects if that cannot be known. */
  catchUp(): Promise<void>;
  byTokenHash(tokenHash: string): Promise<Member | undefined>;
  /** An agent is in wrap-up until then, Unix ms; undefined: no longer. */
  wrapUp(id: string, until: number | undefined): Promise<void>;
  /**
   * Stores how far agents' consoles have read the log, for the relay's operator; all or nothing.
   */
  acknowledged(acks: readonly Acknowledged[], at: number): Promise<void>;
}

/** The last entry that an agent's console has stored. */
export interface Acknowledged {
  /** The agent's. */
  id: string;
  cursor: number;
}

/** An agent's rights, on which `src/relay/access` decides. */
export interface Rights {
  /** The id of the workspace that the agent belongs to. */
  workspace: string;
  role: Role;
  team?: string | undefined;
  calls: CallRights;
  /** Which of the workspace's accounts the agent has. */
  numbers: 'all' | readonly string[];
}

export interface Member extends Agent, Rights {}

export interface NewAgent extends Member {
  tokenHash: string;
}

export interface AgentRecord extends NewAgent {
  addedAt: number;
  /** The last entry their console has stored, and when it last acknowledged one, Unix ms. */
  acked?: { cursor: number; at: number } | undefined;
  /** When their wrap-up ends, Unix ms; may be in the past. */
  wrapUpUntil?: number | undefined;
}
