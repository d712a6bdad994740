import { assertNever } from '../lib/assert-never.ts';
import type { Agent } from '../protocol/agent.ts';
import type { Answer, Reasons, Todo, TodoChange } from '../protocol/todo.ts';
import type { Party } from '../providers/events.ts';

/**
 * What happened between us and a customer. Times are Unix ms.
 */
export type Happening =
  | { kind: 'missed'; callId: string; at: number; voicemail?: boolean | undefined }
  /**
   * `claimed`: an agent takes their call; `released`: who could not take it after all; `spoke`: somebody spoke with them
   * in a call that began at `at`; `parted`: what was taken for an answer to them was none.
   */
  | Answer
  /** They did not answer our call. */
  | { kind: 'tried'; at: number }
  | { kind: 'message'; at: number; type: string; text?: string | undefined }
  | { kind: 'failed'; at: number; messageId: string; why?: string | undefined }
  /** An agent noted down a call, with or without a time to call back. */
  | {
      kind: 'noted';
      at: number;
      by: Agent;
      providerCallId: string;
      callbackAt?: number | undefined;
    }
  | { kind: 'permission'; at: number; granted: boolean; expiresAt?: number | undefined }
  | { kind: 'change'; at: number; by: Agent; change: TodoChange };

/** The most calls whose ids are kept. */
const CALLS_KEPT = 20;

/** Whose the item is. */
export interface Whose {
  accountId: string;
  customer: string;
  party: Party;
}

/**
 * The item after something happened, at `cursor` of the log; the same item if that changes nothing.
 * Undefined if there is still none.
 */
export function afterHappening(
  before: Todo | undefined,
  whose: Whose,
  happening: Happening,
  cursor: number,
): Todo | undefined {
  const item = before ?? { ...whose, reasons: {}, cursor };
  const after = applied({ ...item, party: merged(item.party, whose.party) }, happening, cursor);
  return !before && !after.closed && !isOpen(after) && after.answeredAt === undefined
    ? undefined
    : after;
}

/** Whether the customer waits, now or later. */
export function isOpen({ reasons }: Pick<Todo, 'reasons'>): boolean {
  return Object.values(reasons).some((reason) => reason !== undefined);
}

/**
 * When the customer begins to wait, Unix ms: at once, when a promised callback is due, or when they
 * are no longer snoozed. Undefined if they do not wait.
 */
export function waitsFrom({ reasons, snoozedUntil }: Todo, now: number): number | undefined {
  const { missed, messages, callback, permission, failed } = reasons;
  const allowed = isCurrent(permission, now) ? permission?.at : undefined;
  const times = [missed?.since, messages?.since, failed?.at, allowed];
  const since = [...times, callback?.at].filter((time) => time !== undefined);
  if (since.length === 0) return undefined;
  return Math.max(Math.min(...since), snoozedUntil ?? 0);
}

/** Whether the customer still allows us to call. */
export function isCurrent(permission: Reasons['permission'], now: number): boolean {
  return permission !== undefined && (permission.expiresAt ?? Infinity) > now;
}

/** Two items that turn out to be one customer's. `item` has the key that is kept. */
export function combined(item: Todo, other: Todo): Todo {
  const reasons = allOf(item.reasons, other.reasons);
  return {
    ...other,
    ...item,
    party: merged(other.party, item.party),
    reasons,
    // Whoever snoozed one of them did not know of the other.
    snoozedUntil:
      isOpen(item) && isOpen(other) ? undefined : (item.snoozedUntil ?? other.snoozedUntil),
    closed: isOpen({ reasons }) ? undefined : (item.closed ?? other.closed),
    cursor: Math.max(item.cursor, other.cursor),
  };
}

