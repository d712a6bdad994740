import { assertNever } from '../lib/assert-never.ts';
import type { CallOffer, LogBody, NotedEntry, TodoEntry } from './log-entry.ts';
import type { FromRelayFrame, RelayedCallStatus } from './frames.ts';
import type { Todo } from './todo.ts';

/** Clock differences below this are ignored, because messages take time, too. In ms. */
const TOLERANCE_MS = 2_000;

/**
 * How far this machine's clock is ahead of the relay's, in ms. Without the correction, a clock that
 * is wrong by minutes would make every call look old, and none would ring.
 *
 * @param relayNow the relay's time when it sent its welcome
 */
export function skewOf(localNow: number, relayNow: number | undefined): number {
  const skew = relayNow === undefined ? 0 : localNow - relayNow;
  return Math.abs(skew) <= TOLERANCE_MS ? 0 : skew;
}

/** A frame with its times converted to this machine's clock. */
export function frameToLocalTime(frame: FromRelayFrame, skewMs: number): FromRelayFrame {
  if (skewMs === 0 && frame.type !== 'entry') return frame;
  switch (frame.type) {
    case 'entry':
      return { ...frame, at: frame.at + skewMs, body: toLocalTime(frame.body, skewMs) };
    case 'call':
      return { ...frame, call: callToLocalTime(frame.call, skewMs) };
    case 'team':
      return {
        ...frame,
        agents: frame.agents.map((one) => ({
          ...one,
          since: one.since + skewMs,
          ...(one.until !== undefined && { until: one.until + skewMs }),
        })),
      };
    case 'welcome':
    case 'ringing':
    case 'result':
    case 'skipped':
    case 'rights':
    case 'probe':
    case 'webhooks':
    case 'refused':
      return frame;
    default:
      return assertNever(frame, 'frame');
  }
}

function callToLocalTime(call: RelayedCallStatus, skewMs: number): RelayedCallStatus {
  const { startedAt, callOffer } = call;
  return {
    ...call,
    ...(startedAt !== undefined && { startedAt: startedAt + skewMs }),
    ...(callOffer && { callOffer: callOfferToLocalTime(callOffer, skewMs) }),
  };
}

function callOfferToLocalTime(callOffer: CallOffer, skewMs: number): CallOffer {
  return { ...callOffer, deadlineAt: callOffer.deadlineAt + skewMs };
}

/** An agent's note with its times converted to this machine's clock. */
export function notedToLocalTime(body: NotedEntry, skewMs: number): NotedEntry {
  const { at, callbackAt } = body;
  return {
    ...body,
    at: at + skewMs,
    ...(callbackAt !== undefined && { callbackAt: callbackAt + skewMs }),
  };
}

function todoToLocalTime(body: TodoEntry, skewMs: number): TodoEntry {
  const { change } = body;
  const at = body.at + skewMs;
  if (change.kind !== 'snooze' || change.until === undefined) return { ...body, at };
  return { ...body, at, change: { ...change, until: change.until + skewMs } };
}

/** A customer who waits, with all times converted to this machine's clock. */
export function waitingToLocalTime(item: Todo, skewMs: number): Todo {
  if (skewMs === 0) return item;
  const { missed, messages, callback, permission, failed } = item.reasons;
  const shifted = <T extends { since: number; last: number }>(one: T | undefined) =>
    one && { ...one, since: one.since + skewMs, last: one.last + skewMs };
  const later = <T extends { at: number }>(one: T | undefined) =>
    one && { ...one, at: one.at + skewMs };
  const { expiresAt } = permission ?? {};
  return {
    ...item,
    reasons: {
      missed: shifted(missed),
      messages: shifted(messages),
      callback: later(callback),
      permission: later(
        permission && { ...permission, expiresAt: expiresAt && expiresAt + skewMs },
      ),
      failed: later(failed),
    },
    tried: item.tried && { ...item.tried, last: item.tried.last + skewMs },
    snoozedUntil: item.snoozedUntil && item.snoozedUntil + skewMs,
    answeredAt: item.answeredAt && item.answeredAt + skewMs,
    closed: later(item.closed),
  };
}

/** A log entry with its times converted to this machine's clock. */
export function toLocalTime(body: LogBody, skewMs: number): LogBody {
  switch (body.type) {
    // From the provider's clock to the relay's, then to ours.
    case 'provider':
      return providerToLocalTime(body, skewMs + (body.ahead ?? 0));
    case 'call-offer':
      return { ...body, callOffer: callOfferToLocalTime(body.callOffer, skewMs) };
    case 'sent':
    case 'described':
    case 'merged':
    case 'legal-hold':
      return { ...body, at: body.at + skewMs };
    case 'erased':
      return { ...body, erasure: { ...body.erasure, at: body.erasure.at + skewMs } };
    case 'noted':
      return notedToLocalTime(body, skewMs);
    case 'todo':
      return todoToLocalTime(body, skewMs);
    case 'answered':
      return { ...body, answer: { ...body.answer, at: body.answer.at + skewMs } };
    case 'agent-disconnected':
      return { ...body, deadlineAt: body.deadlineAt + skewMs };
    case 'placed':
    case 'measured':
    case 'told':
    case 'told-read':
    case 'claimed':
    case 'released':
    case 'call-offer-ended':
    case 'agent-reconnected':
    case 'dtmf':
    case 'supervision':
    case 'ended':
    case 'unreadable':
      return body;
    default:
      return assertNever(body, 'entry');
  }
}

function providerToLocalTime(
  body: Extract<LogBody, { type: 'provider' }>,
  skewMs: number,
): LogBody {
  if (skewMs === 0) return body;
  const { event } = body;
  const at = event.at + skewMs;
  const shifted = (time: number | undefined) => time && time + skewMs;
  switch (event.kind) {
    case 'offer':
    case 'answer':
    case 'status':
    case 'announced':
    case 'recording':
    case 'message':
    case 'message-status':
    case 'moved':
      return { ...body, event: { ...event, at } };
    case 'terminated': {
      const startedAt = shifted(event.startedAt);
      return { ...body, event: { ...event, at, startedAt, endedAt: shifted(event.endedAt) } };
    }
    case 'permission':
      return { ...body, event: { ...event, at, expiresAt: shifted(event.expiresAt) } };
    case 'number': {
      const { change } = event;
      if (change.what !== 'restricted') return { ...body, event: { ...event, at } };
      const restrictions = change.restrictions.map((one) => ({
        ...one,
        expiresAt: shifted(one.expiresAt),
      }));
      return { ...body, event: { ...event, at, change: { ...change, restrictions } } };
    }
    default:
      return assertNever(event, 'event');
  }
}
