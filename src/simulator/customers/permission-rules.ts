/** What a customer allows one business number. Times are Unix ms. */
export type Grant =
  | { kind: 'none' }
  | { kind: 'temporary'; expiresAt: number }
  | { kind: 'permanent' };

/** One (business number, customer) pair: the grant and what counts against its limits. */
export interface PermissionRecord {
  grant: Grant;
  /** When permission requests were sent. */
  requests: readonly number[];
  /** When business-initiated calls were picked up. */
  connected: readonly number[];
  /** Business-initiated calls in a row that were not answered. */
  unanswered: number;
}

/** How much of one limit is used; `freeAt` is known only when it is used up. */
export interface Usage {
  used: number;
  max: number;
  freeAt: number | undefined;
}

const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;
export const WEEK_MS = 7 * DAY_MS;
/** A temporary permission lasts 168 h from approval (docs/providers/meta.md#limits). */
export const TEMPORARY_MS = 168 * HOUR_MS;
/**
 * docs/providers/meta.md#limits: requests 1 in 24 h and 2 in 7 d; 100 connected calls in 24 h;
 * revoked after 4 unanswered.
 */
const LIMITS = { requestsPerDay: 1, requestsPerWeek: 2, connectedPerDay: 100 } as const;
const UNANSWERED_TO_REVOKE = 4;

export const newRecord = (grant: Grant): PermissionRecord => ({
  grant,
  requests: [],
  connected: [],
  unanswered: 0,
});

export const temporaryFrom = (now: number): Extract<Grant, { kind: 'temporary' }> => ({
  kind: 'temporary',
  expiresAt: now + TEMPORARY_MS,
});

/**
 * The grant in force now: a temporary one ends by itself, without a webhook
 * (docs/providers/meta.md#permission-reply).
 */
export function grantNow(record: PermissionRecord, now: number): Grant {
  const { grant } = record;
  return grant.kind === 'temporary' && grant.expiresAt <= now ? { kind: 'none' } : grant;
}

/** How many of `times` fall in the last `windowMs`, and when the oldest of them leaves it. */
function usage(times: readonly number[], windowMs: number, max: number, now: number): Usage {
  const inside = times.filter((time) => time > now - windowMs);
  const oldest = inside[0];
  const full = inside.length >= max && oldest !== undefined;
  return { used: inside.length, max, freeAt: full ? oldest + windowMs : undefined };
}

export const requestUsage = (
  record: PermissionRecord,
  now: number,
): { day: Usage; week: Usage } => ({
  day: usage(record.requests, DAY_MS, LIMITS.requestsPerDay, now),
  week: usage(record.requests, WEEK_MS, LIMITS.requestsPerWeek, now),
});

export const callUsage = (record: PermissionRecord, now: number): Usage =>
  usage(record.connected, DAY_MS, LIMITS.connectedPerDay, now);

export function canRequest(record: PermissionRecord, now: number): boolean {
  const { day, week } = requestUsage(record, now);
  return (
    grantNow(record, now).kind !== 'permanent' &&
    day.freeAt === undefined &&
    week.freeAt === undefined
  );
}

export function canCall(record: PermissionRecord, now: number): boolean {
  return grantNow(record, now).kind !== 'none' && callUsage(record, now).freeAt === undefined;
}

export const afterRequest = (record: PermissionRecord, now: number): PermissionRecord => ({
  ...record,
  requests: [...record.requests, now],
});

/**
 * Any connected call, in either direction, resets the request limits
 * (docs/providers/meta.md#limits).
 */
export const afterConnected = (
  record: PermissionRecord,
  now: number,
  direction: 'user-initiated' | 'business-initiated',
): PermissionRecord => ({
  ...record,
  requests: [],
  unanswered: direction === 'business-initiated' ? 0 : record.unanswered,
  connected: direction === 'business-initiated' ? [...record.connected, now] : record.connected,
});

/** The fourth unanswered call in a row revokes the permission, and the business is notified. */
export function afterUnanswered(
  record: PermissionRecord,
  now: number,
): { record: PermissionRecord; revoked: boolean } {
  const unanswered = record.unanswered + 1;
  const revoked = unanswered >= UNANSWERED_TO_REVOKE && grantNow(record, now).kind !== 'none';
  return revoked
    ? { record: { ...record, grant: { kind: 'none' }, unanswered: 0 }, revoked }
    : { record: { ...record, unanswered }, revoked };
}