/** The reasons of both, each told together. */
function allOf(one: Reasons, two: Reasons): Reasons {
  return given({
    missed: together(one.missed, two.missed, (a, b) => ({
      count: a.count + b.count,
      since: Math.min(a.since, b.since),
      last: Math.max(a.last, b.last),
      callIds: [...a.callIds, ...b.callIds].slice(-CALLS_KEPT),
      ...((a.voicemail ?? b.voicemail) && { voicemail: true }),
    })),
    messages: together(one.messages, two.messages, (a, b) => ({
      ...(a.last >= b.last ? a : b),
      count: a.count + b.count,
      since: Math.min(a.since, b.since),
    })),
    callback: together(one.callback, two.callback, (a, b) => (a.at <= b.at ? a : b)),
    permission: together(one.permission, two.permission, (a, b) => (a.at >= b.at ? a : b)),
    failed: together(one.failed, two.failed, (a, b) => (a.at >= b.at ? a : b)),
  });
}

function together<T>(
  one: T | undefined,
  two: T | undefined,
  both: (one: T, two: T) => T,
): T | undefined {
  if (one === undefined || two === undefined) return one ?? two;
  return both(one, two);
}

function applied(item: Todo, happening: Happening, cursor: number): Todo {
  const { at } = happening;
  const { reasons } = item;
  switch (happening.kind) {
    case 'missed': {
      const { callId, voicemail } = happening;
      if (reasons.missed?.callIds.includes(callId)) {
        if (!voicemail || reasons.missed.voicemail) return item;
        return {
          ...item,
          reasons: { ...reasons, missed: { ...reasons.missed, voicemail } },
          cursor,
        };
      }
      // A report that comes late, of a call before they were answered.
      if (at < (item.answeredAt ?? 0)) return item;
      const { count = 0, since = at, last = at, callIds = [] } = reasons.missed ?? {};
      const missed = {
        count: count + 1,
        since: Math.min(since, at),
        last: Math.max(last, at),
        callIds: [...callIds, callId].slice(-CALLS_KEPT),
        ...((voicemail ?? reasons.missed?.voicemail) && { voicemail: true }),
      };
      return waiting(item, { missed }, cursor);
    }
    case 'message': {
      const { type, text } = happening;
      const { count = 0, since = at, last = at } = reasons.messages ?? {};
      const isLatest = at >= last;
      const messages = {
        count: count + 1,
        since: Math.min(since, at),
        last: Math.max(last, at),
        type: isLatest ? type : (reasons.messages?.type ?? type),
        text: isLatest ? text : reasons.messages?.text,
      };
      return waiting(item, { messages }, cursor);
    }
    case 'failed': {
      const { messageId, why } = happening;
      return waiting(item, { failed: { at, messageId, why } }, cursor);
    }
    case 'permission': {
      const { granted, expiresAt } = happening;
      if (granted) return waiting(item, { permission: { at, expiresAt } }, cursor);
      if (!reasons.permission) return item;
      return answered(item, { ...reasons, permission: undefined }, cursor, undefined);
    }
    case 'noted': {
      const { by, providerCallId, callbackAt } = happening;
      const { callback } = reasons;
      if (callbackAt !== undefined) {
        if (callback?.at === callbackAt && callback.providerCallId === providerCallId) return item;
        return waiting(item, { callback: { at: callbackAt, by, providerCallId } }, cursor);
      }
      if (callback?.providerCallId !== providerCallId) return item;
      return answered(item, { ...reasons, callback: undefined }, cursor, undefined);
    }
    case 'tried': {
      if (!isOpen(item)) return item;
      const { count = 0, last = at } = item.tried ?? {};
      return { ...item, tried: { count: count + 1, last: Math.max(last, at) } };
    }
    case 'claimed': {
      const { by, providerCallId, merged } = happening;
      const callback = promisedIn(reasons, providerCallId);
      return answered(item, { callback }, cursor, { at, how: 'spoke', by, providerCallId, merged });
    }
    case 'released':
      return item.closed?.providerCallId === happening.providerCallId
        ? reopened(item, item.closed, cursor)
        : item;
    case 'parted':
      return item.closed?.merged ? reopened(item, item.closed, cursor) : item;
    case 'spoke': {
      const { callId, providerCallId, merged } = happening;
      const { missed, messages, permission, failed } = reasons;
      // What came later is still to be answered, and what was promised in this very call to be done.
      const left: Reasons = {
        callback: promisedIn(reasons, providerCallId),
        missed: missed && missed.last > at ? without(missed, callId) : undefined,
        messages: messages && messages.last > at ? messages : undefined,
        permission: permission && permission.at > at ? permission : undefined,
        failed: failed && failed.at > at ? failed : undefined,
      };
      const answeredAt = Math.max(item.answeredAt ?? 0, at);
      const after = answered(item, left, cursor, { at, how: 'spoke', merged });
      return { ...confirmed(after, happening), answeredAt };
    }
    case 'wrote': {
      const { callback, permission } = reasons;
      const { by, merged } = happening;
      const left = { callback, permission };
      const after = answered(item, left, cursor, { at, how: 'wrote', by, merged });
      return confirmed(after, happening);
    }
    case 'change':
      return changed(item, happening, cursor);
    default:
      return assertNever(happening, 'happening');
  }
}

