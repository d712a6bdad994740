import type { CountedCall, CountedPart } from '../../shared/insight/counted-call.ts';
import { phoneCountry } from '../../shared/lib/phone.ts';
import type { CallFact } from './call-facts.ts';

/**
 * A call as it is counted for supervisors. The relay does not know hold, wrap-up and quality, which consoles measure, nor
 * what agents wrote down, which is their words about customers.
 */
export function countedCall(call: CallFact, now: number): CountedCall {
  const { begunAt, accountId, direction, party, parts, placedBy, endedAt, transfers } = call;
  const [first] = parts;
  const isAnswered = first !== undefined;
  const talked = parts.map(({ from, to = endedAt ?? now }) => seconds(to - from));
  return {
    at: begunAt,
    accountId,
    direction,
    outcome: isAnswered ? 'answered' : outcomeWithout(call),
    country: phoneCountry(party.waId),
    answerSeconds:
      isAnswered && direction === 'inbound' ? seconds(first.from - begunAt) : undefined,
    billedSeconds:
      isAnswered && direction === 'outbound'
        ? talked.reduce((sum, one) => sum + one, 0)
        : undefined,
    billedMicros: undefined,
    disposition: undefined,
    mos: undefined,
    blame: undefined,
    parts: isAnswered
      ? parts.map(({ agent }, n) => part(agent.id, talked[n]))
      : placedBy
        ? [part(placedBy.id, undefined)]
        : [],
    transfers,
  };
}

/** A call that goes on is nobody's missed call yet. */
function outcomeWithout({ direction, endedAt }: CallFact): CountedCall['outcome'] {
  if (endedAt === undefined) return 'interrupted';
  return direction === 'inbound' ? 'missed' : 'unanswered';
}

const part = (agent: string, talkSeconds: number | undefined): CountedPart => ({
  agent,
  talkSeconds,
  holdSeconds: undefined,
  wrapUpSeconds: undefined,
});

const seconds = (ms: number): number => Math.max(0, Math.round(ms / 1000));
