import { assertNever } from '../../../src/shared/lib/assert-never.ts';
import type { ConsoleEvent, History } from '../history.ts';
import { agents, hears, numberOf, type Agent } from '../fleet.ts';
import { agentOf, Calls, type Violation } from './facts-of-run.ts';

/** No console receives anything about a number, call or agent that its agent may not see. */
export function foreign(history: History): Violation[] {
  const calls = new Calls(history);
  return [...history.consoles].flatMap(([id, events]) => {
    const agent = agentOf(id);
    return events.flatMap((event): Violation[] => {
      const what = foreignIn(agent, event, calls);
      if (what === undefined) return [];
      return [{ rule: 'foreign', says: `${id}’s console was told of ${what}`, evidence: [event] }];
    });
  });
}

function foreignIn(agent: Agent, event: ConsoleEvent, calls: Calls): string | undefined {
  const foreignNumber = (account: string | undefined) =>
    account !== undefined && !hears(agent, numberOf(account)) ? account : undefined;
  if (event.what === 'entry') return foreignNumber(calls.accountOfEntry(event.body));
  if (event.what === 'welcome') return event.numbers.find((id) => foreignNumber(id) !== undefined);
  if (event.what !== 'frame') return undefined;
  const { frame } = event;
  switch (frame.type) {
    case 'ringing':
      return foreignNumber(calls.accountOf(frame.callId));
    case 'call':
      return foreignNumber(frame.call.accountId);
    case 'team':
      return frame.agents.map(({ id }) => id).find((id) => isForeign(agent, id));
    case 'rights':
      return frame.rights.numbers.map(({ id }) => id).find((id) => foreignNumber(id) !== undefined);
    case 'refused':
      return undefined;
    default:
      return assertNever(frame, 'frame');
  }
}

const isForeign = ({ workspace }: Agent, id: string): boolean =>
  agents.find((one) => one.id === id)?.workspace !== workspace;
