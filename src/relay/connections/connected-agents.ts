import type { AgentConnection } from './agent-connection.ts';

/** Who is connected. An agent has one console. */
export class ConnectedAgents {
  readonly #connections = new Map<string, AgentConnection>();
  /** The same, as a list that is made when it is first asked for. */
  #list: readonly AgentConnection[] | undefined;

  /** @returns the agent's earlier connection, to be closed */
  add(connection: AgentConnection): AgentConnection | undefined {
    const earlier = this.#connections.get(connection.agent.id);
    this.#connections.set(connection.agent.id, connection);
    this.#list = undefined;
    return earlier;
  }

  /** @returns false for a connection that was replaced */
  remove(connection: AgentConnection): boolean {
    const { id } = connection.agent;
    if (this.#connections.get(id) !== connection) return false;
    this.#list = undefined;
    return this.#connections.delete(id);
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
}
