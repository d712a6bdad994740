import type { InsightSlice } from '../../shared/protocol/insight-question.ts';
import type { Outcome } from '../../shared/call/record.ts';
import type { HistoryFilter } from '../../shared/ipc/history.ts';
import { SEQ_PER_MS } from '../db/call-seq.ts';
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
  /** Finds the last call that is looked at for one page, where few of many may match; without a row: all are. */
  looked?: string;
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

/** The same as `call.recorded = 1`, for calls that another index finds. */
const HAS_RECORDING = `EXISTS (SELECT 1 FROM call AS kept INDEXED BY call_recorded WHERE kept.seq = call.seq
  AND kept.covered IS NULL AND kept.outcome IS NOT NULL AND kept.recorded = 1)`;

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
  /** How many calls a filter leaves, if they are so few that they are best looked up first. */
  rarity: (facets: Where) => number | undefined;
  /** The calls behind a figure, as a JSON list of their places. */
  sliced: (slice: InsightSlice, roster: Roster) => string;
}

/**
 * A filter as SQL. Only ended calls are history.
 *
 * @param below only calls older than this `seq`
 */
export function whereOf(filter: CallFilter, below?: number, search?: SearchState): Where {
  const facets = slicedBy(filter, facetsOf(filter, below, search), search);
  const text = textOf(filter.text ?? '', search?.isIndexing ?? false);
  if (!text) return facets;
  const bound = { ...facets.bound, text: text.value };
  if (text.index === undefined) {
    const sql = `${facets.sql} AND ${text.sql}`;
    return {
      ...facets,
      sql,
      bound,
      looked: lookedAt('call', 'call.seq', bound, 'TRUE', MOST_SEARCHED),
    };
  }
  const { index } = text;
  const seq = `${index}.rowid`;
  const rarity = facets.from === 'call' ? undefined : search?.rarity(facets);
  if (rarity === 0) return { from: 'call', seq: 'call.seq', sql: 'FALSE', bound: {} };
  // The pluses keep SQLite from searching the text again for each of these calls.
  const among = `+${seq} IN (SELECT call.seq FROM ${facets.from} WHERE ${facets.sql}) AND ${rangeOf(seq, bound)}`;
  const narrowed = facets.sql.replaceAll('call.seq IN', `+${seq} IN`).replaceAll('call.seq', seq);
  // The text index is already in the history's order, so the scan stops as soon as a page is full.
  return {
    from: `${index} CROSS JOIN call ON call.seq = ${seq}`,
    seq,
    sql: `${rarity === undefined ? narrowed : among} AND ${text.sql}`,
    bound,
    ...(hasFacets(filter) && { looked: lookedAt(index, seq, bound, text.sql, MOST_SEARCHED) }),
  };
}

/** Numbers as large as a `seq` are bound as REAL, which the text index does not take for a range. */
export const SINCE = 'CAST(@since AS INTEGER)';
const BELOW = 'CAST(@below AS INTEGER)';

/** So many calls with a text are looked at for one page, at up to some 5 µs each for a long text. */
const MOST_SEARCHED = 1_000;
/** So many are asked whether they have a recording. */
const MOST_ASKED = 5_000;
/** So many with a recording are passed by, whose filters the same index answers. */
const MOST_PASSED = 10_000;

/** Finds the first call that is not looked at. */
function lookedAt(
  from: string,
  seq: string,
  bound: Where['bound'],
  sql: string,
  most: number,
): string {
  return `SELECT ${seq} AS seq FROM ${from} WHERE ${sql} AND ${rangeOf(seq, bound)}
    ORDER BY ${seq} DESC LIMIT 1 OFFSET ${most}`;
}

function rangeOf(seq: string, { since, below }: Where['bound']): string {
  const parts = [
    ...(since === undefined ? [] : [`${seq} >= ${SINCE}`]),
    ...(below === undefined ? [] : [`${seq} < ${BELOW}`]),
  ];
  return parts.join(' AND ') || 'TRUE';
}

/** Whether it leaves out calls by anything but text and time. */
function hasFacets({ text: _t, from: _f, to: _to, roster: _r, ...facets }: CallFilter): boolean {
  return Object.values(facets).some((value) => value !== undefined);
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
function facetsOf(
  { recording, ...filter }: CallFilter,
  below: number | undefined,
  search: SearchState | undefined,
): Where {
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
    `call.seq >= ${SINCE}`,
    'since',
    filter.from === undefined ? undefined : Math.ceil(filter.from) * SEQ_PER_MS,
  );
  add(`call.seq < ${BELOW}`, 'below', end === Infinity ? undefined : end);
  add('call.direction = @direction', 'direction', filter.direction);
  add('call.outcome = @outcome', 'outcome', filter.outcome);
  if (filter.voicemail) parts.push(HAS_VOICEMAIL);
  add('call.account_id = @account', 'account', filter.accountId);
  add(`call.person = ${personNow('@person')}`, 'person', filter.person);
  const index = indexFor(filter);
  const from = index === undefined ? 'call' : `call INDEXED BY ${index}`;
  const where = { from, seq: 'call.seq', sql: parts.join(' AND '), bound };
  if (!recording) return where;
  // Few calls that the other filters leave are asked one by one; else those with a recording are read.
  const isFew = filter.voicemail ?? (index !== undefined && search?.rarity(where) !== undefined);
  if (isFew || filter.person !== undefined) {
    const looked = lookedAt(from, 'call.seq', bound, where.sql, MOST_ASKED);
    const sql = `${where.sql} AND ${HAS_RECORDING}`;
    return { ...where, sql, ...(filter.voicemail && { looked }) };
  }
  const kept = 'call INDEXED BY call_recorded';
  const isKept = 'call.outcome IS NOT NULL AND call.covered IS NULL AND call.recorded = 1';
  return {
    ...where,
    from: kept,
    sql: `${where.sql} AND call.recorded = 1`,
    ...(hasFacets(filter) && { looked: lookedAt(kept, 'call.seq', bound, isKept, MOST_PASSED) }),
  };
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
