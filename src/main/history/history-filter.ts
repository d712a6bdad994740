import type { Outcome } from '../../shared/call/record.ts';
import type { HistoryFilter } from '../../shared/ipc/model.ts';
import { SEQ_PER_MS } from '../db/call-log.ts';
import { personNow } from '../db/people/person-sql.ts';

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

/** The full-text index works with trigrams; shorter texts are searched row by row. */
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

/** Whether the customer left a message in `call`; only the call log writes the snapshot. */
export const HAS_VOICEMAIL = `(call.snapshot -> '$.voicemail' IS NOT NULL)`;

/** Matches if `call` is the record that represents its call. */
export const STANDS_FOR_IT = `NOT EXISTS (SELECT 1 FROM call AS other WHERE other.account_id = call.account_id
  AND other.provider_call_id = call.provider_call_id AND other.outcome IS NOT NULL
  AND (${rankOf('other')}, other.seq) < (${rankOf('call')}, call.seq))`;

/**
 * The filter of the history screen, optionally for one person under every spelling of their number.
 */
export interface CallFilter extends HistoryFilter {
  /** `personKey`. */
  person?: string | undefined;
}

/**
 * A filter as SQL. Only ended calls are history.
 *
 * @param below only calls older than this `seq`
 */
export function whereOf(filter: CallFilter, below?: number): Where {
  const text = textOf(filter.text ?? '');
  // The text index is already in the history's order, so the scan stops as soon as a page is full.
  const [from, seq] = text?.indexed
    ? ['call_text CROSS JOIN call ON call.seq = call_text.rowid', 'call_text.rowid']
    : ['call', 'call.seq'];
  const parts = ['call.outcome IS NOT NULL', STANDS_FOR_IT];
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
    `${seq} >= @since`,
    'since',
    filter.from === undefined ? undefined : Math.ceil(filter.from) * SEQ_PER_MS,
  );
  add(`${seq} < @below`, 'below', end === Infinity ? undefined : end);
  add('call.direction = @direction', 'direction', filter.direction);
  add('call.outcome = @outcome', 'outcome', filter.outcome);
  if (filter.voicemail) parts.push(HAS_VOICEMAIL);
  add('call.account_id = @account', 'account', filter.accountId);
  add(`call.person = ${personNow('@person')}`, 'person', filter.person);
  if (text) add(text.sql, 'text', text.value);
  return { from, seq, sql: parts.join(' AND '), bound };
}

function textOf(input: string): { indexed: boolean; sql: string; value: string } | undefined {
  const text = input.trim();
  if (text === '') return undefined;
  // "+55 (11) 98" searches digits; "Ana 2" searches names and notes.
  const digits = /^[\d\s().+-]+$/.test(text) ? text.replaceAll(/\D/g, '') : '';
  const query = [
    ...(text.length >= SHORTEST_INDEXED ? [`{name note} : ${quoted(text)}`] : []),
    ...(digits.length >= SHORTEST_INDEXED ? [`digits : ${quoted(digits)}`] : []),
  ];
  if (query.length > 0) {
    return { indexed: true, sql: 'call_text MATCH @text', value: query.join(' OR ') };
  }
  const literal = (digits || text).replaceAll(/[\\%_]/g, String.raw`\$&`);
  const sql = String.raw`(call.name LIKE @text ESCAPE '\' OR call.wa_id LIKE @text ESCAPE '\'
    OR call.seq IN (SELECT call_seq FROM call_note WHERE text LIKE @text ESCAPE '\'
      OR disposition LIKE @text ESCAPE '\' OR tags LIKE @text ESCAPE '\'))`;
  return { indexed: false, sql, value: `%${literal}%` };
}

/** One quoted FTS5 string, so that nothing in it is an operator. */
function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}
