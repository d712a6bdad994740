import { dateMs, isoDate } from '../rules/zoned-time.ts';
import type { Counts, DayCounts } from './hours.ts';

/**
 * When a number's pick-up rate is low, in per cent. WhatsApp takes the call button away from numbers that pick up too
 * few calls, but does not publish below what (docs/providers/meta.md#limits), so these are an organisation's own.
 */
export interface PickUpLimits {
  warnBelow: number;
  /** Below this outgoing calls are held back; missing: never. */
  holdBelow?: number | undefined;
  /** Fewer calls in the window say nothing. */
  atLeast: number;
}

export const defaultPickUpLimits: PickUpLimits = { warnBelow: 70, atLeast: 20 };

/** Days that count, today included. */
export const PICK_UP_DAYS = 7;
/** The coming days are taken to be like the mean of so many days before today. */
const PACE_DAYS = 3;

type PickUpState = 'few' | 'good' | 'warn' | 'hold';

/** How a number stands. */
export interface PickUpStanding {
  state: PickUpState;
  pickedUp: number;
  missed: number;
  /** Per cent; missing without calls. */
  rate?: number | undefined;
  /** More calls that may be missed in a row before the next limit. */
  left?: { calls: number; limit: number } | undefined;
  /** The rate of the coming days, if they are like the last ones. */
  forecast: readonly { date: string; rate: number }[];
  /** The first coming day with a rate below a limit. */
  falls?: { date: string; limit: number } | undefined;
}

/**
 * @param days of one number, in any order; days without calls may be missing
 * @param today the local date
 */
export function pickUpStanding(
  days: readonly Pick<DayCounts, 'date' | 'pickedUp' | 'missed'>[],
  today: string,
  limits: PickUpLimits,
): PickUpStanding {
  const byDate = new Map(days.map((day) => [day.date, day]));
  const ofDay = (ahead: number): Taken => byDate.get(dateAt(today, ahead)) ?? noCalls;
  const window = sumOf(range(1 - PICK_UP_DAYS, 0).map(ofDay));
  const rate = rateOf(window);
  const paceDays = range(-PACE_DAYS, -1).map(ofDay);
  const pace = scaled(sumOf(paceDays), 1 / PACE_DAYS);
  const isKnown = paceDays.some(({ pickedUp, missed }) => pickedUp + missed > 0);
  const forecast = isKnown
    ? range(1, PICK_UP_DAYS).flatMap((ahead) => {
        const coming = range(ahead + 1 - PICK_UP_DAYS, ahead);
        const sum = sumOf(coming.map((day) => (day > 0 ? pace : ofDay(day))));
        const expected = rateOf(sum);
        return expected === undefined ? [] : [{ date: dateAt(today, ahead), rate: expected }];
      })
    : [];
  const calls = window.pickedUp + window.missed;
  const { warnBelow, holdBelow, atLeast } = limits;
  const isEnough = calls >= atLeast && rate !== undefined;
  const state = !isEnough
    ? 'few'
    : holdBelow !== undefined && rate < holdBelow
      ? 'hold'
      : rate < warnBelow
        ? 'warn'
        : 'good';
  const next = [warnBelow, holdBelow].flatMap((limit) =>
    limit !== undefined && rate !== undefined && rate >= limit ? [limit] : [],
  );
  const limit = next.length > 0 ? Math.max(...next) : undefined;
  const fall = forecast.find((day) => limit !== undefined && day.rate < limit);
  return {
    state,
    ...window,
    rate,
    forecast: isEnough ? forecast : [],
    ...(isEnough && limit !== undefined && { left: { calls: missesLeft(window, limit), limit } }),
    ...(isEnough && fall && limit !== undefined && { falls: { date: fall.date, limit } }),
  };
}

type Taken = Pick<Counts, 'pickedUp' | 'missed'>;
const noCalls: Taken = { pickedUp: 0, missed: 0 };
const DAY_MS = 86_400_000;

/** How many calls may be missed in a row before the rate is below the limit. */
function missesLeft({ pickedUp, missed }: Taken, limit: number): number {
  return Math.max(0, Math.floor((pickedUp * 100) / limit - pickedUp - missed));
}

/** Per cent. */
function rateOf({ pickedUp, missed }: Taken): number | undefined {
  const calls = pickedUp + missed;
  return calls === 0 ? undefined : (100 * pickedUp) / calls;
}

const sumOf = (all: readonly Taken[]): Taken => ({
  pickedUp: all.reduce((sum, { pickedUp }) => sum + pickedUp, 0),
  missed: all.reduce((sum, { missed }) => sum + missed, 0),
});

const scaled = ({ pickedUp, missed }: Taken, by: number): Taken => ({
  pickedUp: pickedUp * by,
  missed: missed * by,
});

const dateAt = (today: string, ahead: number): string => isoDate(dateMs(today) + ahead * DAY_MS);

const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, n) => from + n);
