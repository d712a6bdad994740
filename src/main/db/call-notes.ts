import { z } from 'zod';
import type { CallNote, CallNotes, NoteContent } from '../../shared/ipc/notes.ts';
import { nameWorthShowing } from '../../shared/lib/foreign-text.ts';
import type { Party } from '../../shared/providers/events.ts';
import { parseContactBody } from './contact-body.ts';
import { CallText } from './call-text.ts';
import { parseColumn } from './json.ts';
import type { Db } from '../../sqlite/migrate.ts';

/** A note that the relay does not have yet. */
export interface UnsentNote extends NoteContent {
  callId: string;
  /** When it was written, Unix ms. */
  at: number;
}

/** A call back that this agent promised and nobody has made yet. */
export interface Callback {
  /** The call in which they promised it. */
  callId: string;
  accountId: string;
  party: Party;
  /** When it is due, Unix ms. */
  at: number;
}

/** The identities of teammates' notes about a call begin with this. */
export function noteIdentity(accountId: string, providerCallId: string): string {
  return `${accountId}/note/${providerCallId}/`;
}

/** Nothing was written down. */
export function isEmptyNote({ text, disposition, tags, callbackAt }: NoteContent): boolean {
  const isLabelled = disposition !== undefined || tags.length > 0;
  return text === '' && !isLabelled && callbackAt === undefined;
}

interface CallbackRow {
  callId: string;
  accountId: string;
  waId: string | null;
  userId: string | null;
  name: string | null;
  at: number;
}

/** What is stored of a note. */
interface NoteRow {
  text: string | null;
  disposition: string | null;
  tags: string | null;
  callbackAt: number | null;
}

const tagList = z.array(z.string()).catch([]);

/** A note as it is stored. */
export function noteOf({ text, disposition, tags, callbackAt }: NoteRow): NoteContent {
  return {
    text: text ?? '',
    ...(disposition !== null && { disposition }),
    tags: tags === null ? [] : tagList.parse(parseColumn(tags)),
    ...(callbackAt !== null && { callbackAt }),
  };
}

/** What agents wrote down about calls: this agent's own notes, and what teammates wrote. */
export class CallNoteStore {
  readonly #db: Db;
  readonly #text: CallText;
  readonly #sql: ReturnType<typeof prepare>;

  constructor(db: Db) {
    this.#db = db;
    this.#text = new CallText(db);
    this.#sql = prepare(db);
  }

  /**
   * Replaces the note of a call; an empty one is no note. `at`: Unix ms.
   * @returns false if there is no such call
   */
  set({ callId, text, disposition, tags, callbackAt, at }: UnsentNote): boolean {
    return this.#db
      .transaction(() => {
        const seq = this.#sql.seq.get(callId)?.seq;
        if (seq === undefined) return false;
        const list = tags.length === 0 ? null : JSON.stringify(tags);
        const labels = { disposition: disposition ?? null, callbackAt: callbackAt ?? null };
        this.#sql.put.run({ seq, text, ...labels, tags: list, at });
        this.#text.noted(seq);
        return true;
      })
      .immediate();
  }

  /** The notes of a call that teammates should have and the relay does not, oldest call first. */
  unsent(): readonly UnsentNote[] {
    return this.#sql.unsent.all().map(({ callId, at, ...row }) => ({ callId, at, ...noteOf(row) }));
  }

  /** The relay has the note that was written at `at`; a later one stays unsent. */
  sent(callId: string, at: number): void {
    this.#sql.sent.run({ callId, at });
  }

