import type { HistoryFilter } from '../../shared/ipc/model.ts';
import { SEQ_PER_MS } from './call-log.ts';

/** A WHERE clause with its bound parameters. */
export interface Where {
  sql: string;
  bound: Record<string, string | number>;
}

/** The full-text index works with runs of three characters; shorter texts are looked for row by row. */
const SHORTEST_INDEXED = 3;

/**
 * What a filter means in SQL, over `call`. Only ended calls are history.
 *
 * @param below only calls older than this `seq`
 */
export function whereOf(filter: HistoryFilter, below?: number): Where {
  const parts = ['call.outcome IS NOT NULL'];
  const bound: Where['bound'] = {};
  const add = (sql: string, name: string, value: string | number) => {
    parts.push(sql);
    bound[name] = value;
  };
  const from = filter.from === undefined ? undefined : Math.ceil(filter.from) * SEQ_PER_MS;
  const to = filter.to === undefined ? undefined : (Math.floor(filter.to) + 1) * SEQ_PER_MS;
  if (from !== undefined) add('call.seq >= @from', 'from', from);
  if (to !== undefined || below !== undefined) {
    add('call.seq < @below', 'below', Math.min(to ?? Infinity, below ?? Infinity));
  }
  if (filter.direction !== undefined)
    add('call.direction = @direction', 'direction', filter.direction);
  if (filter.outcome !== undefined) add('call.outcome = @outcome', 'outcome', filter.outcome);
  if (filter.accountId !== undefined)
    add('call.account_id = @account', 'account', filter.accountId);
  const text = filter.text?.trim() ?? '';
  if (text !== '') addText(text, add, from !== undefined);
  return { sql: parts.join(' AND '), bound };
}

function addText(
  text: string,
  add: (sql: string, name: string, value: string) => void,
  hasFrom: boolean,
) {
  // "+55 (11) 98" means the digits; "Ana 2" means the name.
  const digits = /^[\d\s().+-]+$/.test(text) ? text.replaceAll(/\D/g, '') : '';
  const query = [
    ...(text.length >= SHORTEST_INDEXED ? [`name : ${quoted(text)}`] : []),
    ...(digits.length >= SHORTEST_INDEXED ? [`digits : ${quoted(digits)}`] : []),
  ].join(' OR ');
  if (query !== '') {
    // The bounds are repeated inside: the index is in the history's order and can stop early.
    const since = hasFrom ? ' AND rowid >= @from' : '';
    add(
      `call.seq IN (SELECT rowid FROM call_text WHERE call_text MATCH @text${since})`,
      'text',
      query,
    );
    return;
  }
  add(
    `(call.name LIKE @text ESCAPE '\\' OR call.wa_id LIKE @text ESCAPE '\\')`,
    'text',
    `%${(digits || text).replaceAll(/[\\%_]/g, String.raw`\$&`)}%`,
  );
}

/** One FTS5 string: nothing in it is an operator. */
function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}
