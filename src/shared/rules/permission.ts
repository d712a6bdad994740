import { assertNever } from '../lib/assert-never.ts';
import type { Permission } from './facts.ts';
import { answerFreshMs } from './data/limits.ts';
import { providers } from './data/providers.ts';
import { inOrder, type ContactEvent, type Facts } from './facts.ts';
import { finding, type Finding } from './findings.ts';
import { blockingFactsRuling } from './number-facts.ts';
import { ruling, silent, type Ruling } from './ruling.ts';
import { streakLimits, unansweredStreak } from './streak.ts';
import { latest } from './times.ts';

/** Whether this person allows calls, as far as known. */
export type PermissionState =
  /** This kind of number needs no permission. */
  | { status: 'not-needed' }
  | { status: 'unchecked' | 'unavailable' }
  | { status: 'none'; why: 'never' }
  | { status: 'none'; why: 'declined' | 'revoked'; at: number }
  | { status: 'expired'; at: number }
  /** `expiresAt` is missing if the provider did not report it. */
  | { status: 'temporary'; expiresAt?: number | undefined }
  | { status: 'permanent' }
  /** So many calls went unanswered since we asked that the provider has probably revoked it. */
  | { status: 'maybe-revoked'; unanswered: number };

type News = Extract<
  ContactEvent,
  { kind: 'permission-granted' | 'permission-declined' | 'permission-revoked' }
>;

/** The provider's answer, if any. */
export function answerOf(facts: Facts): Permission | undefined {
  return typeof facts.permission === 'string' ? undefined : facts.permission;
}

/** Webhook news after the provider's last answer overrides it, and so does that of the same second: webhooks tell no more. */
export function newsSince(facts: Facts): News | undefined {
  const checkedAt = answerOf(facts)?.checkedAt ?? -Infinity;
  const since = Math.floor(checkedAt / 1000) * 1000;
  return lastNews(facts.history.filter((event) => event.at >= since));
}

function lastNews(history: readonly ContactEvent[]): News | undefined {
  return inOrder(history).findLast(
    (event): event is News =>
      event.kind === 'permission-granted' ||
      event.kind === 'permission-declined' ||
      event.kind === 'permission-revoked',
  );
}

/**
 * The current permission. A temporary one expires without a webhook
 * (docs/providers/meta.md#permission-reply), and a revocation in the business profile sends none
 * either, so answers expire (see `answerFreshMs`).
 */
export function permissionState(facts: Facts, now: number): PermissionState {
  if (providers[facts.provider].permission.value === 'not-needed') return { status: 'not-needed' };
  const answer = answerOf(facts);
  const news = newsSince(facts);
  const streak = unansweredStreak(facts.history);
  const knownAt = latest([answer?.checkedAt, news?.at]) ?? -Infinity;
  if (streak.count >= streakLimits(facts).revokeAt && (streak.lastAt ?? -Infinity) >= knownAt) {
    return { status: 'maybe-revoked', unanswered: streak.count };
  }
  if (news) return fromNews(news, now);
  if (answer) return fromAnswer(answer, facts.history, now);
  return { status: facts.permission === 'unavailable' ? 'unavailable' : 'unchecked' };
}

function fromNews(news: News, now: number): PermissionState {
  switch (news.kind) {
    case 'permission-granted':
      return news.expiresAt === undefined
        ? { status: 'permanent' }
        : temporary(news.expiresAt, now);
    case 'permission-declined':
      return { status: 'none', why: 'declined', at: news.at };
    case 'permission-revoked':
      return { status: 'none', why: 'revoked', at: news.at };
    default:
      return assertNever(news, 'permission news');
  }
}

function fromAnswer(
  answer: Permission,
  history: readonly ContactEvent[],
  now: number,
): PermissionState {
  switch (answer.status) {
    case 'permanent':
      return { status: 'permanent' };
    case 'temporary':
      return temporary(answer.expiresAt, now);
    case 'none': {
      const before = lastNews(history);
      if (before === undefined) return { status: 'none', why: 'never' };
      const known = fromNews(before, answer.checkedAt);
      // The provider no longer knows this grant, so it was revoked without a webhook.
      return known.status === 'none' || known.status === 'expired'
        ? known
        : { status: 'none', why: 'revoked', at: answer.checkedAt };
    }
    default:
      return assertNever(answer.status, 'permission');
  }
}

function temporary(expiresAt: number | undefined, now: number): PermissionState {
  return expiresAt !== undefined && expiresAt <= now
    ? { status: 'expired', at: expiresAt }
    : { status: 'temporary', expiresAt };
}

/** Whether this person allows calls now. */
export function permissionRuling(facts: Facts, now: number): Ruling {
  const state = permissionState(facts, now);
  const found = permissionFinding(facts, state);
  return ruling(found ? [found] : [], state.status === 'temporary' ? state.expiresAt : undefined);
}

function permissionFinding(facts: Facts, state: PermissionState): Finding | undefined {
  switch (state.status) {
    case 'not-needed':
      return undefined;
    case 'unchecked':
      return finding('permission-unchecked', {});
    case 'unavailable':
      // With a rejected token every check fails, so the token is the finding to show.
      return blockingFactsRuling(facts).findings.length > 0
        ? undefined
        : finding('permission-unavailable', {});
    case 'none':
      // Zernio: `start_call` decides whether a call can start, not the status alone.
      if (newsSince(facts) === undefined && answerOf(facts)?.call.allowed) return undefined;
      if (state.why === 'never') return finding('permission-missing', {});
      return state.why === 'declined'
        ? finding('permission-declined', { declinedAt: state.at })
        : finding('permission-revoked', { revokedAt: state.at });
    case 'expired':
      return finding('permission-expired', { expiredAt: state.at });
    case 'temporary':
      return finding('permission-temporary', {}, { changesAt: state.expiresAt });
    case 'permanent':
      return finding('permission-permanent', {});
    case 'maybe-revoked':
      return finding('permission-maybe-revoked', { unanswered: state.unanswered });
    default:
      return assertNever(state, 'permission state');
  }
}

/** When to ask the provider again. */
export function freshnessRuling(facts: Facts, now: number): Ruling {
  const checkedAt = answerOf(facts)?.checkedAt;
  if (checkedAt === undefined || permissionState(facts, now).status === 'not-needed') return silent;
  const oldAt = checkedAt + answerFreshMs.value;
  return now < oldAt
    ? ruling([], oldAt)
    : ruling([finding('permission-answer-old', { checkedAt })]);
}
