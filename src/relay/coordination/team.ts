import type { Presence, Teammate } from '../../shared/relay/protocol.ts';
import type { Member } from '../store/store.ts';

/** What is known of everybody at one moment. */
interface Glance {
  members: readonly Member[];
  /** What the connected consoles say, by agent id. */
  consoles: ReadonlyMap<string, Presence>;
  /** Agents who have an anchored call. */
  engaged: ReadonlySet<string>;
  now: number;
  wrapUpMs: number;
}

/** Everybody's presence: derived where the relay knows better than the console, and expiring by itself. */
export class Team {
  readonly #known = new Map<string, Pick<Teammate, 'presence' | 'since'>>();
  readonly #wrapUps = new Map<string, number>();
  #engaged: ReadonlySet<string> = new Set();

  look({ members, consoles, engaged, now, wrapUpMs }: Glance): readonly Teammate[] {
    for (const id of this.#engaged) {
      if (!engaged.has(id) && wrapUpMs > 0) this.#wrapUps.set(id, now + wrapUpMs);
    }
    for (const [id, until] of this.#wrapUps) {
      if (until <= now || engaged.has(id)) this.#wrapUps.delete(id);
    }
    this.#engaged = engaged;
    return members.map(({ id, name, role, team, calls }) => {
      const presence = this.#presence(id, consoles.get(id));
      const known = this.#known.get(id);
      const since = known?.presence === presence ? known.since : now;
      this.#known.set(id, { presence, since });
      const takesTransfers = calls === 'all';
      return {
        id,
        name,
        role,
        ...(team !== undefined && { team }),
        presence,
        since,
        takesTransfers,
      };
    });
  }

  #presence(id: string, said: Presence | undefined): Teammate['presence'] {
    if (said === undefined) return 'offline';
    if (this.#engaged.has(id)) return 'on-call';
    return this.#wrapUps.has(id) && said === 'available' ? 'wrap-up' : said;
  }

  /** The agent says what they do: wrap-up is over. */
  spoke(id: string): void {
    this.#wrapUps.delete(id);
  }

  /** When a presence changes by itself, Unix ms. */
  get nextAt(): number | undefined {
    const times = [...this.#wrapUps.values()];
    return times.length === 0 ? undefined : Math.min(...times);
  }
}
