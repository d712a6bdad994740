import { billedMicros } from '../../shared/insight/billed.ts';
import type { CountedCall, CountedPart } from '../../shared/insight/counted-call.ts';
import { phoneCountry } from '../../shared/lib/phone.ts';
import type { Measured } from '../../shared/protocol/measured.ts';
import type { CallFact } from './call-facts.ts';

/**
 * A call as it is counted for supervisors. What agents' consoles measured counts; of the rest the relay knows how long
 * they had it.
 */
export function countedCall(call: CallFact, now: number): CountedCall {
  const { begunAt, accountId, direction, party, parts, placedBy, transfers } = call;
  const [first] = parts;
  const isAnswered = first !== undefined;
  const had = partsOf(call, now);
  const measured = had.flatMap(({ agent }) => call.measured?.get(agent) ?? []);
  const isOurs = direction === 'outbound';
  return {
    at: begunAt,
    accountId,
    direction,
    outcome: isAnswered ? 'answered' : outcomeWithout(call),
    // Numbering plans are slow to ask, and few views do.
    get country() {
      return phoneCountry(party.waId);
    },
    answerSeconds:
      isAnswered && direction === 'inbound' ? seconds(first.from - begunAt) : undefined,
    billedSeconds: isAnswered && isOurs ? billedSeconds(call, had, measured) : undefined,
    billedMicros: isOurs
      ? (billedMicros(call.billed?.bill) ?? most(measured, 'billedMicros'))
      : undefined,
    disposition: [...(call.dispositions?.values() ?? [])].at(-1),
    ...soundOf(measured),
    parts: isAnswered ? had : placedBy ? [{ ...nothing, agent: placedBy.id }] : [],
    transfers,
  };
}

/** A call that goes on is nobody's missed call yet. */
function outcomeWithout({ direction, endedAt }: CallFact): CountedCall['outcome'] {
  if (endedAt === undefined) return 'interrupted';
  return direction === 'inbound' ? 'missed' : 'unanswered';
}

const nothing = { talkSeconds: undefined, holdSeconds: undefined, wrapUpSeconds: undefined };

/** One for each agent, however often they had it: their console measured all of it. */
function partsOf({ parts, endedAt, measured }: CallFact, now: number): readonly CountedPart[] {
  const hadMs = new Map<string, number>();
  for (const { agent, from, to = endedAt ?? now } of parts) {
    hadMs.set(agent.id, (hadMs.get(agent.id) ?? 0) + Math.max(0, to - from));
  }
  return [...hadMs].map(([agent, ms]) => {
    const { talkSeconds = seconds(ms), holdSeconds, wrapUpSeconds } = measured?.get(agent) ?? {};
    return { agent, talkSeconds, holdSeconds, wrapUpSeconds };
  });
}

/** The provider's word, or the time in which anybody had it. */
function billedSeconds(
  { billed }: CallFact,
  had: readonly CountedPart[],
  measured: readonly Measured[],
): number {
  const talked = had.reduce((sum, { talkSeconds = 0 }) => sum + talkSeconds, 0);
  return billed?.seconds ?? most(measured, 'billedSeconds') ?? talked;
}

/** A call that several agents spoke counts as it sounded worst. */
function soundOf(measured: readonly Measured[]): Pick<CountedCall, 'mos' | 'blame'> {
  const worst = measured.toSorted((a, b) => (a.mos ?? Infinity) - (b.mos ?? Infinity));
  return {
    mos: worst[0]?.mos,
    blame: worst.find(({ blame }) => blame !== undefined)?.blame,
  };
}

/** All consoles were told of the same bill, some perhaps before it was complete. */
function most(
  measured: readonly Measured[],
  field: 'billedSeconds' | 'billedMicros',
): number | undefined {
  const known = measured.flatMap((one) => one[field] ?? []);
  return known.length === 0 ? undefined : Math.max(...known);
}

const seconds = (ms: number): number => Math.max(0, Math.round(ms / 1000));
