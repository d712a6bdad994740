import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { redact } from '../../shared/lib/redact.ts';
import type { RelayConfig } from '../config/schema.ts';
import type { LogEntry, Store } from '../store/store.ts';
import { withStore } from './store.ts';

/** Entries read at once. */
const PAGE = 500;
/** How often new entries are looked for, in ms. */
const LOOK_MS = 500;

/** Prints the log's entries from now or from a cursor on, one JSON line each, until interrupted. */
export async function tail(config: RelayConfig, after: number | undefined): Promise<void> {
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort());
  process.once('SIGTERM', () => stop.abort());
  await withStore(config, async (store) => {
    let cursor = after ?? (await store.extent()).head;
    while (!stop.signal.aborted) {
      cursor = await print(store, cursor, redactedLineOf);
      await delay(LOOK_MS, undefined, { signal: stop.signal }).catch(() => undefined);
    }
  });
}

/** Prints all entries of a period with their full content, one JSON line each. Unix ms. */
export async function exportEntries(
  config: RelayConfig,
  { since = 0, until = Infinity }: { since?: number | undefined; until?: number | undefined },
): Promise<void> {
  await withStore(config, (store) =>
    print(store, 0, (entry) => (entry.at >= since && entry.at < until ? lineOf(entry) : undefined)),
  );
}

/**
 * Prints the entries after a cursor.
 *
 * @param show undefined: the entry is left out
 * @returns the last cursor
 */
async function print(
  store: Store,
  after: number,
  show: (entry: LogEntry) => string | undefined,
): Promise<number> {
  let cursor = after;
  for (;;) {
    const entries = await store.entriesAfter(cursor, PAGE);
    for (const entry of entries) {
      const line = show(entry);
      if (line !== undefined && !process.stdout.write(`${line}\n`)) {
        await once(process.stdout, 'drain');
      }
      cursor = entry.cursor;
    }
    if (entries.length < PAGE) return cursor;
  }
}

/** Redacts texts only, because the redactor takes a time for a phone number. */
const redactedLineOf = (entry: LogEntry): string =>
  JSON.stringify(JSON.parse(lineOf(entry)), (_key, value: unknown) =>
    typeof value === 'string' ? redact(value) : value,
  );

const lineOf = ({ at, ...entry }: LogEntry): string =>
  JSON.stringify({ at: new Date(at).toISOString(), ...entry });
