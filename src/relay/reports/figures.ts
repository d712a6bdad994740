import type { AgentFigures, NumberFigures } from '../../shared/protocol/team.ts';
import type { CallFact } from './call-facts.ts';

interface Sum {
  answered: number;
  placed: number;
  talkMs: number;
  answerMs: number;
}

const nothing = (): Sum => ({ answered: 0, placed: 0, talkMs: 0, answerMs: 0 });

/** Adds up what became of calls, for each agent and each number. Talk time counts until now. */
export function figuresOf(
  calls: Iterable<CallFact>,
  now: number,
): { agents: AgentFigures[]; numbers: NumberFigures[] } {
  const agents = new Map<string, Sum & { name: string }>();
  const numbers = new Map<string, Sum & { calls: number; missed: number }>();
  const agentSum = ({ id, name }: { id: string; name: string }) => {
    const sum = agents.get(id) ?? { ...nothing(), name };
    agents.set(id, sum);
    return sum;
  };
  for (const call of calls) {
    const { accountId, direction, begunAt, endedAt, parts, placedBy } = call;
    const ofNumber = numbers.get(accountId) ?? { ...nothing(), calls: 0, missed: 0 };
    numbers.set(accountId, ofNumber);
    const [first] = parts;
    if (direction === 'outbound') {
      ofNumber.placed += 1;
      if (placedBy) agentSum(placedBy).placed += 1;
    } else {
      ofNumber.calls += 1;
      if (!first && endedAt !== undefined) ofNumber.missed += 1;
    }
    if (first && direction === 'inbound') {
      for (const sum of [ofNumber, agentSum(first.agent)]) {
        sum.answered += 1;
        sum.answerMs += first.from - begunAt;
      }
    }
    for (const { agent, from, to = endedAt ?? now } of parts) {
      for (const sum of [ofNumber, agentSum(agent)]) sum.talkMs += Math.max(0, to - from);
    }
  }
  const shared = ({ answered, placed, talkMs, answerMs }: Sum) => ({
    answered,
    placed,
    talkSeconds: Math.round(talkMs / 1000),
    ...(answered > 0 && { answerSeconds: Math.round(answerMs / answered / 1000) }),
  });
  return {
    agents: [...agents].map(([id, { name, ...sum }]) => ({ id, name, ...shared(sum) })),
    numbers: [...numbers].map(([id, { calls: inbound, missed, ...sum }]) => ({
      id,
      calls: inbound,
      missed,
      ...shared(sum),
    })),
  };
}
