import { z } from 'zod';
import { outcomes, type Outcome } from '../../shared/call/record.ts';
import type { EndReason } from '../../shared/call/phases.ts';
import type { CallPart, HistoryRow, Quality } from '../../shared/ipc/history.ts';
import type { NoteContent } from '../../shared/ipc/notes.ts';
import { nameWorthShowing } from '../../shared/lib/foreign-text.ts';
import { phoneCountry } from '../../shared/lib/phone.ts';
import { parseColumn } from '../db/json.ts';
import { HAS_VOICEMAIL, SAME_CALL } from './history-filter.ts';

/** A call as used by exports and details. */
export interface CallRecord extends HistoryRow {
  seq: number;
  accountNumber: string;
  providerCallId?: string | undefined;
  payload?: string | undefined;
  endReason: EndReason;
  quality?: Quality | undefined;
  /**
   * One part per record that this agent has of the call, oldest first. Empty for a call that the
   * provider never named.
   */
  parts: readonly CallPart[];
  /** The call offer that this agent accepted; offers that were not accepted are in their parts. */
  callOffer?: CallPart['callOffer'];
  wholeSeconds?: number | undefined;
  /** This agent's notes. */
  note?: string | undefined;
  /** How the call ended in the words of an agent: this one's, or else the last teammate's. */
  disposition?: string | undefined;
  /** By this agent and teammates. */
  tags: readonly string[];
  /** What teammates wrote down. */
  teamNotes: readonly ({ by: string } & NoteContent)[];
}

export const outcomeSchema = z.enum(outcomes) satisfies z.ZodType<Outcome>;

/** A row of `selectFrom`. */
export interface RecordRow {
  seq: number;
  id: string;
  direction: 'inbound' | 'outbound';
  outcome: Outcome;
  accountId: string;
  accountLabel: string | null;
  accountNumber: string | null;
  providerCallId: string | null;
  waId: string | null;
  userId: string | null;
  name: string | null;
  username: string | null;
  payload: string | null;
  createdAt: number;
  connectedAt: number | null;
  endedAt: number;
  talk: number | null;
  unseen: number;
  voicemail: number;
  endReason: string;
  quality: string | null;
  note: string | null;
  disposition: string | null;
  tags: string;
  teamNotes: string;
  parts: string;
}

/** One text that is not JSON would otherwise make SQLite reject a whole page. */
const orEmpty = (column: string) => `iif(json_valid(${column}), ${column}, '{}')`;

/** All records of the same call; only the call log writes `part.snapshot`. */
const PARTS = `(SELECT json_group_array(json_object('id', part.id, 'createdAt', part.created_at,
    'endReason', json(${orEmpty('part.end_reason')}), 'talkSeconds', part.talk_seconds,
    'callOffer', ${orEmpty('part.snapshot')} -> '$.callOffer',
    'transfers', ${orEmpty('part.snapshot')} -> '$.transfers',
    'wholeSeconds', ${orEmpty('part.snapshot')} ->> '$.billed.durationSeconds') ORDER BY part.seq)
  FROM call AS part WHERE ${SAME_CALL})`;

type PartRow = { [K in keyof CallPart]: NonNullable<CallPart[K]> | null } & {
  wholeSeconds: number | null;
} & Pick<CallPart, 'id' | 'createdAt' | 'endReason'>;

/** This agent's notes, from all records of the call. */
const RECORDS = `(SELECT call.seq UNION SELECT part.seq FROM call AS part WHERE ${SAME_CALL})`;
const NOTE = `(SELECT group_concat(text, char(10)) FROM call_note
  WHERE text <> '' AND call_seq IN ${RECORDS})`;
const DISPOSITION = `(SELECT disposition FROM call_note
  WHERE disposition IS NOT NULL AND call_seq IN ${RECORDS} ORDER BY at DESC LIMIT 1)`;
const TAGS = `(SELECT json_group_array(tag.value)
  FROM call_note, json_each(coalesce(call_note.tags, '[]')) AS tag WHERE call_seq IN ${RECORDS})`;

/** What teammates wrote: a range of the index, where '0' is the character after '/'. */
const TEAM_NOTES = `(SELECT json_group_array(json_object(
    'by', ${orEmpty('note.body')} ->> '$.by', 'text', ${orEmpty('note.body')} ->> '$.text',
    'disposition', ${orEmpty('note.body')} ->> '$.disposition',
    'tags', coalesce(${orEmpty('note.body')} -> '$.tags', json('[]'))) ORDER BY note.at)
  FROM contact_event AS note
  WHERE note.identity > call.account_id || '/note/' || call.provider_call_id || '/'
    AND note.identity < call.account_id || '/note/' || call.provider_call_id || '0')`;

const isNumber = (key: string) => `json_type(call_quality.body, '$.${key}') IN ('integer', 'real')`;

