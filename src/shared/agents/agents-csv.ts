import { csvLine, readCsv, separatorOf } from '../lib/csv.ts';
import type { Result } from '../lib/result.ts';
import type { NewAgent } from '../protocol/agent-admin.ts';
import { callRights, role } from '../protocol/rights.ts';

/** What is wrong with a row of the file. Rows count from 1, as in a spreadsheet. */
export interface RowProblem {
  row: number;
  why:
    | 'quote'
    | 'empty'
    | 'column-missing'
    | 'column-unknown'
    | 'too-long'
    | 'role'
    | 'calls'
    | 'id'
    | 'name'
    | 'twice'
    | 'taken'
    | 'number'
    | 'workspace';
  what: string;
}

/** An agent and their row in the file. */
export interface RowAgent {
  row: number;
  agent: NewAgent;
  /** The id of a workspace; empty if the file does not say. */
  workspace: string;
}

const COLUMNS = ['id', 'name', 'role', 'team', 'calls', 'numbers', 'workspace'] as const;
type Column = (typeof COLUMNS)[number];

/** The longest field, in UTF-16 units. */
const LONGEST = 300;

/**
 * Reads agents from CSV as spreadsheets write it: with or without a byte order mark, separated by commas, semicolons or
 * tabs. The first row names the columns; `id` and `name` are required. One field holds several numbers (`numbersIn`);
 * empty means all of them.
 */
export function readAgents(text: string): Result<readonly RowAgent[], readonly RowProblem[]> {
  const read = readCsv(text, separatorOf(text));
  if (!read.ok) return { ok: false, error: [{ row: read.error, why: 'quote', what: '"' }] };
  const [head, ...lines] = read.value;
  if (!head || lines.length === 0) {
    return { ok: false, error: [{ row: 1, why: 'empty', what: '' }] };
  }
  const names = head.fields.map((name) => name.trim().toLowerCase());
  const problems: RowProblem[] = [
    ...names
      .filter((name) => name !== '' && !COLUMNS.some((known) => known === name))
      .map((what) => ({ row: head.line, why: 'column-unknown' as const, what })),
    ...(['id', 'name'] as const)
      .filter((name) => !names.includes(name))
      .map((what) => ({ row: head.line, why: 'column-missing' as const, what })),
  ];
  if (problems.length > 0) return { ok: false, error: problems };
  const agents = lines.map(({ line, fields }): RowAgent => {
    const field = (column: Column) => fields[names.indexOf(column)]?.trim() ?? '';
    const complain = (why: RowProblem['why'], what: string) =>
      problems.push({ row: line, why, what: what.slice(0, 60) });
    for (const column of COLUMNS) {
      if (field(column).length > LONGEST) complain('too-long', column);
    }
    const asked = { role: field('role').toLowerCase(), calls: field('calls').toLowerCase() };
    const knownRole = role.options.find((one) => one === asked.role);
    const knownCalls = callRights.options.find((one) => one === asked.calls);
    if (asked.role !== '' && !knownRole) complain('role', asked.role);
    if (asked.calls !== '' && !knownCalls) complain('calls', asked.calls);
    const numbers = numbersIn(field('numbers'));
    const isAll =
      numbers.length === 0 || (numbers.length === 1 && numbers[0]?.toLowerCase() === 'all');
    const team = field('team');
    return {
      row: line,
      workspace: field('workspace'),
      agent: {
        id: field('id'),
        name: field('name'),
        ...(knownRole && { role: knownRole }),
        ...(knownCalls && { calls: knownCalls }),
        ...(team !== '' && { team }),
        numbers: isAll ? 'all' : numbers,
      },
    };
  });
  return problems.length > 0 ? { ok: false, error: problems } : { ok: true, value: agents };
}

/** Ids of numbers as people write several of them: separated by spaces, commas, semicolons or `|`. */
export function numbersIn(text: string): string[] {
  return text.split(/[\s,;|]+/).filter(Boolean);
}

/** The text of a file of new agents' tokens. */
export function tokensCsv(tokens: readonly { id: string; token: string }[]): string {
  const lines = tokens.map(({ id, token }) => csvLine([id, token]));
  return `${['id,token', ...lines].join('\r\n')}\r\n`;
}
