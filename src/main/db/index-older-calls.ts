import { setTimeout } from 'node:timers/promises';
import type { Db } from '../../sqlite/migrate.ts';
import { CallText } from './call-text.ts';

/** Calls per transaction; the console writes its own in between. */
const BATCH = 500;
/** A pause after each batch, during which the console can write, in ms. */
const PAUSE_MS = 5;

/**
 * Adds calls from before the index of letters to it, the newest first. An interrupted run goes on where it stopped.
 *
 * @throws what SQLite throws, and when it is stopped
 */
export async function indexOlderCalls(db: Db, signal: AbortSignal): Promise<void> {
  const text = new CallText(db);
  const batch = db.transaction(() => text.indexOlder(BATCH));
  while (batch.immediate()) {
    await setTimeout(PAUSE_MS);
    signal.throwIfAborted();
  }
}