  /** Callbacks that this agent promised, by time; without those after which anybody talked. */
  callbacks(): readonly Callback[] {
    return this.#sql.callbacks.all().map(({ callId, accountId, at, ...party }) => ({
      callId,
      accountId,
      party: {
        waId: party.waId ?? undefined,
        userId: party.userId ?? undefined,
        name: nameWorthShowing(party.name),
      },
      at,
    }));
  }

  /** The notes of a call. @param callId of one of this agent's records of it */
  of(callId: string): CallNotes {
    const call = this.#sql.call.get(callId);
    if (!call) return { text: '', tags: [], others: [] };
    const { seq, accountId, providerCallId } = call;
    const parts = this.#sql.others.all({ seq }).map(({ at, ...row }) => ({ at, ...noteOf(row) }));
    const own: CallNote[] = parts
      .filter((part) => !isEmptyNote(part))
      .map((part) => ({ by: '', ...part }));
    const identity = providerCallId === null ? null : noteIdentity(accountId, providerCallId);
    const teammates = this.#sql.teammates.all({ identity }).flatMap(({ body: stored, at }) => {
      const body = parseContactBody(stored);
      if (body?.kind !== 'note') return [];
      const { by, text, disposition, tags = [], callbackAt } = body;
      return [{ by, text, disposition, tags, callbackAt, at }];
    });
    const others = [...own, ...teammates].toSorted((a, b) => a.at - b.at);
    return { ...noteOf(call), others };
  }
}

const NOTE =
  'call_note.text, call_note.disposition, call_note.tags, call_note.callback_at AS callbackAt';

function prepare(db: Db) {
  return {
    seq: db.prepare<[string], { seq: number }>('SELECT seq FROM call WHERE id = ?'),
    call: db.prepare<
      [string],
      { seq: number; accountId: string; providerCallId: string | null } & NoteRow
    >(
      `SELECT seq, account_id AS accountId, provider_call_id AS providerCallId, ${NOTE}
       FROM call LEFT JOIN call_note ON call_note.call_seq = call.seq WHERE id = ?`,
    ),
    others: db.prepare<{ seq: number }, NoteRow & { at: number }>(
      `SELECT ${NOTE}, call_note.at FROM call JOIN call AS part
         ON part.account_id = call.account_id AND part.provider_call_id = call.provider_call_id
           AND part.seq <> call.seq
         JOIN call_note ON call_note.call_seq = part.seq
       WHERE call.seq = @seq`,
    ),
    // A range of the index: '0' is the character after '/'.
    teammates: db.prepare<{ identity: string | null }, { body: string; at: number }>(
      `SELECT body, at FROM contact_event
       WHERE identity > @identity AND identity < substr(@identity, 1, length(@identity) - 1) || '0'`,
    ),
    put: db.prepare<NoteRow & { seq: number; at: number }>(
      `INSERT INTO call_note (call_seq, text, disposition, tags, callback_at, at, unsent)
       VALUES (@seq, @text, @disposition, @tags, @callbackAt, @at, 1)
       ON CONFLICT (call_seq) DO UPDATE SET text = excluded.text, at = excluded.at,
         disposition = excluded.disposition, tags = excluded.tags,
         callback_at = excluded.callback_at, unsent = 1`,
    ),
    unsent: db.prepare<[], NoteRow & { callId: string; at: number }>(
      `SELECT call.id AS callId, ${NOTE}, call_note.at
       FROM call_note JOIN call ON call.seq = call_note.call_seq
       WHERE call_note.unsent = 1 AND call.provider_call_id IS NOT NULL ORDER BY call.seq`,
    ),
    callbacks: db.prepare<[], CallbackRow>(
      `SELECT call.id AS callId, call.account_id AS accountId, call.wa_id AS waId,
         call.user_id AS userId, coalesce(person_detail.name, call.name) AS name,
         call_note.callback_at AS at
       FROM call_note JOIN call ON call.seq = call_note.call_seq
         LEFT JOIN person_detail ON person_detail.person = call.person
       WHERE call_note.callback_at IS NOT NULL
         AND NOT EXISTS (SELECT 1 FROM call AS later WHERE later.person = call.person
           AND later.seq > call.seq AND later.outcome IN ('answered', 'elsewhere')
           AND later.provider_call_id IS NOT call.provider_call_id)
         AND NOT EXISTS (SELECT 1 FROM contact_event AS event WHERE event.person = call.person
           AND event.kind = 'colleague-call' AND event.at > call.created_at
           AND event.body ->> '$.outcome' = 'connected')
       ORDER BY call_note.callback_at`,
    ),
    sent: db.prepare<{ callId: string; at: number }>(
      `UPDATE call_note SET unsent = 0
       WHERE at = @at AND call_seq = (SELECT seq FROM call WHERE id = @callId)`,
    ),
  };
}
