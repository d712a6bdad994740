import type { Teammate } from '../../shared/protocol/frames.ts';
import type { KnownAgent } from '../db/json-settings.ts';
import type { Roster } from '../history/insight/insight.ts';

/** Agents that are remembered; those who were seen last stay. */
const MOST_AGENTS = 1_000;
/** Names of an agent that are remembered, the newest ones. */
const MOST_NAMES = 20;

interface Ports {
  store: { get: () => readonly KnownAgent[]; set: (agents: readonly KnownAgent[]) => void };
  selfId: () => string | undefined;
}

/**
 * Remembers who had which name, since the log has the name that an agent had at the time. It knows those who left, too,
 * and needs no relay.
 */
export class KnownAgents {
  readonly #ports: Ports;

  constructor(ports: Ports) {
    this.#ports = ports;
  }

  /** The relay reports agents, all of them or some. */
  handleTeam(agents: readonly Pick<Teammate, 'id' | 'name' | 'team'>[]): void {
    const { store } = this.#ports;
    const known = new Map(store.get().map((one) => [one.id, one]));
    let isChanged = false;
    for (const { id, name, team } of agents) {
      const before = known.get(id);
      known.delete(id);
      if (before?.name === name && before.team === team) {
        known.set(id, before);
        continue;
      }
      isChanged = true;
      const names = before ? [...before.formerNames, before.name] : [];
      const formerNames = [...new Set(names)].filter((one) => one !== name).slice(-MOST_NAMES);
      known.set(id, { id, name, team, formerNames });
    }
    if (isChanged) store.set([...known.values()].slice(-MOST_AGENTS));
  }

  /** By the names that the log has, in which the own agent's is empty. A name that two had is that of who has it now. */
  roster(): Roster {
    const selfId = this.#ports.selfId();
    const all = this.#ports.store
      .get()
      .map(({ id, ...agent }) => (id === selfId ? { ...agent, name: '' } : agent));
    return Object.fromEntries([
      ...all.flatMap(({ name, team, formerNames }) =>
        name === '' ? [] : formerNames.map((former) => [former, { name, team }] as const),
      ),
      ...all.map(({ name, team }) => [name, { name, team }] as const),
    ]);
  }
}
