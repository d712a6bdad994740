import type { AllowedAction } from './facts.ts';
import type { Limit } from './data/limits.ts';
import { earliest } from './times.ts';

/**
 * A limit and what is used of it, as places that fall free at known times. A place of `Infinity` stays taken until the
 * provider is asked again.
 */
interface Places {
  limit: Limit;
  /** When each taken place falls free, earliest first (Unix ms). */
  freeAt: readonly number[];
}

/** What is left of one limit at a moment. */
export interface LimitState extends Limit {
  used: number;
  left: number;
  /** When one more is possible, if none is now (Unix ms); missing when only the provider can tell. */
  freesAt?: number | undefined;
  /** When `used` gets smaller by itself (Unix ms). */
  changesAt?: number | undefined;
}

export interface Quota {
  limits: readonly LimitState[];
  /** Whether the figures are the provider's or our own constants. */
  from: 'provider' | 'default';
  exhausted: boolean;
}

interface Usage {
  /** The provider's answer for the action, with the time of asking. */
  answer?: { action: AllowedAction; checkedAt: number } | undefined;
  /** Our constants, for a provider that gives no limits. */
  defaults: readonly Limit[];
  /** When the action was used, as far as we know (Unix ms). */
  uses: readonly number[];
  /** Uses before this no longer count (Unix ms). */
  resetAt?: number | undefined;
}

/**
 * What is left of an action's limits.
 *
 * The provider's figures always win over our constants (peers, section 0: never a constant). They are as old as the
 * answer, so our own uses since then are added. What the provider counted is assumed to stay for a whole period after
 * the answer, unless it says when it falls free: too careful rather than one too many.
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

/** The tightest limit: what a person needs to know. */
export function tightest(quota: Quota): LimitState | undefined {
  return quota.limits.reduce<LimitState | undefined>(
    (best, one) => (best === undefined || one.left < best.left ? one : best),
    undefined,
  );
}

/** The exhausted limit that frees up last: until then nothing goes. */
export function lastToFree(quota: Quota): LimitState | undefined {
  return quota.limits
    .filter((one) => one.left === 0)
    .reduce<LimitState | undefined>(
      (last, one) =>
        last === undefined || (one.freesAt ?? Infinity) > (last.freesAt ?? Infinity) ? one : last,
      undefined,
    );
}

/** When any figure of the quota changes by itself. */
export function quotaChangesAt(quota: Quota): number | undefined {
  return earliest(quota.limits.map((one) => one.changesAt));
}

function providerPlaces(
  told: AllowedAction['limits'][number],
  checkedAt: number,
  usage: Usage,
): Places {
  const limit = { max: told.max, periodMs: periodMs(told.period) ?? Infinity };
  const own = ownPlaces(limit, usage, checkedAt).freeAt;
  if (usage.resetAt !== undefined && usage.resetAt > checkedAt) return { limit, freeAt: own };
  const gone = checkedAt + limit.periodMs;
  // `freeAt` says when one more is possible; everything above the limit has to be gone by then.
  const early = told.freeAt === undefined ? 0 : Math.max(0, told.used - told.max + 1);
  const counted = Array.from({ length: told.used }, (_, index) =>
    index < early ? (told.freeAt ?? gone) : gone,
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
    // With a maximum of nothing there is no such time.
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

/** Length of an ISO 8601 duration of days or less, e.g. `PT24H` or `P7D`; undefined for anything else. */
export function periodMs(duration: string): number | undefined {
  const parts = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(duration);
  if (!parts) return undefined;
  const ms = ['W', 'D', 'H', 'M', 'S'].reduce(
    (sum, unit, index) => sum + Number(parts[index + 1] ?? 0) * (unitMs[unit] ?? 0),
    0,
  );
  return ms > 0 ? ms : undefined;
}