/**
 * Whether a call is one record alone, without notes, offers and transfers, with an end reason and a quality that can be
 * read: most are, and reading the rest of such a record would find nothing.
 */
export const IS_PLAIN = [
  `instr(call.snapshot, '"callOffer":') = 0 AND instr(call.snapshot, '"transfers":') = 0`,
  `json_valid(call.end_reason) AND json_type(call.end_reason, '$.kind') = 'text'`,
  `(call_quality.body IS NULL OR (json_valid(call_quality.body) AND ${isNumber('packetsReceived')}
    AND ${isNumber('packetsLost')} AND ${isNumber('packetsSent')}))`,
  'NOT EXISTS (SELECT 1 FROM call_note WHERE call_seq = call.seq)',
  // Of several records, one stands for the others.
  `(call.provider_call_id IS NULL OR (
    NOT EXISTS (SELECT 1 FROM call AS part INDEXED BY call_is_covered WHERE part.covered = 1
      AND part.account_id = call.account_id AND part.provider_call_id = call.provider_call_id)
    AND NOT EXISTS (SELECT 1 FROM contact_event AS note
      WHERE note.identity > call.account_id || '/note/' || call.provider_call_id || '/'
        AND note.identity < call.account_id || '/note/' || call.provider_call_id || '0')))`,
].join(' AND ');

/** Columns that every record has. */
const BASE = `call.seq, call.id, call.direction, call.outcome, call.account_id AS accountId,
      ${orEmpty('account.body')} ->> '$.label' AS accountLabel,
      ${orEmpty('account.body')} ->> '$.number' AS accountNumber,
      call.provider_call_id AS providerCallId, call.wa_id AS waId, call.user_id AS userId,
      coalesce(person_detail.name, call.name) AS name,
      call.snapshot ->> '$.party.username' AS username,
      call.payload, call.created_at AS createdAt, call.connected_at AS connectedAt,
      call.ended_at AS endedAt, call.talk_seconds AS talk, call.unseen, ${HAS_VOICEMAIL} AS voicemail,
      call.end_reason AS endReason, call_quality.body AS quality`;
const JOINS = `LEFT JOIN account ON account.id = call.account_id
      LEFT JOIN call_quality ON call_quality.call_seq = call.seq
      LEFT JOIN person_detail ON person_detail.person = call.person`;

/** A row of `plainFrom`. */
export type PlainRow = Omit<RecordRow, 'note' | 'disposition' | 'tags' | 'teamNotes' | 'parts'> & {
  plain: number;
  wholeSeconds: number | null;
};

/** SELECT of what plain records consist of, and whether each is one. */
export function plainFrom(from: string): string {
  return `SELECT ${BASE}, call.snapshot ->> '$.billed.durationSeconds' AS wholeSeconds, ${IS_PLAIN} AS plain
    FROM ${from} ${JOINS}`;
}

/** A record that is plain. */
export function plainRecordOf({ plain: _p, wholeSeconds, ...row }: PlainRow): CallRecord {
  const endReason = endReasonOf(parseColumn(row.endReason));
  const part = { id: row.id, createdAt: row.createdAt, endReason };
  const parts = [{ ...part, talkSeconds: row.talk ?? undefined }];
  const isNamed = row.providerCallId !== null;
  return {
    seq: row.seq,
    ...shownOf(row),
    accountNumber: row.accountNumber ?? '',
    providerCallId: row.providerCallId ?? undefined,
    payload: row.payload ?? undefined,
    endReason,
    quality: qualityOf(row.quality),
    tags: [],
    teamNotes: [],
    parts: isNamed ? parts : [],
    wholeSeconds: isNamed ? (wholeSeconds ?? undefined) : undefined,
  };
}

/** SELECT of whole records from `from`, without its WHERE. */
export function selectFrom(from: string): string {
  return `SELECT ${BASE}, ${NOTE} AS note, ${DISPOSITION} AS disposition, ${TAGS} AS tags,
      ${TEAM_NOTES} AS teamNotes, ${PARTS} AS parts
    FROM ${from} ${JOINS}`;
}

export function recordOf(row: RecordRow): CallRecord {
  const endReason = endReasonOf(parseColumn(row.endReason));
  const quality = qualityOf(row.quality);
  const rows: readonly PartRow[] = JSON.parse(row.parts);
  const parts = rows.map(partOf);
  const teamNotes = teamNotesOf(row.teamNotes);
  const ownTags: readonly string[] = JSON.parse(row.tags);
  const talked = parts.flatMap(({ talkSeconds }) => talkSeconds ?? []);
  return {
    seq: row.seq,
    ...shownOf({ ...row, talk: talked.length > 0 ? talked.reduce((a, b) => a + b) : row.talk }),
    accountNumber: row.accountNumber ?? '',
    providerCallId: row.providerCallId ?? undefined,
    payload: row.payload ?? undefined,
    endReason,
    quality,
    note: row.note ?? undefined,
    disposition:
      row.disposition ??
      teamNotes.findLast(({ disposition }) => disposition !== undefined)?.disposition,
    tags: [...new Set([...ownTags, ...teamNotes.flatMap(({ tags }) => tags)])],
    teamNotes,
    parts,
    callOffer: parts.find(
      ({ id, callOffer, talkSeconds }) =>
        callOffer !== undefined && (id === row.id || talkSeconds !== undefined),
    )?.callOffer,
    wholeSeconds: rows.find(({ wholeSeconds }) => wholeSeconds !== null)?.wholeSeconds ?? undefined,
  };
}

