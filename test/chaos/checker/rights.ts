import { agents, hears, numberOf, type AgentRights } from '../fleet.ts';
import type { ConductorEvent, History } from '../history.ts';
import { agentOf } from './facts-of-run.ts';

/** A change of rights takes effect within this time on a connected console, in ms. */
const EFFECT_MS = 1_000;
/** For the way of a frame between busy processes on one machine, in ms. */
const WAY_MS = 1_000;

/** Rights that an agent had, or may have had, from one time to another. */
interface Version extends AgentRights {
  from: number;
  to: number;
}

type RightsHistory = Pick<History, 'conductor' | 'consoles'>;

/** Each agent's rights over a run. */
export class RightsOverTime {
  readonly #versions: ReadonlyMap<string, readonly Version[]>;

  constructor(history: RightsHistory) {
    this.#versions = new Map(agents.map(({ id }) => [id, versionsOf(id, history)]));
  }

  /** Whether an agent's console could hear of a number at a time. */
  mayHear(agentId: string, account: string, at: number): boolean {
    return this.#at(agentId, at).some((rights) => this.#hears(agentId, rights, account));
  }

  /** Whether an agent could get a number's call at a time. */
  mayTake(agentId: string, account: string, at: number): boolean {
    return this.#at(agentId, at).some(
      (rights) =>
        this.#hears(agentId, rights, account) &&
        (rights.calls === 'all' || rights.calls === 'no-transfers'),
    );
  }

  /** Whether an agent heard of a number all the time, and so must have heard everything. */
  alwaysHears(agentId: string, account: string): boolean {
    const versions = this.#versions.get(agentId) ?? [];
    return versions.every((rights) => this.#hears(agentId, rights, account));
  }

  #at(agentId: string, at: number): readonly Version[] {
    return (this.#versions.get(agentId) ?? []).filter(({ from, to }) => at >= from && at <= to);
  }

  #hears(agentId: string, { numbers }: AgentRights, account: string): boolean {
    const { workspace } = agentOf(agentId);
    return hears({ workspace, numbers }, numberOf(account));
  }
}

function versionsOf(agentId: string, history: RightsHistory): Version[] {
  const { numbers, calls } = agentOf(agentId);
  const versions: Version[] = [{ numbers, calls, from: -Infinity, to: Infinity }];
  const disturbances = disturbancesOf(history.conductor, agentId);
  for (const { asked, done, rights } of changesOf(agentId, history.consoles)) {
    if (done !== undefined) {
      const to = effectiveAt(done, disturbances);
      for (const version of versions) version.to = Math.min(version.to, to);
    }
    versions.push({ ...rights, from: asked, to: Infinity });
  }
  return versions;
}

interface Change {
  asked: number;
  /** Undefined if the answer is not known: it may have been done. */
  done: number | undefined;
  rights: AgentRights;
}

/** What admins asked and the relay did to an agent's rights. */
function changesOf(agentId: string, consoles: History['consoles']): Change[] {
  return [...consoles.values()]
    .flatMap((events) => {
      const asked = new Map<number, Change>();
      for (const event of events) {
        if (event.what === 'asked' && event.request.type === 'admin') {
          const { id, request } = event.request;
          if (request.do !== 'update' || request.agentId !== agentId) continue;
          const { numbers = 'all', calls = 'all' } = request.change;
          asked.set(id, { asked: event.at, done: undefined, rights: { numbers, calls } });
        }
        const change = event.what === 'answered' ? asked.get(event.id) : undefined;
        if (event.what === 'answered' && change && event.outcome.kind === 'granted') {
          change.done = event.at;
        }
      }
      return [...asked.values()];
    })
    .toSorted((a, b) => a.asked - b.asked);
}

interface Span {
  from: number;
  to: number;
}

/** When a change that was stored at a time must have reached the console, whatever disturbed that. */
function effectiveAt(at: number, disturbances: readonly Span[]): number {
  return disturbances
    .filter(({ to }) => to >= at)
    .toSorted((a, b) => a.from - b.from)
    .reduce(
      (end, { from, to }) => (from <= end ? Math.max(end, to + EFFECT_MS + WAY_MS) : end),
      at + EFFECT_MS + WAY_MS,
    );
}

/** The times in which something was done to a relay, a store or this agent's console. */
function disturbancesOf(conductor: readonly ConductorEvent[], agentId: string): Span[] {
  const begun = new Map<string, number>();
  return conductor.flatMap((event): Span[] => {
    if (event.what !== 'fault') return [];
    const { fault, phase, at } = event;
    if (fault.kind.endsWith('-console') && fault.target !== agentId) return [];
    const name = JSON.stringify(fault);
    if (phase === 'begun') begun.set(name, at);
    // It is recorded shortly after it began, and what is mended needs a moment to recover.
    return phase === 'begun' ? [] : [{ from: (begun.get(name) ?? at) - 1_000, to: at + 3_000 }];
  });
}
