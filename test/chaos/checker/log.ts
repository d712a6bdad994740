import { assertNever } from '../../../src/shared/lib/assert-never.ts';
import type { LogBody } from '../../../src/shared/protocol/log-entry.ts';
import { factsOfEntry } from '../facts.ts';
import { agents } from '../fleet.ts';
import type { History } from '../history.ts';
import {
  inMemory,
  lostWithMemory,
  rowsOf,
  takenOver,
  type Row,
  type Violation,
} from './facts-of-run.ts';
import { RightsOverTime } from './rights.ts';

/**
 * Every webhook that was answered with 200 is in the relay's log and in the log of every console
 * that may see it all the time.
 */
export function lost(history: History): Violation[] {
  const { provider, consoles, exported } = history;
  const acknowledged = new Map(
    provider.flatMap((event) =>
      event.what === 'attempt' && event.status === 200 ? [[event.id, event] as const] : [],
    ),
  );
  const rights = new RightsOverTime(history);
  const logs = [
    { name: 'the relay’s log', rows: exported, isFor: () => true },
    ...agents.map((agent) => ({
      name: `${agent.id}’s console`,
      rows: rowsOf(consoles.get(agent.id) ?? []),
      isFor: (account: string) => rights.alwaysHears(agent.id, account),
    })),
  ];
  return logs.flatMap(({ name, rows, isFor }) => {
    const known = new Set(
      rows.flatMap(({ body }) =>
        factsOfEntry(body).map((fact) => `${'accountId' in body ? body.accountId : ''} ${fact}`),
      ),
    );
    return provider.flatMap((event): Violation[] => {
      if (event.what !== 'webhook' || !isFor(event.account)) return [];
      const answer = acknowledged.get(event.id);
      const missing = event.facts.filter((fact) => !known.has(`${event.account} ${fact}`));
      if (!answer || missing.length === 0) return [];
      const says = `${name} has nothing of a webhook that was answered with 200: ${missing.join(', ')}`;
      return [{ rule: 'lost', says, evidence: [event, answer] }];
    });
  });
}

/**
 * No event is in the relay's or a console's log twice. What a console got from a relay that lost its memory does not
 * count, because the provider sent it again.
 */
export function doubled({ consoles, exported }: History): Violation[] {
  const stored = new Set(exported.map(({ cursor }) => cursor));
  const found = (says: string, evidence: readonly unknown[]): Violation => ({
    rule: 'doubled',
    says,
    evidence,
  });
  const inLog = twice(exported, ({ body }) => identityOf(body)).map((pair) =>
    found(`the relay’s log has twice: ${identityOf(pair[1].body)}`, pair),
  );
  const atConsoles = [...consoles].flatMap(([id, events]) => {
    const rows = rowsOf(events);
    const again = twice(rows, ({ cursor }) => String(cursor));
    const first = rows.filter((row) => !again.some(([, second]) => second === row));
    const known = first.filter(({ cursor }) => stored.has(cursor));
    return [
      ...again.map((pair) => found(`${id}’s console has cursor ${pair[1].cursor} twice`, pair)),
      ...twice(known, ({ body }) => identityOf(body)).map((pair) =>
        found(`${id}’s console has twice: ${identityOf(pair[1].body)}`, pair),
      ),
    ];
  });
  return [...inLog, ...atConsoles];
}

/** Rows with the identity of an earlier one, paired with it. */
function twice(rows: readonly Row[], nameOf: (row: Row) => string | undefined): [Row, Row][] {
  const seen = new Map<string, Row>();
  return rows.flatMap((row): [Row, Row][] => {
    const name = nameOf(row);
    if (name === undefined) return [];
    const first = seen.get(name);
    if (first) return [[first, row]];
    seen.set(name, row);
    return [];
  });
}

/** A paused console, or one on a slow link, reads what it was sent this much later, in ms. */
const LATE_MS = 31_000;

/**
 * Consoles get nothing that is not in the relay's log, except from a relay that lost its memory, or that was cut off
 * while another took its call over. What a relay sent from memory may be in the log with another cursor.
 */
export function neverStored({ consoles, exported, conductor }: History): Violation[] {
  const stored = new Set(exported.map(({ cursor }) => cursor));
  const bodies = new Set(exported.map(({ body }) => nameOf(body)));
  const isLost = lostWithMemory(conductor, LATE_MS);
  const isInMemory = inMemory(conductor, LATE_MS);
  const isTakenOver = takenOver(conductor);
  return [...consoles].flatMap(([id, events]) =>
    events.flatMap((event): Violation[] => {
      if (event.what !== 'entry' || stored.has(event.cursor)) return [];
      const { body, at } = event;
      if (bodies.has(nameOf(body)) || isLost(at)) return [];
      if (isInMemory(at) && isTakenOver(callOf(body))) return [];
      const says = `${id}’s console was told of ${event.cursor}, which is not in the relay’s log`;
      return [{ rule: 'never-stored', says, evidence: [event] }];
    }),
  );
}

/** The call that an entry of the relay's own is about. */
function callOf(body: LogBody): string | undefined {
  if (body.type === 'call-offer') return body.callOffer.callId;
  return 'callId' in body ? body.callId : undefined;
}

const nameOf = (body: LogBody): string => identityOf(body) ?? JSON.stringify(body);

/**
 * The identity of an event that can happen only once, or undefined if it may repeat. In a run each
 * customer does one thing.
 */
function identityOf(body: LogBody): string | undefined {
  switch (body.type) {
    case 'provider': {
      const [fact] = factsOfEntry(body);
      return fact && `${body.accountId} ${fact}`;
    }
    case 'sent':
      return body.messageId && `sent ${body.messageId}`;
    case 'call-offer':
      return `offer ${body.callOffer.callOfferId}`;
    case 'call-offer-ended':
      return `end of offer ${body.callOfferId}`;
    case 'ended':
      return `end of ${body.callId}`;
    case 'claimed':
    case 'released':
    case 'agent-disconnected':
    case 'agent-reconnected':
    case 'dtmf':
    case 'supervision':
    case 'noted':
    case 'described':
    case 'merged':
    case 'placed':
    case 'measured':
    case 'told':
    case 'told-read':
    case 'todo':
    case 'answered':
    case 'erased':
    case 'legal-hold':
    case 'unreadable':
      return undefined;
    default:
      return assertNever(body, 'entry');
  }
}

/**
 * A console's log keeps its epoch, only grows, and has no gap if the console was there from the
 * start.
 */
export function broken({ consoles }: History): Violation[] {
  return [...consoles].flatMap(([id, events]) => {
    const found: Violation[] = [];
    const complain = (says: string, ...evidence: unknown[]) =>
      found.push({ rule: 'log-broken', says: `${id}’s console ${says}`, evidence });
    let epoch: string | undefined;
    let cursor = 0;
    for (const event of events) {
      if (event.what === 'unreadable') complain('was sent a frame that is none', event);
      if (event.what === 'welcome') {
        if (epoch !== undefined && epoch !== event.epoch)
          complain('was told of another log', event);
        if (epoch !== undefined && !event.complete) complain('was told of a gap', event);
        epoch = event.epoch;
      }
      if (event.what !== 'entry' && event.what !== 'skipped') continue;
      if (event.cursor < cursor) complain(`went back from cursor ${cursor}`, event);
      cursor = event.cursor;
    }
    return found;
  });
}
