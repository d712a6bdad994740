import electronLog from 'electron-log/node.js';
import { redact } from '../shared/lib/redact.ts';

/** Where parts say what happened. One line each; numbers and secrets are masked on the way. */
export interface Log {
  info(text: string): void;
  warn(text: string): void;
  error(text: string): void;
}

/** How large a log file may grow before it becomes `….old.log`, in bytes. */
const MAX_LOG_BYTES = 5 * 1024 * 1024;

/**
 * The log of this process: a file, and standard output if asked for.
 *
 * @param file absolute path of the log file
 * @param stdout whether lines go to standard output as well
 */
export function createLog(file: string, stdout: boolean): Log {
  const out = electronLog.create({ logId: file });
  out.transports.file.resolvePathFn = () => file;
  out.transports.file.maxSize = MAX_LOG_BYTES;
  out.transports.file.level = 'info';
  out.transports.console.level = stdout ? 'info' : false;
  out.transports.console.format = '{y}-{m}-{d} {h}:{i}:{s}.{ms} {level} {text}';
  return {
    info: (text) => out.info(redact(text)),
    warn: (text) => out.warn(redact(text)),
    error: (text) => out.error(redact(text)),
  };
}

/** An error as one line for the log: its message, and where it came from. */
export function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause === undefined ? '' : ` (because: ${describe(error.cause)})`;
  const where = error.stack?.split('\n')[1]?.trim();
  return `${error.name}: ${error.message}${cause}${where === undefined ? '' : ` ${where}`}`;
}
