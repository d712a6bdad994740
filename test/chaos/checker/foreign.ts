import { assertNever } from '../../../src/shared/lib/assert-never.ts';
import { agents, type Agent } from '../fleet.ts';
import type { ConsoleEvent, History } from '../history.ts';
import { agentOf, Calls, grantsOf, type Violation } from './facts-of-run.ts';
import { RightsOverTime } from './rights.ts';

/**
 * No console receives anything about a number, call or agent that its agent may not see, and no
 * agent gets a call that they may not take.
 */
export function foreign(history: History): Violation[] {
  const calls = new Calls(history);
  const rights = new RightsOverTime(history);
  const heard = [...history.consoles].flatMap(([id, events]) => {
    const agent = agentOf(id);
    return events.flatMap((event): Violation[] => {
      const what = foreignIn(agent, event, calls, rights);
      if (what === undefined) return [];
      return [{ rule: 'foreign', says: `${id}’s console was told of ${what}`, evidence: [event] }];
    });
  });
  const taken = grantsOf(history.consoles).flatMap((grant): Violation[] => {
    const { agent, callId, at } = grant;
    const account = calls.accountOf(callId);
    if (account === undefined || rights.mayTake(agent, account, at)) return [];
    const says = `${agent} was granted ${callId} and may not take calls of ${account}`;
    return [{ rule: 'foreign', says, evidence: [grant] }];
  });
  return [...heard, ...taken];
}

function foreignIn(
  agent: Agent,
  event: ConsoleEvent,
  calls: Calls,
  rights: RightsOverTime,
): string | undefined {
  const foreignNumber = (account: string | undefined) =>
    account !== undefined && !rights.mayHear(agent.id, account, event.at) ? account : undefined;
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
    case 'webhooks':
      return foreignNumber(frame.number.accountId);
    case 'refused':
      return undefined;
    default:
      return assertNever(frame, 'frame');
  }
}

const isForeign = ({ workspace }: Agent, id: string): boolean =>
  agents.find((one) => one.id === id)?.workspace !== workspace;
