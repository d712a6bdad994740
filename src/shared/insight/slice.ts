import type {
  Dimension,
  InsightRange,
  InsightSlice,
  Measure,
} from '../protocol/insight-question.ts';
import { type CountedCall, kindOf } from './counted-call.ts';
import { dateOfDay, LocalHours } from './local-hours.ts';

/** The team of an agent, by the name that a `CountedPart` has. */
export type TeamOf = (agent: string) => string | undefined;

/** Who the agents of `CountedPart` are. */
export interface AgentNames {
  teamOf: TeamOf;
  /** What one is called now, to whom several names may lead. */
  nameOf: (agent: string) => string;
}

/** Whether a call is counted at all. */
export function inRange(
  { from, to, accountId, team }: InsightRange,
  teamOf: TeamOf,
): (call: CountedCall) => boolean {
  return (call) =>
    call.at >= from &&
    call.at <= to &&
    (accountId === undefined || call.accountId === accountId) &&
    (team === undefined || call.parts.some(({ agent }) => teamOf(agent) === team));
}

/** Whether a call is one of those behind a figure. */
export function inSlice(slice: InsightSlice, names: AgentNames): (call: CountedCall) => boolean {
  const counts = inRange(slice, names.teamOf);
  const hours = new LocalHours(slice.zone);
  const { direction, kind, weekday, hour, date, by, measure, quality, transfer, isBilled } = slice;
  const atHour = ({ at }: CountedCall) => {
    if (weekday === undefined && hour === undefined && date === undefined) return true;
    const place = hours.at(at);
    return (
      (weekday === undefined || place.weekday === weekday) &&
      (hour === undefined || place.hour === hour) &&
      (date === undefined || dateOfDay(place.day) === date)
    );
  };
  return (call) =>
    (direction === undefined || call.direction === direction) &&
    (kind === undefined || kindOf(call) === kind) &&
    counts(call) &&
    atHour(call) &&
    (by === undefined || isInGroup(call, by.dimension, by.key, names)) &&
    (measure === undefined || hasLength(call, measure)) &&
    (quality === undefined || qualityOf(call) === quality) &&
    (isBilled === undefined || isBillable(call)) &&
    (transfer === undefined ||
      call.transfers.some(
        ({ to, end }) => names.nameOf(to) === transfer.to && end === transfer.end,
      ));
}

/** Whether a call counts in a group: of agents and teams, all that had it. */
function isInGroup(
  call: CountedCall,
  dimension: Dimension,
  key: string,
  { teamOf, nameOf }: AgentNames,
): boolean {
  switch (dimension) {
    case 'agent':
      return call.parts.some(({ agent }) => nameOf(agent) === key);
    case 'team':
      return call.parts.some(({ agent }) => teamOf(agent) === key);
    default:
      return keyOf(call, dimension) === key;
  }
}

/** The one group in which a call counts, if any. */
export function keyOf(
  call: CountedCall,
  dimension: Exclude<Dimension, 'agent' | 'team'>,
): string | undefined {
  switch (dimension) {
    case 'number':
      return call.accountId;
    case 'outcome':
      return call.outcome;
    case 'country':
      return call.country ?? '';
    case 'disposition':
      return call.disposition;
    default:
      return dimension satisfies never;
  }
}

/** A length of the whole call, all agents together. */
export function lengthOf(call: CountedCall, measure: Measure): number | undefined {
  if (measure === 'answer') return call.answerSeconds;
  const key = `${measure}Seconds` as const;
  let sum: number | undefined;
  for (const part of call.parts) {
    const seconds = part[key];
    if (seconds !== undefined) sum = (sum ?? 0) + seconds;
  }
  return sum;
}

const hasLength = (call: CountedCall, measure: Measure): boolean =>
  lengthOf(call, measure) !== undefined;

/** `good` if it was measured and nobody is to blame. */
export function qualityOf({ blame, mos }: CountedCall): InsightSlice['quality'] {
  return blame ?? (mos === undefined ? undefined : 'good');
}

/** Customers' calls are free, and so are ours that nobody answered (docs/providers/meta.md#pricing). */
export const isBillable = ({ direction, billedSeconds, billedMicros }: CountedCall): boolean =>
  direction === 'outbound' && (billedSeconds !== undefined || billedMicros !== undefined);
