import { foldedText } from '../../shared/lib/folded-text.ts';
import { z } from 'zod';
import type { Contact, ContactPage, QuotedMessage } from '../../shared/ipc/contacts.ts';
import type { MergedPerson } from '../../shared/ipc/people.ts';
import { nameWorthShowing } from '../../shared/lib/foreign-text.ts';
import { numberKey } from '../../shared/lib/person-key.ts';
import { phoneCountry } from '../../shared/lib/phone.ts';
import type { PersonRecord } from '../../shared/people/person-record.ts';
import type { Party } from '../../shared/providers/events.ts';
import { parseContactBody } from './contact-body.ts';
import { itemOf, type ItemRow, TIMELINE } from './contact-timeline.ts';
import { keyOf } from './migrations/0004-persons.ts';
import { ALWAYS } from './people/identity.ts';
import { detailsOf } from './people/person-details.ts';
import { boundTo, KEYS, OF_PERSON, personNow, USER_ID, WA_ID } from './people/person-sql.ts';
import type { Db } from '../../sqlite/migrate.ts';

interface ListRow {
  key: string;
  waId: string | null;
  userId: string | null;
  name: string | null;
  username: string | null;
  lastAt: number;
  lastKind: string;
  details: string | null;
  missed: number;
  failed: number;
  unread: number;
}

const kinds = z.enum([
  'call',
  'colleague-call',
  'message-in',
  'message-out',
  'permission-request',
  'permission',
  'note',
  'added',
]);
/** Reads contacts on any connection; the app uses the reader's thread. */
export class ContactPages {
  readonly #db: Db;

  constructor(db: Db) {
    this.#db = db;
    db.function('folded', { deterministic: true }, (text: unknown) =>
      typeof text === 'string' ? foldedText(text) : null,
    );
  }

  /**
   * People, most recent activity first.
   *
   * @param text part of a name or number
   * @param after `next` of the page before
   */
  list(text: string, after: string | undefined, limit: number): ContactPage {
    const [at, key] = after === undefined ? [] : splitCursor(after);
    const found = this.#db
      .prepare<Record<string, string | number | null>, ListRow>(
        `SELECT contact.key, ${WA_ID} AS waId, ${USER_ID} AS userId,
           coalesce(person_detail.name, contact.name) AS name, contact.username, person_detail.body AS details,
           contact.last_at AS lastAt, contact.last_kind AS lastKind,
           (SELECT count(*) FROM call WHERE call.person = contact.key AND call.unseen = 1) AS missed,
           (SELECT count(*) FROM contact_event AS event
             WHERE event.person = contact.key AND event.unread = 1) AS unread,
           contact.last_kind = 'message-out' AND (SELECT message_status.status FROM contact_event AS event
             LEFT JOIN message_status ON message_status.account_id = event.account_id
               AND message_status.message_id = event.message_id
             WHERE event.person = contact.key ORDER BY event.at DESC LIMIT 1) IS 'failed' AS failed
         FROM contact LEFT JOIN person_detail ON person_detail.person = contact.key
         WHERE (@at IS NULL OR contact.last_at < @at OR (contact.last_at = @at AND contact.key > @key))
           AND (@text = '' OR ${matches('contact.name')} OR ${matches('contact.username')}
             OR ${matches('person_detail.words')}
             OR (@digits <> '' AND (contact.wa_id LIKE @digits OR contact.key LIKE @person
               OR EXISTS (SELECT 1 FROM person_alias WHERE person_alias.person = contact.key
                 AND until = ${ALWAYS} AND person_alias.key LIKE @person))))
         ORDER BY contact.last_at DESC, contact.key LIMIT @limit`,
      )
      .all({ at: at ?? null, key: key ?? null, limit: limit + 1, ...searchOf(text) });
    const rows = found.slice(0, limit);
    const last = rows.at(-1);
    return {
      rows: rows.map((row) => ({
        party: partyOf(row),
        country: phoneCountry(partyOf(row).waId),
        company: detailsOf(row.details).company,
        doNotCall: detailsOf(row.details).doNotCall !== undefined,
        lastAt: row.lastAt,
        last: kinds.catch('call').parse(row.lastKind),
        missed: row.missed,
        failed: row.failed === 1,
        unread: row.unread,
      })),
      next: found.length > limit && last ? `${last.lastAt}/${last.key}` : undefined,
    };
  }

