import type { Console } from './agent-connection.ts';

/** Who is connected. An agent has one console. */
export class Roll {
  readonly #consoles = new Map<string, Console>();

  /** @returns the agent's earlier console, which is to go */
  enter(console: Console): Console | undefined {
    const earlier = this.#consoles.get(console.agent.id);
    this.#consoles.set(console.agent.id, console);
    return earlier;
  }

  /** False for a console that was replaced: it has nothing left to leave. */
  leave(console: Console): boolean {
    const { id } = console.agent;
    return this.#consoles.get(id) === console && this.#consoles.delete(id);
  }

  has(agentId: string): boolean {
    return this.#consoles.has(agentId);
  }

  consoles(): readonly Console[] {
    return [...this.#consoles.values()];
  }
}
