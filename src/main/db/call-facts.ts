import { z } from 'zod';
import { personKey } from '../../shared/lib/person-key.ts';
import type { LastMessage } from '../../shared/ipc/live-call.ts';
import type { Party } from '../../shared/providers/events.ts';
import type { ContactEvent, Permission, RefusedBefore } from '../../shared/rules/facts.ts';
import { isSaid } from '../../shared/todo/happenings.ts';
import type { Db } from '../../sqlite/migrate.ts';
import { parseContactBody } from './contact-body.ts';
import { callEvent, type CallRow, type ContactEventRow, ruleEvents } from './contact-events.ts';
import { parseColumn } from './json.ts';
import type { IdentityStore } from './people/identity-store.ts';
import { boundTo, KEYS, OF_PERSON, personAt } from './people/person-sql.ts';

/** Older messages do not tell why somebody calls, in ms. */
const RECENT_MS = 24 * 3_600_000;

const refused = z.object({ kind: z.literal('failed'), error: z.object({ code: z.string() }) });

const action = z.looseObject({ allowed: z.boolean() });
const permission = z.looseObject({
  status: z.enum(['none', 'temporary', 'permanent']),
  call: action,
  request: action,
  checkedAt: z.number(),
});

/** What a call needs to know at once: what the rules look at, and what the customer wrote last. Every read has an index. */
export class CallFacts {
  readonly #identity: Pick<IdentityStore, 'personOf'>;
  readonly #sql: ReturnType<typeof prepare>;

  constructor(db: Db, identity: Pick<IdentityStore, 'personOf'>) {
    this.#identity = identity;
    this.#sql = prepare(db);
  }

  savePermission(accountId: string, party: Party, answer: Permission): void {
    const key = personKey(party);
    if (key === undefined) return;
    this.#sql.savePermission.run({ accountId, key, body: JSON.stringify(answer) });
  }

  /** The provider's last answer. */
  permission(accountId: string, party: Party): Permission | undefined {
    const person = this.#identity.personOf(party) ?? '';
    const found = this.#sql.permission.get({ accountId, person, key: personKey(party) ?? '' });
    const answer = found && parseColumn(found.body);
    return isPermission(answer) ? answer : undefined;
  }

  /** What the rules look at: everything between a number and a person since `since` (Unix ms). */
  history(accountId: string, party: Party, since: number): ContactEvent[] {
    const bound = { accountId, ...boundTo(party), since };
    return [
      ...this.#sql.calls.all(bound).map(callEvent),
      ...this.#sql.events.all(bound).flatMap(ruleEvents),
    ];
  }

  /** The person's last message within a day before `to`, Unix ms, on any of our numbers. */
  lastMessage(party: Party, to: number): LastMessage | undefined {
    const bound = { ...boundTo(party), since: to - RECENT_MS };
    for (const { at, body: stored } of this.#sql.messages.iterate(bound)) {
      const body = parseContactBody(stored);
      if (body?.kind === 'message-in' && isSaid(body.type)) {
        return { type: body.type, text: body.text, at };
      }
    }
    return undefined;
  }

  /**
   * The provider's error for our last call to this person; undefined if it did not refuse that
   * call.
   */
  refusal(accountId: string, party: Party): RefusedBefore | undefined {
    const bound = { accountId, ...boundTo(party) };
    const last = this.#sql.lastCall.get(bound);
    const reason = refused.safeParse(parseColumn(last?.endReason ?? 'null'));
    return last && reason.success ? { code: reason.data.error.code, at: last.endedAt } : undefined;
  }

  /** Seconds of answered calls to customers from a number since `since`, for the volume tier. */
  billedSeconds(accountId: string, since: number): number {
    return this.#sql.billed.get({ accountId, since })?.seconds ?? 0;
  }
}

/** Only `savePermission` writes it; checked because the row may be damaged. */
function isPermission(answer: unknown): answer is Permission {
  return permission.safeParse(answer).success;
}

interface Bound {
  accountId: string;
  person: string | null;
  since: number;
}

function prepare(db: Db) {
  return {
    savePermission: db.prepare<[{ accountId: string; key: string; body: string }]>(
      `INSERT INTO permission_answer (account_id, key, body) VALUES (@accountId, @key, @body)
       ON CONFLICT (account_id, key) DO UPDATE SET body = excluded.body`,
    ),
    permission: db.prepare<[{ accountId: string; person: string; key: string }], { body: string }>(
      // About this number if there is one, else the last about any other of the person's.
      `SELECT body FROM permission_answer AS answer
       WHERE account_id = @accountId AND key IN ${KEYS}
         AND ${personAt('answer.key', "coalesce(answer.body ->> '$.checkedAt', 0)")} = @person
       ORDER BY key = @key DESC, body ->> '$.checkedAt' DESC LIMIT 1`,
    ),
    calls: db.prepare<[Bound], CallRow>(
      `SELECT direction, outcome, created_at AS createdAt, connected_at AS connectedAt FROM call
       WHERE account_id = @accountId AND created_at >= @since
         AND (outcome IS NOT NULL OR connected_at IS NOT NULL OR direction = 'inbound') AND ${OF_PERSON}
       ORDER BY seq`,
    ),
    lastCall: db.prepare<[Omit<Bound, 'since'>], { endReason: string | null; endedAt: number }>(
      `SELECT end_reason AS endReason, coalesce(ended_at, created_at) AS endedAt FROM call
       WHERE account_id = @accountId AND direction = 'outbound' AND outcome IS NOT NULL AND ${OF_PERSON}
       ORDER BY seq DESC LIMIT 1`,
    ),
    events: db.prepare<[Bound], ContactEventRow>(
      `SELECT event.at, event.body, event.message_id AS messageId, message_status.status
       FROM contact_event AS event LEFT JOIN message_status
         ON message_status.account_id = event.account_id AND message_status.message_id = event.message_id
       WHERE event.account_id = @accountId AND ${OF_PERSON} AND event.at >= @since
       ORDER BY event.at`,
    ),
    messages: db.prepare<[Omit<Bound, 'accountId'>], { at: number; body: string }>(
      `SELECT at, body FROM contact_event WHERE kind = 'message-in' AND ${OF_PERSON} AND at > @since
       ORDER BY at DESC, seq DESC`,
    ),
    billed: db.prepare<[{ accountId: string; since: number }], { seconds: number | null }>(
      `SELECT sum(talk_seconds) AS seconds FROM call
       WHERE account_id = @accountId AND direction = 'outbound' AND outcome = 'answered'
         AND seq >= @since * 1000`,
    ),
  };
}