  /**
   * One person's timeline, newest first; `before` is `next` of the page before. WhatsApp tells times in
   * seconds: within one, the order of arrival decides.
   */
  get(party: Party, before: string | undefined, limit: number): Contact {
    const [at = null, place = ''] = before === undefined ? [] : splitCursor(before);
    const [source = null, seq] = place.split('/');
    const bound = {
      ...boundTo(party),
      at,
      source,
      seq: seq === undefined ? null : Number(seq),
      limit: limit + 1,
    };
    const found = this.#db
      .prepare<typeof bound, ItemRow>(
        `SELECT * FROM ${TIMELINE}
         WHERE @at IS NULL OR at < @at OR (at = @at AND (source > @source OR (source = @source AND seq < @seq)))
         ORDER BY at DESC, source, seq DESC LIMIT @limit`,
      )
      .all(bound);
    const rows = found.slice(0, limit);
    const last = rows.at(-1);
    const known = this.#db
      .prepare<{ person: string | null }, ListRow & { profileName: string | null }>(
        `SELECT contact.key, ${WA_ID} AS waId, ${USER_ID} AS userId, coalesce(person_detail.name, contact.name) AS name,
           contact.name AS profileName, username, last_at AS lastAt, last_kind AS lastKind, 0 AS missed,
           0 AS failed, 0 AS unread, person_detail.body AS details
         FROM contact LEFT JOIN person_detail ON person_detail.person = contact.key
         WHERE contact.key = ${personNow('@person')}`,
      )
      .get({ person: bound.person });
    const whole = known ? { ...party, ...defined(partyOf(known)) } : party;
    return {
      party: whole,
      country: phoneCountry(whole.waId),
      details: detailsOf(known?.details),
      profileName: nameWorthShowing(known?.profileName),
      others: known === undefined ? [] : this.#others(known.key, whole),
      merged: known === undefined ? [] : this.#merged(known.key),
      items: rows.flatMap(
        (row) => itemOf(row, (accountId, id) => this.#quoted(bound, accountId, id)) ?? [],
      ),
      next: found.length > limit && last ? `${last.at}/${last.source}/${last.seq}` : undefined,
    };
  }

  /** Everybody, with all that agents wrote down, for a file. */
  everyone(): readonly PersonRecord[] {
    return this.#db
      .prepare<[], Omit<ListRow, 'missed' | 'failed' | 'unread'> & { keys: string }>(
        `SELECT contact.key, ${WA_ID} AS waId, ${USER_ID} AS userId,
           coalesce(person_detail.name, contact.name) AS name, contact.username,
           contact.last_at AS lastAt, contact.last_kind AS lastKind, person_detail.body AS details,
           (SELECT json_group_array(alias.key) FROM person_alias AS alias
             WHERE alias.person = contact.key AND alias.until = ${ALWAYS}) AS keys
         FROM contact LEFT JOIN person_detail ON person_detail.person = contact.key
         ORDER BY contact.last_at DESC, contact.key`,
      )
      .all()
      .map((row) => {
        const { waId, userId, name } = partyOf(row);
        const { company = '', notes = '', language = '', doNotCall } = detailsOf(row.details);
        const keys: readonly string[] = JSON.parse(row.keys);
        const numbers = [...(waId === undefined ? [] : [numberKey(waId)]), ...keys];
        return {
          name: name ?? '',
          company,
          notes,
          language,
          ...(doNotCall && { doNotCall: { reason: doNotCall.reason ?? '' } }),
          numbers: [...new Set(numbers)].filter((key) => !key.startsWith('u:')),
          userId,
        };
      });
  }

  /** What else a person is called: other numbers of theirs, and names of people who were merged into them. */
  #others(person: string, { waId, userId }: Party): readonly Party[] {
    const keys = this.#db
      .prepare<{ person: string }, { key: string }>(
        `SELECT key FROM person_alias WHERE person = @person AND until = ${ALWAYS} ORDER BY key`,
      )
      .all({ person });
    const shown = new Set([waId === undefined ? '' : numberKey(waId), `u:${userId}`]);
    return keys.flatMap(({ key }) => {
      if (shown.has(key)) return [];
      return key.startsWith('u:') ? { userId: key.slice(2) } : { waId: key };
    });
  }

