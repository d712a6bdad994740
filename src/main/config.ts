import type { Result } from '../shared/lib/result.ts';
import { isDialLink } from '../shared/links/dial-link.ts';
import { parseArgs } from 'node:util';
import {
  type CsvSeparator,
  csvSeparators,
  type ExportColumn,
  exportColumns,
  type ExportFormat,
  exportFormats,
} from '../shared/ipc/export.ts';

/** What `--help` prints. */
export const HELP = `Usage: ringdesk [LINK]                      open the console, and dial or join what a link names
       ringdesk --hidden                    open it in the tray
       ringdesk --profile=FILE              set it up with a profile, once
       ringdesk --policy=FILE               read this policy as well as the organisation's
       ringdesk --rotate-key                encrypt the call log with a new key
       ringdesk --export-calls=FILE         write the calls to a file, without a window
           [--format=xlsx|csv|jsonl|parquet] [--separator=comma|semicolon|tab] [--columns=NAME,…]
           [--manifest] [--preset=NAME] [--from=DATE] [--to=DATE]
       ringdesk --import-calls=FILE         read calls from JSON Lines that were exported, while no console runs
       ringdesk --help, --version
`;

/** How the app was started. */
export interface StartOptions {
  /** What to print before quitting; undefined: start the console. */
  print: 'help' | 'version' | undefined;
  /** A profile to provision the console with. */
  profile: string | undefined;
  /** A policy file, which sets only what the organisation's own policy leaves open. */
  policy: string | undefined;
  /** Start in the tray. */
  hidden: boolean;
  /** Encrypt the call log with a new key. */
  rotateKey: boolean;
  /** A link to a number that the system opens here. */
  link: string | undefined;
  /** Write call records to a file and quit: no window, no tray. */
  exportCalls: ExportOptions | undefined;
  /** Read calls from our own JSON Lines, and quit. */
  importCalls: string | undefined;
}

export interface ExportOptions {
  file: string;
  format: ExportFormat;
  separator: CsvSeparator | undefined;
  /** Of a table; all by default. */
  columns: readonly ExportColumn[] | undefined;
  /** Also write what is in the file, and its checksum, beside it. */
  manifest: boolean;
  /** The agent's preset of this name decides everything else but the range. */
  preset: string | undefined;
  /** Unix ms, inclusive. */
  from: number | undefined;
  to: number | undefined;
}

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
  if (values['import-calls'] === true || value('import-calls') === '') {
    return { ok: false, error: '--import-calls needs a file: --import-calls=calls.jsonl' };
  }
  const options: StartOptions = {
    print: values['help'] === true ? 'help' : values['version'] === true ? 'version' : undefined,
    profile: value('profile'),
    policy: value('policy'),
    hidden: values['hidden'] === true,
    rotateKey: values['rotate-key'] === true,
    link: positionals.find(isDialLink),
    exportCalls: undefined,
    importCalls: value('import-calls'),
  };
  if (file === undefined) return { ok: true, value: options };

  const format =
    value('format') ?? exportFormats.find((known) => file.endsWith(`.${known}`)) ?? 'csv';
  if (!isOneOf(exportFormats, format)) {
    return { ok: false, error: `--format=${format} is not known; use ${exportFormats.join(', ')}` };
  }
  const separator = value('separator');
  if (separator !== undefined && !isOneOf(csvSeparators, separator)) {
    const problem = `--separator=${separator} is not known; use ${csvSeparators.join(', ')}`;
    return { ok: false, error: problem };
  }
  const names = value('columns')?.split(',');
  const columns = exportColumns.filter((name) => names?.includes(name));
  const unknown = names?.filter((name) => !isOneOf(exportColumns, name)) ?? [];
  if (unknown.length > 0) {
    const problem = `--columns: ${unknown.join(', ')} not known; use ${exportColumns.join(',')}`;
    return { ok: false, error: problem };
  }
  const from = readTime(value('from'), 0);
  const to = readTime(value('to'), DAY_MS - 1);
  if (Number.isNaN(from)) return { ok: false, error: notADate('from', value('from')) };
  if (Number.isNaN(to)) return { ok: false, error: notADate('to', value('to')) };
  return {
    ok: true,
    value: {
      ...options,
      exportCalls: {
        file,
        format,
        separator,
        columns: names && columns,
        manifest: values['manifest'] === true,
        preset: value('preset'),
        from,
        to,
      },
    },
  };
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
