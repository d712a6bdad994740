import type { AllowedAction } from './facts.ts';
import type { Limit } from './data/limits.ts';
import { earliest } from './times.ts';

/**
 * A limit and its used places, each of which frees at a known time. A place that frees at
 * `Infinity` stays used until the provider is asked again.
 */
interface Places {
  limit: Limit;
  /** When each used place frees, earliest first (Unix ms). */
  freeAt: readonly number[];
}

/** What remains of one limit at a moment. */
export interface LimitState extends Limit {
  used: number;
  left: number;
  /**
   * When the next use is possible, if none is now (Unix ms); missing if only the provider knows.
   */
  freesAt?: number | undefined;
  /** When `used` next decreases on its own (Unix ms). */
  changesAt?: number | undefined;
}

export interface Quota {
  limits: readonly LimitState[];
  /** Whether the figures come from the provider or are our constants. */
  from: 'provider' | 'default';
  exhausted: boolean;
}

interface Usage {
  /** The provider's answer for the action, and when it was asked. */
  answer?: { action: AllowedAction; checkedAt: number } | undefined;
  /** Our constants, for a provider without limits. */
  defaults: readonly Limit[];
  /** Known uses of the action (Unix ms). */
  uses: readonly number[];
  /** Earlier uses no longer count (Unix ms). */
  resetAt?: number | undefined;
}

/**
 * What remains of an action's limits.
 *
 * The provider's figures always override our constants. They are as old as the answer, so our own
 * uses since then are added. Uses the provider counted are assumed to stay for a whole period after
 * the answer unless it says when they free: rather too careful than one too many.
 */
export function quota(usage: Usage, now: number): Quota {
  const { answer } = usage;
  const fromProvider = answer !== undefined && answer.action.limits.length > 0;
  const places = fromProvider
    ? answer.action.limits.map((limit) => providerPlaces(limit, answer.checkedAt, usage))
    : usage.defaults.map((limit) => ownPlaces(limit, usage, -Infinity));
  const limits = places.map((one) => stateOf(one, now));
  return {
    limits,
    from: fromProvider ? 'provider' : 'default',
    exhausted: limits.some((one) => one.left === 0),
  };
}

/** The tightest limit: the one to show. */
export function tightest(quota: Quota): LimitState | undefined {
  return quota.limits.reduce<LimitState | undefined>(
    (best, one) => (best === undefined || one.left < best.left ? one : best),
    undefined,
  );
}

/** The exhausted limit that frees last: until then nothing is possible. */
export function lastToFree(quota: Quota): LimitState | undefined {
  return quota.limits
    .filter((one) => one.left === 0)
    .reduce<LimitState | undefined>(
      (last, one) =>
        last === undefined || (one.freesAt ?? Infinity) > (last.freesAt ?? Infinity) ? one : last,
      undefined,
    );
}

/** When any figure of the quota next changes on its own. */
export function quotaChangesAt(quota: Quota): number | undefined {
  return earliest(quota.limits.map((one) => one.changesAt));
}

function providerPlaces(
  reported: AllowedAction['limits'][number],
  checkedAt: number,
  usage: Usage,
): Places {
  const limit = { max: reported.max, periodMs: periodMs(reported.period) ?? Infinity };
  const own = ownPlaces(limit, usage, checkedAt).freeAt;
  if (usage.resetAt !== undefined && usage.resetAt > checkedAt) return { limit, freeAt: own };
  const gone = checkedAt + limit.periodMs;
  // `freeAt` is when one more is possible, so every use above the limit must free by then.
  const early = reported.freeAt === undefined ? 0 : Math.max(0, reported.used - reported.max + 1);
  const counted = Array.from({ length: reported.used }, (_, index) =>
    index < early ? (reported.freeAt ?? gone) : gone,
  );
  return { limit, freeAt: [...counted, ...own].sort((a, b) => a - b) };
}

function ownPlaces(limit: Limit, { uses, resetAt }: Usage, since: number): Places {
  const from = Math.max(since, resetAt ?? -Infinity);
  return {
    limit,
    freeAt: uses
      .filter((at) => at >= from)
      .map((at) => at + limit.periodMs)
      .sort((a, b) => a - b),
  };
}

function stateOf({ limit, freeAt }: Places, now: number): LimitState {
  const taken = freeAt.filter((at) => at > now);
  const left = Math.max(0, limit.max - taken.length);
  return {
    ...limit,
    used: taken.length,
    left,
    // A maximum of zero never frees.
    freesAt: left > 0 ? undefined : finite(taken[taken.length - limit.max]),
    changesAt: finite(taken[0]),
  };
}

const finite = (at: number | undefined): number | undefined => (at === Infinity ? undefined : at);

const unitMs: Readonly<Record<string, number>> = {
  W: 7 * 86_400_000,
  D: 86_400_000,
  H: 3_600_000,
  M: 60_000,
  S: 1000,
};

/**
 * Milliseconds of an ISO 8601 duration of weeks, days or less, e.g. `PT24H` or `P7D`; undefined for
 * anything else.
 */
export function periodMs(duration: string): number | undefined {
  const parts = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(duration);
  if (!parts) return undefined;
  const ms = ['W', 'D', 'H', 'M', 'S'].reduce(
    (sum, unit, index) => sum + Number(parts[index + 1] ?? 0) * (unitMs[unit] ?? 0),
    0,
  );
  return ms > 0 ? ms : undefined;
}
