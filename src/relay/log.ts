import { redact } from '../shared/lib/redact.ts';

/** Details of an event; `undefined` values are left out. */
type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;

/** The relay's log: one call per event. */
export interface Log {
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
}

/**
 * One JSON object per line. Every line is redacted: phone numbers, tokens and SDP credentials never
 * reach a log, whatever a caller passes.
 *
 * @param write receives each line with its newline; standard output by default
 */
export function createLog(
  write: (line: string) => void = (line) => process.stdout.write(line),
  now: () => number = Date.now,
): Log {
  const line = (level: 'info' | 'warn' | 'error') => (event: string, fields?: LogFields) => {
    const at = new Date(now()).toISOString();
    try {
      const redactedFields = Object.entries({ event, ...fields }).flatMap(([name, value]) =>
        redacted(name, value),
      );
      write(`{"at":"${at}","level":"${level}",${redactedFields.join()}}\n`);
    } catch {
      // A log that cannot be written must not end a call.
    }
  };
  return { info: line('info'), warn: line('warn'), error: line('error') };
}

/** Redacts texts only, with their names: a long number is a time or a cursor, and is no JSON without its digits. */
function redacted(name: string, value: LogFields[string]): string[] {
  if (value === undefined) return [];
  const field = `${JSON.stringify(name)}:${JSON.stringify(value)}`;
  return [typeof value === 'string' ? redact(field) : field];
}

/** What went wrong as text, whatever was thrown. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
