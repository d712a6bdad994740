import type { Audience } from './audience.ts';
import type { AgentConnection } from './agent-connection.ts';

/** Consoles of one version whose agents have the same rights, so they all receive the same. */
export interface Room {
  readonly audience: Audience;
  readonly version: number;
  readonly connections: ReadonlySet<AgentConnection>;
}

interface OpenRoom extends Room {
  readonly connections: Set<AgentConnection>;
}

/** The connected agents, each with one console. */
export class ConnectedAgents {
  readonly #connections = new Map<string, AgentConnection>();
  /** By version and audience key; no room is empty. */
  readonly #rooms = new Map<string, OpenRoom>();
  readonly #roomOf = new WeakMap<AgentConnection, OpenRoom>();
  /** All connections as a list, created on demand. */
  #list: readonly AgentConnection[] | undefined;

  /** @returns the agent's earlier connection, to be closed */
  add(connection: AgentConnection): AgentConnection | undefined {
    const { id } = connection.agent;
    const earlier = this.#connections.get(id);
    if (earlier) this.remove(earlier);
    this.#connections.set(id, connection);
    this.#enter(connection);
    this.#list = undefined;
    return earlier;
  }

  /** @returns false for a connection that was replaced */
  remove(connection: AgentConnection): boolean {
    const { id } = connection.agent;
    if (this.#connections.get(id) !== connection) return false;
    this.#leave(connection);
    this.#list = undefined;
    return this.#connections.delete(id);
  }

  /** Moves an agent's connection to the room of their new rights. */
  move(agentId: string): void {
    const connection = this.#connections.get(agentId);
    if (!connection) return;
    this.#leave(connection);
    this.#enter(connection);
  }

  get(agentId: string): AgentConnection | undefined {
    return this.#connections.get(agentId);
  }

  has(agentId: string): boolean {
    return this.#connections.has(agentId);
  }

  connections(): readonly AgentConnection[] {
    return (this.#list ??= [...this.#connections.values()]);
  }

  /** All connections, grouped by rights and version. */
  rooms(): Iterable<Room> {
    return this.#rooms.values();
  }

  #enter(connection: AgentConnection): void {
    const { audience, version } = connection;
    const key = keyOf({ audience, version });
    const room = this.#rooms.get(key) ?? { audience, version, connections: new Set() };
    this.#rooms.set(key, room);
    this.#roomOf.set(connection, room);
    room.connections.add(connection);
  }

  #leave(connection: AgentConnection): void {
    const room = this.#roomOf.get(connection);
    room?.connections.delete(connection);
    if (room?.connections.size === 0) this.#rooms.delete(keyOf(room));
  }
}

const keyOf = ({ audience, version }: Pick<Room, 'audience' | 'version'>): string =>
  `${version} ${audience.key}`;