  /** Who was merged into a person. */
  #merged(person: string): readonly MergedPerson[] {
    const merges = this.#db
      .prepare<{ person: string }, Omit<MergedPerson, 'party'>>(
        `SELECT kept, other, at FROM person_merge WHERE undone = 0 AND ${personNow('kept')} = @person
           AND kept IN ${KEYS} ORDER BY at DESC`,
      )
      .all({ person });
    const named = this.#db.prepare<
      { person: string; key: string },
      { name: string | null; username: string | null }
    >(
      `SELECT name, username FROM (
         SELECT wa_id, user_id, name, username, at FROM contact_event WHERE person = @person
         UNION ALL SELECT wa_id, user_id, name, snapshot ->> '$.party.username', created_at FROM call
           WHERE person = @person AND json_valid(snapshot))
       WHERE (${keyOf('wa_id')} = @key OR 'u:' || user_id = @key)
         AND coalesce(name, username) IS NOT NULL ORDER BY at DESC LIMIT 1`,
    );
    const written = this.#db.prepare<{ key: string }, { value: string }>(
      `SELECT value FROM person_field WHERE key = @key AND field = 'name' AND value <> ''`,
    );
    return merges.map((merge) => {
      const key = merge.other;
      const found = named.get({ person, key });
      const name = written.get({ key })?.value ?? found?.name;
      const row = { key, waId: null, userId: key.startsWith('u:') ? key.slice(2) : null };
      return {
        ...merge,
        party: partyOf({ ...row, name: name ?? null, username: found?.username ?? null }),
      };
    });
  }

  /** A message between us and the person by the provider's id. */
  #quoted(
    { person }: ReturnType<typeof boundTo>,
    accountId: string,
    messageId: string,
  ): QuotedMessage | undefined {
    const bound = { person, accountId, messageId };
    const row = this.#db
      .prepare<typeof bound, { body: string }>(
        `SELECT body FROM contact_event
         WHERE account_id = @accountId AND message_id = @messageId AND ${OF_PERSON}`,
      )
      .get(bound);
    const body = row && parseContactBody(row.body);
    if (body?.kind === 'message-in') {
      const { type, text, file } = body;
      return { type, text, file };
    }
    return body?.kind === 'message-out'
      ? { by: body.by, type: 'text', text: body.text }
      : undefined;
  }
}

function partyOf(row: Pick<ListRow, 'key' | 'waId' | 'userId' | 'name' | 'username'>): Party {
  const { key, waId, userId, name, username } = row;
  return {
    waId: waId ?? (key.startsWith('u:') ? undefined : key),
    userId: userId ?? undefined,
    // Earlier versions stored names unfiltered.
    name: nameWorthShowing(name),
    username: nameWorthShowing(username),
  };
}

function defined(party: Party): Party {
  return Object.fromEntries(Object.entries(party).filter(([, value]) => value !== undefined));
}

/** A cursor is a time and the last row's key; keys may contain slashes. */
function splitCursor(cursor: string): [number, string] {
  const slash = cursor.indexOf('/');
  return [Number(cursor.slice(0, slash)), cursor.slice(slash + 1)];
}

/**
 * Whether a text has what is searched for, whatever its accents: as typed, or both folded. SQLite folds only
 * letters without any, so of the others our own function does.
 */
const matches = (column: string) =>
  String.raw`(${column} LIKE @like ESCAPE '\' OR ${column} LIKE @folded ESCAPE '\'
    OR (${column} GLOB '*[^ -~]*' AND folded(${column}) LIKE @folded ESCAPE '\'))`;

function searchOf(input: string) {
  const text = input.trim().replace(/^@/, '');
  const literal = text.replaceAll(/[\\%_]/g, String.raw`\$&`);
  const folded = foldedText(literal);
  const digits = /^[\d\s().+-]+$/.test(text) ? text.replaceAll(/\D/g, '') : '';
  return {
    text,
    like: `%${literal}%`,
    folded: `%${folded}%`,
    digits: digits === '' ? '' : `%${digits}%`,
    person: `%${numberKey(digits)}%`,
  };
}
