import electronLog from 'electron-log/node.js';
import { redact } from '../shared/lib/redact.ts';

/** Where parts log what happened, one line each. Numbers and secrets are masked. */
export interface Log {
  info(text: string): void;
  warn(text: string): void;
  error(text: string): void;
}

/** How large a log file may grow before it becomes `….old.log`, in bytes. */
const MAX_LOG_BYTES = 5 * 1024 * 1024;

/**
 * The log of this process: a file, and optionally standard output.
 *
 * @param file absolute path of the log file
 * @param stdout also write lines to standard output
 */
export function createLog(file: string, stdout: boolean): Log {
  const out = electronLog.create({ logId: file });
  out.transports.file.resolvePathFn = () => file;
  out.transports.file.maxSize = MAX_LOG_BYTES;
  out.transports.file.level = 'info';
  out.transports.console.level = stdout ? 'info' : false;
  out.transports.console.format = '{y}-{m}-{d} {h}:{i}:{s}.{ms} {level} {text}';
  return {
    info: (text) => out.info(lineOf(text)),
    warn: (text) => out.warn(lineOf(text)),
    error: (text) => out.error(lineOf(text)),
  };
}

/** What others wrote must not look like lines of ours. */
const lineOf = (text: string): string =>
  redact(text).replaceAll(/\p{Cc}/gu, (control) => JSON.stringify(control).slice(1, -1));

/** An error as one log line: its message and its origin. */
export function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause === undefined ? '' : ` (because: ${describe(error.cause)})`;
  const where = error.stack?.split('\n')[1]?.trim();
  return `${error.name}: ${error.message}${cause}${where === undefined ? '' : ` ${where}`}`;
}

/** An error for a person: its message alone. */
export const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);
