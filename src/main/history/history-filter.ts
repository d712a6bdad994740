import type { InsightSlice } from '../../shared/protocol/insight-question.ts';
import type { Outcome } from '../../shared/call/record.ts';
import type { HistoryFilter } from '../../shared/ipc/history.ts';
import { SEQ_PER_MS } from '../db/call-log.ts';
import { gramOf } from '../db/grams.ts';
import { personNow } from '../db/people/person-sql.ts';
import type { Roster } from './insight/insight.ts';

/**
 * A filter in SQL: the tables in the order of the history, and the condition with its parameters.
 */
export interface Where {
  from: string;
  /** The column to order by, of the table that is scanned. */
  seq: string;
  sql: string;
  bound: Record<string, string | number>;
}

/** The full-text index works with trigrams; shorter texts have an index of their own. */
const SHORTEST_INDEXED = 3;

/**
 * An agent may have several records of one call: it rang here first and was transferred later, or
 * it was lost and rang again. One of them represents the call in lists. The outcome decides which:
 * a customer who waited in vain was missed, even if somebody had talked with them. Among equals the
 * first one represents it.
 */
const RANKS = [
  'missed',
  'answered',
  'declined',
  'failed',
  'elsewhere',
] as const satisfies Outcome[];
const rankOf = (call: string) =>
  `coalesce(nullif(instr('${RANKS.join(' ')}', ${call}.outcome), 0), 99)`;

/** Matches records of the same call; needs the tables `call` and `part`. */
export const SAME_CALL = `part.account_id = call.account_id
  AND part.provider_call_id = call.provider_call_id AND part.outcome IS NOT NULL`;

/**
 * Whether the customer left a message in `call`. Spelled exactly like its index; inside a string of the snapshot the
 * quotes would be escaped.
 */
export const HAS_VOICEMAIL = `(instr(call.snapshot, '"voicemail":{') > 0)`;

const KEPT = "recording.what = 'audio' AND recording.state = 'kept'";

/**
 * Whether a recording of `call`, or of another record of it, is kept; quick where most calls have one. The pluses and
 * the indexes keep SQLite from joining all recordings with all calls.
 */
const HAS_RECORDING = `(
  +EXISTS (SELECT 1 FROM recording INDEXED BY recording_kept WHERE ${KEPT} AND recording.call_id = call.id)
  OR +EXISTS (SELECT 1 FROM call AS part INDEXED BY call_is_covered
    CROSS JOIN recording INDEXED BY recording_kept ON recording.call_id = part.id AND ${KEPT}
    WHERE part.account_id = call.account_id AND part.provider_call_id = call.provider_call_id
      AND part.covered = 1))`;

/** The same, where few have one: those are looked up first. */
const IS_RECORDED = `call.seq IN (
  SELECT own.seq FROM recording JOIN call AS own ON own.id = recording.call_id WHERE ${KEPT}
  UNION SELECT part.seq FROM recording JOIN call AS own ON own.id = recording.call_id
    JOIN call AS part ON part.account_id = own.account_id AND part.provider_call_id = own.provider_call_id
  WHERE ${KEPT})`;

/** At most so many kept recordings, as `n`. */
export const countRecordings = (most: number) =>
  `SELECT count(*) AS n FROM (SELECT 1 FROM recording WHERE ${KEPT} LIMIT ${most})`;

/** Matches if `call` is the record that represents its call, once both are known to be ended. */
export const STANDS_FOR_IT = `NOT EXISTS (SELECT 1 FROM call AS other WHERE other.account_id = call.account_id
  AND other.provider_call_id = call.provider_call_id AND other.outcome IS NOT NULL
  AND (${rankOf('other')}, other.seq) < (${rankOf('call')}, call.seq))`;

/**
 * The filter of the history screen, optionally for one person under every spelling of their number.
 */
export interface CallFilter extends HistoryFilter {
  /** `personKey`. */
  person?: string | undefined;
  /** For a slice of Insight by agent or team. */
  roster?: Roster | undefined;
}

/** What tells how to search for a text. */
export interface SearchState {
  /** Whether old calls are still being added to the index of one and two letters. */
  isIndexing: boolean;
  /** Whether a filter leaves so few calls that they are best looked up first. */
  isRare: (facets: Where) => boolean;
  /** Whether so few recordings are kept that their calls are best looked up first. */
  hasFewRecordings: () => boolean;
  /** The calls behind a figure, as a JSON list of their places. */
  sliced: (slice: InsightSlice, roster: Roster) => string;
}

/**
 * A filter as SQL. Only ended calls are history.
 *
 * @param below only calls older than this `seq`
 */
export function whereOf(filter: CallFilter, below?: number, search?: SearchState): Where {
  const facets = slicedBy(
    filter,
    facetsOf(filter, below, filter.recording === true && search?.hasFewRecordings() === true),
    search,
  );
  const text = textOf(filter.text ?? '', search?.isIndexing ?? false);
  if (!text) return facets;
  const bound = { ...facets.bound, text: text.value };
  if (text.index === undefined) {
    return { ...facets, sql: `${facets.sql} AND ${text.sql}`, bound };
  }
  const { index } = text;
  const isNarrow = facets.from !== 'call' && search?.isRare(facets) === true;
  // The pluses keep SQLite from searching the text again for each of these calls.
  const among = `+${index}.rowid IN (SELECT call.seq FROM ${facets.from} WHERE ${facets.sql})`;
  const narrowed = facets.sql
    .replaceAll('call.seq IN', `+${index}.rowid IN`)
    .replaceAll('call.seq', `${index}.rowid`);
  // The text index is already in the history's order, so the scan stops as soon as a page is full.
  return {
    from: `${index} CROSS JOIN call ON call.seq = ${index}.rowid`,
    seq: `${index}.rowid`,
    sql: `${isNarrow ? among : narrowed} AND ${text.sql}`,
    bound,
  };
}

