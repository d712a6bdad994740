import type { AgentConnection } from './agent-connection.ts';

/** Who is connected. An agent has one console. */
export class ConnectedAgents {
  readonly #consoles = new Map<string, AgentConnection>();

  /** @returns the agent's earlier console, which is to go */
  enter(console: AgentConnection): AgentConnection | undefined {
    const earlier = this.#consoles.get(console.agent.id);
    this.#consoles.set(console.agent.id, console);
    return earlier;
  }

  /** False for a console that was replaced: it has nothing left to leave. */
  leave(console: AgentConnection): boolean {
    const { id } = console.agent;
    return this.#consoles.get(id) === console && this.#consoles.delete(id);
  }

  has(agentId: string): boolean {
    return this.#consoles.has(agentId);
  }

  consoles(): readonly AgentConnection[] {
    return [...this.#consoles.values()];
  }
}
