import type { LegId } from '../media/routing.ts';

/** An agent's leg: their console's media at the relay. */
export interface AgentLeg {
  id: LegId;
  agentId: string;
  /** Media comes, or has not been due yet. */
  alive: boolean;
  connected: boolean;
}

/** The legs of one call, one for each agent; a new leg replaces the agent's old one. */
export class AgentLegs {
  readonly #legs = new Map<string, AgentLeg>();
  #made = 0;

  /** A name for an agent's next leg; names are never used twice, not even after a restart of the relay. */
  newLegId(agentId: string, now: number): LegId {
    this.#made += 1;
    return `${agentId} ${now.toString(36)}.${this.#made}`;
  }

  /** @returns the leg that was replaced */
  set(agentId: string, id: LegId, connected: boolean): AgentLeg | undefined {
    const old = this.#legs.get(agentId);
    this.#legs.set(agentId, { id, agentId, alive: true, connected });
    return old;
  }

  /** Takes over a leg that outlived the relay. */
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

  /** By its name; undefined for one that was replaced. */
  find(id: LegId): AgentLeg | undefined {
    return [...this.#legs.values()].find((leg) => leg.id === id);
  }

  delete(agentId: string): AgentLeg | undefined {
    const leg = this.#legs.get(agentId);
    this.#legs.delete(agentId);
    return leg;
  }

  /** The name of a leg that can be routed. */
  usable(agentId: string): LegId | undefined {
    const leg = this.#legs.get(agentId);
    return leg?.alive ? leg.id : undefined;
  }
}
