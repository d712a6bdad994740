import { assertNever } from '../../../src/shared/lib/assert-never.ts';
import { redact } from '../../../src/shared/lib/redact.ts';
import type { LogBody } from '../../../src/shared/protocol/log-entry.ts';
import { agents, numberOf, type Agent } from '../fleet.ts';
import type { ConductorEvent, ConsoleEvent, History } from '../history.ts';

/** A broken promise of the product. */
export interface Violation {
  rule:
    | 'lost'
    | 'never-stored'
    | 'doubled'
    | 'two-owners'
    | 'grant-lost'
    | 'transfer-open'
    | 'transfer-late'
    | 'call-open'
    | 'foreign'
    | 'log-broken'
    | 'crashed'
    | 'restless';
  says: string;
  /** The events that prove it. */
  evidence: readonly unknown[];
}

/** A log entry, from a console or the relay's export. */
export interface Row {
  cursor: number;
  body: LogBody;
}

/** A console's log: its stored entries in order. */
export const rowsOf = (events: readonly ConsoleEvent[]): Row[] =>
  events.flatMap((event) => (event.what === 'entry' ? [event] : []));

export const agentOf = (id: string): Agent => {
  const found = agents.find((one) => one.id === id);
  if (!found) throw new Error(`no agent ${id}`);
  return found;
};

/** A time in which a relay worked in memory, because its store could not be written. */
interface InMemory {
  from: number;
  to: number;
  /** It was killed before the store worked again. */
  isLost: boolean;
}

/** How much later than a message's event the line about it may be read, in ms. */
const LINE_MS = 1_000;

/** @param lateMs how long after the relay sent its last messages they may have been read */
function timesInMemory(conductor: readonly ConductorEvent[], lateMs: number): InMemory[] {
  const since = new Map<number, number>();
  return conductor.flatMap((event) => {
    if (event.what !== 'log' && event.what !== 'exit') return [];
    const { relay, at } = event;
    if (event.what === 'log' && event.event === 'store.in-memory') since.set(relay, at);
    const isLost = event.what === 'exit';
    const from = isLost || event.event === 'store.back' ? since.get(relay) : undefined;
    if (from === undefined) return [];
    since.delete(relay);
    return [{ from: from - LINE_MS, to: at + lateMs, isLost }];
  });
}

const includes = (times: readonly InMemory[]) => (at: number) =>
  times.some(({ from, to }) => at >= from && at <= to);

/** Whether a relay worked in memory at a given time, or at most `lateMs` before. */
export const inMemory = (
  conductor: readonly ConductorEvent[],
  lateMs = LINE_MS,
): ((at: number) => boolean) => includes(timesInMemory(conductor, lateMs));

/**
 * Whether what a relay sent is lost, by when it was read, at most `lateMs` later: its store could not be written then,
 * and it was killed before the store worked again. That is documented (src/relay/README.md).
 */
export const lostWithMemory = (
  conductor: readonly ConductorEvent[],
  lateMs = LINE_MS,
): ((at: number) => boolean) =>
  includes(timesInMemory(conductor, lateMs).filter(({ isLost }) => isLost));

/** Whether a relay took a call over from another, which it held for dead. */
export function takenOver(
  conductor: readonly ConductorEvent[],
): (callId: string | undefined) => boolean {
  const calls = new Set(
    conductor.flatMap((event) =>
      event.what === 'log' && event.event === 'call.adopted' ? [event.line['call']] : [],
    ),
  );
  return (callId) => callId !== undefined && calls.has(redact(callId));
}

/** A claim that a relay granted to an agent, according to their console. */
export interface Grant {
  agent: string;
  callId: string;
  at: number;
}

/** The claims that were granted, according to the consoles. */
export function grantsOf(consoles: History['consoles']): Grant[] {
  return [...consoles].flatMap(([agent, events]) => {
    const asked = new Map<number, string>();
    return events.flatMap((event): Grant[] => {
      if (event.what === 'asked' && event.request.type === 'claim') {
        asked.set(event.request.id, event.request.callId);
      }
      if (event.what !== 'answered' || event.outcome.kind !== 'granted') return [];
      const callId = asked.get(event.id);
      return callId === undefined ? [] : [{ agent, callId, at: event.at }];
    });
  });
}

/** Finds the business number of a call by any of its ids. */
export class Calls {
  readonly #accounts = new Map<string, string>();

  constructor({ exported, consoles }: History) {
    const bodies = exported.map(({ body }) => body);
    for (const body of bodies) {
      if (body.type !== 'call-offer') continue;
      this.#accounts.set(body.callOffer.callOfferId, body.callOffer.accountId);
      this.#accounts.set(body.callOffer.callId, body.callOffer.accountId);
    }
    for (const events of consoles.values()) {
      for (const event of events) {
        if (event.what === 'asked' && event.request.type === 'place') {
          this.#accounts.set(event.request.callId, event.request.accountId);
        }
      }
    }
  }

  /** Undefined if no event tells. */
  accountOf(callId: string): string | undefined {
    const [prefix = ''] = callId.split('/');
    return this.#accounts.get(callId) ?? (isNumber(prefix) ? prefix : undefined);
  }

  /** The business number that a log entry is about. */
  accountOfEntry(body: LogBody): string | undefined {
    switch (body.type) {
      case 'provider':
      case 'sent':
      case 'noted':
      case 'described':
      case 'merged':
      case 'placed':
      case 'measured':
      case 'todo':
      case 'answered':
        return body.accountId;
      case 'call-offer':
        return body.callOffer.accountId;
      case 'claimed':
      case 'released':
      case 'call-offer-ended':
      case 'agent-disconnected':
      case 'agent-reconnected':
      case 'dtmf':
      case 'supervision':
      case 'ended':
        return this.accountOf(body.callId);
      case 'told':
      case 'told-read':
      case 'erased':
      case 'unreadable':
        return undefined;
      case 'legal-hold':
        return body.accountId;
      default:
        return assertNever(body, 'entry');
    }
  }
}

function isNumber(id: string): boolean {
  try {
    numberOf(id);
    return true;
  } catch {
    return false;
  }
}
