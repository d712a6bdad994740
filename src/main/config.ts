import type { Result } from '../shared/lib/result.ts';
import { isDialLink } from '../shared/links/dial-link.ts';
import { parseArgs } from 'node:util';
import type { CsvSeparator, ExportFormat } from '../shared/ipc/model.ts';

/** How the app was started. */
export interface StartOptions {
  /** A profile to provision the console with. */
  profile: string | undefined;
  /** A policy file, which sets only what the organisation's own policy leaves open. */
  policy: string | undefined;
  /** Start in the tray. */
  hidden: boolean;
  /** A link to a number that the system opens here. */
  link: string | undefined;
  /** Write call records to a file and quit: no window, no tray. */
  exportCalls: ExportOptions | undefined;
}

export interface ExportOptions {
  file: string;
  format: ExportFormat;
  separator: CsvSeparator | undefined;
  /** Unix ms, inclusive. */
  from: number | undefined;
  to: number | undefined;
}

const formats = ['xlsx', 'csv', 'jsonl'] as const satisfies readonly ExportFormat[];
const separators = ['comma', 'semicolon', 'tab'] as const satisfies readonly CsvSeparator[];

const isOneOf = <T extends string>(known: readonly T[], value: string): value is T =>
  known.some((one) => one === value);

const ISO_DATE = /^\d{4}-\d{2}-\d{2}$/;
const DAY_MS = 86_400_000;

/**
 * Reads the command line. Switches that are not ours are Chromium's and are ignored; a value always
 * follows `=`, as Chromium writes it.
 *
 * @returns the options, or a sentence about what is wrong with them
 */
export function parseArguments(argv: readonly string[]): Result<StartOptions, string> {
  const { values, positionals } = parseArgs({
    args: [...argv],
    strict: false,
    allowPositionals: true,
  });
  const value = (name: string) => {
    const text = values[name];
    return typeof text === 'string' ? text : undefined;
  };
  const file = value('export-calls');
  if (values['export-calls'] === true || file === '') {
    return { ok: false, error: '--export-calls needs a file: --export-calls=calls.csv' };
  }
  const options: StartOptions = {
    profile: value('profile'),
    policy: value('policy'),
    hidden: values['hidden'] === true,
    link: positionals.find(isDialLink),
    exportCalls: undefined,
  };
  if (file === undefined) return { ok: true, value: options };

  const format = value('format') ?? formats.find((known) => file.endsWith(`.${known}`)) ?? 'csv';
  if (!isOneOf(formats, format)) {
    return { ok: false, error: `--format=${format} is not known; use ${formats.join(', ')}` };
  }
  const separator = value('separator');
  if (separator !== undefined && !isOneOf(separators, separator)) {
    const problem = `--separator=${separator} is not known; use ${separators.join(', ')}`;
    return { ok: false, error: problem };
  }
  const from = readTime(value('from'), 0);
  const to = readTime(value('to'), DAY_MS - 1);
  if (Number.isNaN(from)) return { ok: false, error: notADate('from', value('from')) };
  if (Number.isNaN(to)) return { ok: false, error: notADate('to', value('to')) };
  return { ok: true, value: { ...options, exportCalls: { file, format, separator, from, to } } };
}

/**
 * A date is the whole day in this machine's time zone; a time is taken as given. NaN for anything
 * else.
 */
function readTime(text: string | undefined, intoDay: number): number | undefined {
  if (text === undefined) return undefined;
  return ISO_DATE.test(text) ? new Date(`${text}T00:00:00`).getTime() + intoDay : Date.parse(text);
}

function notADate(name: string, text: string | undefined): string {
  return `--${name}=${text ?? ''} is not a date; write it as 2026-01-31 or 2026-01-31T09:00:00Z`;
}