/** What teammates wrote, as `TEAM_NOTES` lists it. */
function teamNotesOf(text: string): CallRecord['teamNotes'] {
  const rows: readonly ({ by: string; disposition: string | null } & Pick<
    NoteContent,
    'text' | 'tags'
  >)[] = JSON.parse(text);
  return rows.map(({ disposition, ...note }) => ({
    ...note,
    ...(disposition !== null && { disposition }),
  }));
}

const reason = z.looseObject({ kind: z.string() });
const packetCounts = z.looseObject({
  packetsReceived: z.number(),
  packetsLost: z.number(),
  packetsSent: z.number(),
});

/** A row without a readable reason is listed as interrupted. */
function endReasonOf(stored: unknown): EndReason {
  return isEndReason(stored) ? stored : { kind: 'interrupted' };
}

/** Only the call log writes it. */
function isEndReason(stored: unknown): stored is EndReason {
  return reason.safeParse(stored).success;
}

function qualityOf(text: string | null): Quality | undefined {
  const stored = text === null ? undefined : parseColumn(text);
  return isQuality(stored) ? stored : undefined;
}

/** Only `saveQuality` writes it, whose input the IPC dispatcher checks. */
function isQuality(stored: unknown): stored is Quality {
  return packetCounts.safeParse(stored).success;
}

function partOf({
  wholeSeconds: _w,
  talkSeconds,
  callOffer,
  transfers,
  ...part
}: PartRow): CallPart {
  return {
    ...part,
    endReason: endReasonOf(part.endReason),
    talkSeconds: talkSeconds ?? undefined,
    callOffer: callOffer ?? undefined,
    transfers: transfers ?? undefined,
  };
}

/** A row of `listFrom`. */
export type ListRow = Pick<
  RecordRow,
  | 'seq'
  | 'id'
  | 'direction'
  | 'outcome'
  | 'accountId'
  | 'accountLabel'
  | 'waId'
  | 'userId'
  | 'name'
  | 'username'
  | 'createdAt'
  | 'connectedAt'
  | 'endedAt'
  | 'talk'
  | 'unseen'
  | 'voicemail'
>;

/** The name in a person's other calls and messages: a call that we place has only a number. */
export const CALLED_THEMSELVES =
  '(SELECT contact.name FROM contact WHERE contact.key = call.person)';

/** SELECT of what lists show from `from`, without its WHERE; `talk` is that of all parts. */
export function listFrom(from: string): string {
  return `SELECT call.seq, call.id, call.direction, call.outcome, call.account_id AS accountId,
      ${orEmpty('account.body')} ->> '$.label' AS accountLabel, call.wa_id AS waId, call.user_id AS userId,
      coalesce(person_detail.name, call.name, ${CALLED_THEMSELVES}) AS name,
      call.snapshot ->> '$.party.username' AS username,
      call.created_at AS createdAt, call.connected_at AS connectedAt, call.ended_at AS endedAt,
      coalesce((SELECT sum(part.talk_seconds) FROM call AS part WHERE ${SAME_CALL}), call.talk_seconds) AS talk,
      call.unseen, ${HAS_VOICEMAIL} AS voicemail
    FROM ${from} LEFT JOIN account ON account.id = call.account_id
      LEFT JOIN person_detail ON person_detail.person = call.person`;
}

/** What lists show of a call. */
export function historyRow(row: ListRow): HistoryRow {
  return { ...shownOf(row), country: phoneCountry(row.waId ?? undefined) };
}

function shownOf(row: ListRow): Omit<HistoryRow, 'country'> {
  return {
    id: row.id,
    direction: row.direction,
    outcome: outcomeSchema.catch('interrupted').parse(row.outcome),
    party: {
      waId: row.waId ?? undefined,
      userId: row.userId ?? undefined,
      // Earlier versions stored names unfiltered.
      name: nameWorthShowing(row.name),
      username: nameWorthShowing(row.username),
    },
    accountId: row.accountId,
    accountLabel: row.accountLabel ?? row.accountId,
    createdAt: row.createdAt,
    connectedAt: row.connectedAt ?? undefined,
    endedAt: row.endedAt,
    talkSeconds: row.talk ?? undefined,
    unseen: row.unseen === 1,
    ...(row.voicemail === 1 && { voicemail: true as const }),
  };
}
