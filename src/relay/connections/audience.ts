import type { Access } from '../access/access.ts';
import type { LogEntry } from '../store/store.ts';
import type { Member } from '../store/agent-store.ts';

/** Consoles with the same rights, which receive the same entries. */
export interface Audience {
  /** Identifies the rights. */
  key: string;
  /** Identifies the agent among them, for entries that are for some agents alone. */
  agentId: string;
  hearsEntry: (entry: Pick<LogEntry, 'accountId' | 'body'>) => boolean;
  hears: (accountId: string | undefined) => boolean;
}

const nobody: Audience = { key: '', agentId: '', hearsEntry: () => false, hears: () => false };

/** The audience of each agent, by their current rights. */
export class Audiences {
  readonly #access: Access;
  readonly #memberOf: (agentId: string) => Member | undefined;
  /** A change of rights makes a new member object. */
  readonly #audiences = new WeakMap<Member, Audience>();

  /** @param memberOf undefined for an agent who may no longer connect */
  constructor(access: Access, memberOf: (agentId: string) => Member | undefined) {
    this.#access = access;
    this.#memberOf = memberOf;
  }

  of(agentId: string): Audience {
    const member = this.#memberOf(agentId);
    if (!member) return nobody;
    const known = this.#audiences.get(member);
    if (known) return known;
    const { workspace, numbers } = member;
    const audience: Audience = {
      key: JSON.stringify([workspace, numbers]),
      agentId,
      hearsEntry: (entry) => this.#access.hearsEntry(member, entry),
      hears: (accountId) => this.#access.hears(member, accountId),
    };
    this.#audiences.set(member, audience);
    return audience;
  }
}
