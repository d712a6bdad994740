import { assertNever } from '../../../src/shared/lib/assert-never.ts';
import type { LogBody } from '../../../src/shared/protocol/frames.ts';
import { agents, numberOf, type Agent } from '../fleet.ts';
import type { ConductorEvent, ConsoleEvent, History } from '../history.ts';

/** A promise of the product that a run broke. */
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
  /** The events that show it. */
  evidence: readonly unknown[];
}

/** One log entry, as a console or the relay's export has it. */
export interface Row {
  cursor: number;
  body: LogBody;
}

/** A console's log: what it stored, in the order in which it did. */
export const rowsOf = (events: readonly ConsoleEvent[]): Row[] =>
  events.flatMap((event) => (event.what === 'entry' ? [event] : []));

export const agentOf = (id: string): Agent => {
  const found = agents.find((one) => one.id === id);
  if (!found) throw new Error(`no agent ${id}`);
  return found;
};

/**
 * Whether what a relay said at a moment may be lost: its store took nothing then, and it was killed before the store was
 * back. That is said of it (src/relay/README.md).
 */
export function lostWithMemory(conductor: readonly ConductorEvent[]): (at: number) => boolean {
  const since = new Map<number, number>();
  const times = conductor.flatMap((event) => {
    if (event.what === 'log' && event.event === 'store.in-memory') since.set(event.relay, event.at);
    if (event.what === 'log' && event.event === 'store.back') since.delete(event.relay);
    if (event.what !== 'exit') return [];
    const from = since.get(event.relay);
    since.delete(event.relay);
    // The line is read a moment after what it tells of; and so is what the relay sent before its end.
    return from === undefined ? [] : [{ from: from - 1_000, to: event.at + 1_000 }];
  });
  return (at) => times.some(({ from, to }) => at >= from && at <= to);
}

/** Finds the number of anything that names a call. */
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

  /** Undefined if nothing tells it. */
  accountOf(callId: string): string | undefined {
    const [prefix = ''] = callId.split('/');
    return this.#accounts.get(callId) ?? (isNumber(prefix) ? prefix : undefined);
  }

  /** The number that a log entry is about. */
  accountOfEntry(body: LogBody): string | undefined {
    switch (body.type) {
      case 'provider':
      case 'sent':
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
      case 'unreadable':
        return undefined;
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