function slicedBy(
  { insight, roster = {} }: CallFilter,
  facets: Where,
  search: SearchState | undefined,
): Where {
  if (!insight || !search) return facets;
  const sql = `${facets.sql} AND call.seq IN (SELECT value FROM json_each(@sliced))`;
  const bound = { ...facets.bound, sliced: search.sliced(insight, roster) };
  return { ...facets, from: 'call', sql, bound };
}

/** Everything but the text. */
function facetsOf(filter: CallFilter, below: number | undefined, hasFewRecordings: boolean): Where {
  const parts = ['call.outcome IS NOT NULL', 'call.covered IS NULL'];
  const bound: Where['bound'] = {};
  const add = (sql: string, name: string, value: string | number | undefined) => {
    if (value === undefined) return;
    parts.push(sql);
    bound[name] = value;
  };
  const end = Math.min(
    below ?? Infinity,
    filter.to === undefined ? Infinity : (Math.floor(filter.to) + 1) * SEQ_PER_MS,
  );
  add(
    'call.seq >= @since',
    'since',
    filter.from === undefined ? undefined : Math.ceil(filter.from) * SEQ_PER_MS,
  );
  add('call.seq < @below', 'below', end === Infinity ? undefined : end);
  add('call.direction = @direction', 'direction', filter.direction);
  add('call.outcome = @outcome', 'outcome', filter.outcome);
  if (filter.voicemail) parts.push(HAS_VOICEMAIL);
  if (filter.recording) parts.push(hasFewRecordings ? IS_RECORDED : HAS_RECORDING);
  add('call.account_id = @account', 'account', filter.accountId);
  add(`call.person = ${personNow('@person')}`, 'person', filter.person);
  const index = indexFor(filter);
  const from = index === undefined ? 'call' : `call INDEXED BY ${index}`;
  return { from, seq: 'call.seq', sql: parts.join(' AND '), bound };
}

/** How many calls match, where that is kept; undefined for one by text, person, time or figure. */
export function keptCount(filter: CallFilter): Pick<Where, 'sql' | 'bound'> | undefined {
  const {
    text = '',
    person,
    from,
    to,
    direction,
    outcome,
    accountId,
    voicemail,
    recording,
    insight,
  } = filter;
  if (text.trim() !== '' || (person ?? from ?? to ?? recording ?? insight) !== undefined) {
    return undefined;
  }
  const bound = {
    ...(direction !== undefined && { direction }),
    ...(outcome !== undefined && { outcome }),
    ...(accountId !== undefined && { account: accountId }),
  };
  const parts = [
    'TRUE',
    ...(direction === undefined ? [] : ['direction = @direction']),
    ...(outcome === undefined ? [] : ['outcome = @outcome']),
    ...(accountId === undefined ? [] : ['account_id = @account']),
    ...(voicemail === undefined ? [] : ['voicemail = 1']),
  ];
  return { sql: `SELECT sum(n) AS n FROM call_count WHERE ${parts.join(' AND ')}`, bound };
}

/** Each has the calls of its filters in the history's order, so that no page needs to be sorted. */
function indexFor({
  person,
  voicemail,
  accountId,
  outcome,
  direction,
}: CallFilter): string | undefined {
  if (person !== undefined) return undefined;
  if (voicemail) return 'call_voicemail';
  if (accountId !== undefined && outcome !== undefined) return 'call_account_outcome';
  if (accountId !== undefined) return direction ? 'call_account_direction' : 'call_account';
  if (outcome !== undefined) return direction ? 'call_direction_outcome' : 'call_outcome';
  return direction && 'call_direction';
}

interface TextCondition {
  /** The full-text table that has it; undefined: each call is read. */
  index: 'call_text' | 'call_gram' | undefined;
  sql: string;
  value: string;
}

function textOf(input: string, isIndexing: boolean): TextCondition | undefined {
  // The query would end at a NUL, and no text that is shown has other control characters.
  const text = input.replaceAll(/\p{Cc}+/gu, ' ').trim();
  if (text === '') return undefined;
  // "+55 (11) 98" searches digits; "Ana 2" searches names and notes.
  const digits = /^[\d\s().+-]+$/.test(text) ? text.replaceAll(/\D/g, '') : '';
  const query = [
    ...(Array.from(text).length >= SHORTEST_INDEXED ? [`{name note} : ${quoted(text)}`] : []),
    ...(digits.length >= SHORTEST_INDEXED ? [`digits : ${quoted(digits)}`] : []),
  ];
  if (query.length > 0) {
    return { index: 'call_text', sql: 'call_text MATCH @text', value: query.join(' OR ') };
  }
  const gram = isIndexing ? undefined : gramOf(digits || text);
  if (gram !== undefined) {
    return { index: 'call_gram', sql: 'call_gram MATCH @text', value: quoted(gram) };
  }
  const literal = (digits || text).replaceAll(/[\\%_]/g, String.raw`\$&`);
  const sql = String.raw`(call.name LIKE @text ESCAPE '\' OR call.wa_id LIKE @text ESCAPE '\'
    OR call.seq IN (SELECT call_seq FROM call_note WHERE text LIKE @text ESCAPE '\'
      OR disposition LIKE @text ESCAPE '\' OR tags LIKE @text ESCAPE '\'))`;
  return { index: undefined, sql, value: `%${literal}%` };
}

/** One quoted FTS5 string, so that nothing in it is an operator. */
function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}