function changed(
  item: Todo,
  { change, by, at }: Extract<Happening, { kind: 'change' }>,
  cursor: number,
): Todo {
  if (!isOpen(item) && change.kind !== 'undo') return item;
  switch (change.kind) {
    case 'owner':
      return { ...item, owner: change.owner };
    case 'snooze':
      return { ...item, snoozedUntil: change.until };
    case 'done':
      return answered(item, {}, cursor, { at, how: 'done', by });
    case 'undo':
      return item.closed?.how === 'done' ? reopened(item, item.closed, cursor) : item;
    default:
      return assertNever(change, 'change');
  }
}

function reopened(item: Todo, { reasons }: NonNullable<Todo['closed']>, cursor: number): Todo {
  return { ...item, reasons: allOf(item.reasons, reasons), closed: undefined, cursor };
}

const promisedIn = ({ callback }: Reasons, providerCallId: string): Reasons['callback'] =>
  callback?.providerCallId === providerCallId ? callback : undefined;

/** Missed calls without one that turns out to have been answered. */
function without(missed: NonNullable<Reasons['missed']>, callId: string): Reasons['missed'] {
  if (!missed.callIds.includes(callId)) return missed;
  if (missed.count === 1) return undefined;
  const callIds = missed.callIds.filter((id) => id !== callId);
  return { ...missed, count: missed.count - 1, callIds };
}

/**
 * They wait, or wait for one more reason; whoever snoozed them did not know of it. What closed them
 * before may still be taken back.
 */
function waiting(item: Todo, reasons: Reasons, cursor: number): Todo {
  return {
    ...item,
    reasons: { ...item.reasons, ...reasons },
    snoozedUntil: undefined,
    cursor,
  };
}

/** Some of the reasons are over. With the last, the item closes, if `closed` says how. */
function answered(
  item: Todo,
  left: Reasons,
  cursor: number,
  closed: Omit<NonNullable<Todo['closed']>, 'reasons'> | undefined,
): Todo {
  if (!isOpen(item)) return item;
  const after = { ...item, reasons: given(left), cursor };
  if (isOpen(after)) return closed ? { ...after, closed: undefined } : after;
  return {
    ...after,
    owner: undefined,
    snoozedUntil: undefined,
    tried: undefined,
    closed: closed && { ...closed, reasons: item.reasons },
  };
}

/** Whoever was answered through somebody else, and then themselves, stays answered when they part. */
function confirmed(item: Todo, { at, merged }: { at: number; merged?: boolean | undefined }): Todo {
  const { closed } = item;
  if (merged || !closed?.merged || isOpen(item) || at < closed.at) return item;
  return { ...item, closed: { ...closed, merged: undefined } };
}

/** A reason without its absent parts. */
function given(reasons: Reasons): Reasons {
  return Object.fromEntries(Object.entries(reasons).filter(([, reason]) => reason !== undefined));
}

/** What is known of a person by now. */
function merged(known: Party, now: Party): Party {
  return {
    ...known,
    ...Object.fromEntries(Object.entries(now).filter(([, one]) => one !== undefined)),
  };
}
