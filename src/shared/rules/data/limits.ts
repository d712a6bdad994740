import type { Sourced } from './sourced.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** At most `max` in any `periodMs`. */
export interface Limit {
  periodMs: number;
  max: number;
}

/** Permission requests to one person from one number, if the provider reports no limits. */
export const requestLimits: Sourced<readonly Limit[]> = {
  value: [
    { periodMs: DAY_MS, max: 1 },
    { periodMs: 7 * DAY_MS, max: 2 },
  ],
  source: 'Meta, user call permissions (26 Jun 2026); respond.io, WhatsApp calls; Zernio API types',
  seen: '2026-11-22',
};

/** The same for sandbox and public test numbers. */
export const sandboxRequestLimits: Sourced<readonly Limit[]> = {
  value: [
    { periodMs: DAY_MS, max: 25 },
    { periodMs: 7 * DAY_MS, max: 100 },
  ],
  source: 'Meta, testing the Calling API: sandbox accounts',
  seen: '2026-11-22',
};

/** Answered business-initiated calls to one person, if the provider reports no limits. */
export const callLimits: Sourced<readonly Limit[]> = {
  value: [{ periodMs: DAY_MS, max: 100 }],
  source:
    'Meta, user call permissions (26 Jun 2026): 100 since 19 Dec 2025. The 5 of respond.io and of sample answers is older.',
  seen: '2026-11-22',
};

/** Consecutive business-initiated calls that are unanswered or rejected. */
export const unansweredLimits: Sourced<{ reconsiderAt: number; revokeAt: number }> = {
  value: { reconsiderAt: 2, revokeAt: 4 },
  source: 'Meta, user call permissions (26 Jun 2026)',
  seen: '2026-11-22',
};

/** The same for sandbox numbers. */
export const sandboxUnansweredLimits: Sourced<{ reconsiderAt: number; revokeAt: number }> = {
  value: { reconsiderAt: 5, revokeAt: 10 },
  source: 'Meta, testing the Calling API: sandbox accounts',
  seen: '2026-11-22',
};

/** How long to wait after a refusal before the next request. */
export const declineWaitMs: Sourced<number> = {
  value: DAY_MS,
  source: 'respond.io, WhatsApp calls: conditions for permission requests',
  seen: '2026-11-22',
};

/** How long a permission request can be answered. */
export const requestLifeMs: Sourced<number> = {
  value: 7 * DAY_MS,
  source: 'Meta, user call permissions (26 Jun 2026)',
  seen: '2026-11-22',
};

/** The customer service window. */
export const serviceWindowMs: Sourced<number> = {
  value: DAY_MS,
  source: '360dialog, Calling API; respond.io, WhatsApp calls; Meta',
  seen: '2026-11-22',
};

/** Longest pause of calls after bad feedback. */
export const qualityPauseMs: Sourced<number> = {
  value: 7 * DAY_MS,
  source: 'Meta, Calling API overview: since 27 Jan 2026',
  seen: '2026-11-22',
};

/**
 * When a permission answer should be refreshed. Our own choice: a revocation in the business
 * profile sends no webhook, and the provider allows at least 5 such reads a second.
 */
export const answerFreshMs: Sourced<number> = {
  value: 15 * 60_000,
  source: 'our own choice',
  seen: '2026-11-22',
};
