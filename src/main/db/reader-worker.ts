import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { assertNever } from '../../shared/lib/assert-never.ts';
import { writeExport } from '../export/write-export.ts';
import { History } from './history.ts';
import { openReadOnly } from './open.ts';
import type { FromReader, ReaderCalls, ReaderOp, ToReader } from './reader-protocol.ts';

/**
 * The reader's thread: the history's reads and exports, away from main's event loop. An entry point of its own, so it may
 * know the export beside the database.
 */
const data = z.object({ path: z.string(), nativeBinding: z.string().optional() }).parse(workerData);
const db = openReadOnly(data);
const history = new History(db);
const running = new Map<number, AbortController>();

parentPort?.on('message', (message: ToReader) => {
  switch (message.op) {
    case 'cancel':
      running.get(message.id)?.abort();
      return;
    case 'close':
      for (const controller of running.values()) controller.abort();
      db.close();
      parentPort?.close();
      return;
    default:
      void answer(message);
  }
});

async function answer(message: Extract<ToReader, { ask: unknown }>): Promise<void> {
  const { id } = message;
  const controller = new AbortController();
  running.set(id, controller);
  try {
    send({ kind: 'answer', id, answer: await carryOut(message, controller.signal) });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    send({ kind: 'failed', id, message, cancelled: controller.signal.aborted });
  } finally {
    running.delete(id);
  }
}

async function carryOut(
  message: Extract<ToReader, { ask: unknown }>,
  signal: AbortSignal,
): Promise<ReaderCalls[ReaderOp]['answer']> {
  switch (message.op) {
    case 'list':
      return history.list(message.ask.filter, message.ask.after, message.ask.limit);
    case 'get':
      return history.get(message.ask.callId);
    case 'unseenMissed':
      return history.unseenMissed();
    case 'export':
      return writeExport({
        history,
        ...message.ask,
        signal,
        onProgress: (done, total) => send({ kind: 'progress', id: message.id, done, total }),
      });
    default:
      return assertNever(message, 'request');
  }
}

function send(message: FromReader): void {
  parentPort?.postMessage(message);
}
