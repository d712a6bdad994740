import type { LegId } from '../media/routing.ts';

/** An agent's leg: their console's media at the relay. */
export interface AgentLeg {
  id: LegId;
  agentId: string;
  /** Whether media arrives, or has not been due yet. */
  alive: boolean;
  connected: boolean;
  /** A supervisor listens on it. To take the call, their console opens another. */
  supervises: boolean;
}

/** The legs of one call, one for each agent; a new leg replaces the agent's old one. */
export class AgentLegs {
  readonly #legs = new Map<string, AgentLeg>();
  #made = 0;

  /** The id of an agent's next leg; ids are never reused, not even after a restart of the relay. */
  newLegId(agentId: string, now: number): LegId {
    this.#made += 1;
    return `${agentId} ${now.toString(36)}.${this.#made}`;
  }

  /** @returns the leg that was replaced */
  set(agentId: string, id: LegId, connected: boolean): AgentLeg | undefined {
    const old = this.#legs.get(agentId);
    this.#legs.set(agentId, { id, agentId, alive: true, connected, supervises: false });
    return old;
  }

  /** Adopts a leg that outlived the relay. */
  adopt(id: LegId, connected: boolean): void {
    const agentId = id.slice(0, id.lastIndexOf(' '));
    this.set(agentId, id, connected);
  }

  all(): readonly AgentLeg[] {
    return [...this.#legs.values()];
  }

  get(agentId: string): AgentLeg | undefined {
    return this.#legs.get(agentId);
  }

  /** Finds a leg by id; undefined if it was replaced. */
  find(id: LegId): AgentLeg | undefined {
    return [...this.#legs.values()].find((leg) => leg.id === id);
  }

  delete(agentId: string): AgentLeg | undefined {
    const leg = this.#legs.get(agentId);
    this.#legs.delete(agentId);
    return leg;
  }

  /** The id of a leg that can be routed. */
  usable(agentId: string): LegId | undefined {
    const leg = this.#legs.get(agentId);
    return leg?.alive ? leg.id : undefined;
  }
}
