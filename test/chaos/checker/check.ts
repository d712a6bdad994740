import type { ConductorEvent, History } from '../history.ts';
import { callsEnded, grantsLost, transfers, twoGrants, twoOwners } from './calls.ts';
import type { Violation } from './facts-of-run.ts';
import { foreign } from './foreign.ts';
import { broken, doubled, lost, neverStored } from './log.ts';

type Rule = (history: History) => Violation[];

/**
 * All promises that a run broke; pure. What must be true in the end is judged only where everything
 * settled: else whatever is still on its way would count as lost.
 */
export function check(history: History): Violation[] {
  const isQuiet = history.conductor.some(
    (event) => event.what === 'stage' && event.stage === 'quiet',
  );
  const rules = isQuiet ? [...atAnyTime, ...inTheEnd] : [...atAnyTime, restless];
  return rules.flatMap((rule) => rule(history));
}

const atAnyTime: readonly Rule[] = [doubled, broken, twoOwners, twoGrants, foreign, crashed];
const inTheEnd: readonly Rule[] = [lost, neverStored, grantsLost, transfers, callsEnded];

/** No relay exits by itself or logs an unexpected error. */
function crashed({ conductor }: History): Violation[] {
  return conductor.flatMap((event): Violation[] => {
    // One that cannot start where its store does not answer is started again, as by a service manager.
    if (event.what === 'exit' && event.served && event.signal !== 'SIGKILL') {
      const says = `relay ${event.relay} ended by itself with ${event.code ?? event.signal}`;
      return [{ rule: 'crashed', says, evidence: [event] }];
    }
    if (event.what === 'log' && isMistake(event)) {
      const says = `relay ${event.relay} logged a mistake of the program’s`;
      return [{ rule: 'crashed', says, evidence: [event.line] }];
    }
    return [];
  });
}

const isMistake = ({ event, line }: Extract<ConductorEvent, { what: 'log' }>): boolean =>
  event === 'relay.unhandled' ||
  /Cannot read properties| is not a function/.test(String(line['why']));

/** Once all faults are repaired, everything settles: says what kept it from that. */
function restless({ provider }: History): Violation[] {
  const taken = new Set(
    provider.flatMap((event) =>
      event.what === 'attempt' && event.status === 200 ? [event.id] : [],
    ),
  );
  const waiting = provider.filter((event) => event.what === 'webhook' && !taken.has(event.id));
  const says = `${waiting.length} webhooks were never taken, or consoles did not come back`;
  return [{ rule: 'restless', says, evidence: waiting.slice(0, 5) }];
}
