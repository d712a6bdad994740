import { constants, setPriority } from 'node:os';
import { setImmediate } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { assertNever } from '../../shared/lib/assert-never.ts';
import { writeExport } from './export/write-export.ts';
import { ContactPages } from '../db/contact-pages.ts';
import { keysOfHashes } from '../db/erasing/person-keys.ts';
import { knownPerson } from './known-person.ts';
import { History } from './history.ts';
import { openReadOnly } from '../db/open.ts';
import type { ReaderAnswer, FromReader, ReaderRequest, ToReader } from './reader-protocol.ts';
import { troubleOf } from '../db/storage/trouble.ts';

/**
 * The reader's thread: reads and exports of the history, off main's event loop. It is an entry
 * point, so it may import both the exports and the database.
 */
const data = z
  .object({
    path: z.string(),
    nativeBinding: z.string().optional(),
    keys: z.array(z.string()).optional(),
  })
  .parse(workerData);
const db = openReadOnly(data);
const history = new History(db);
const contacts = new ContactPages(db);
const running = new Map<number, AbortController>();

parentPort?.on('message', (message: ToReader) => {
  switch (message.kind) {
    case 'ask':
      void answer(message.id, message.question);
      return;
    case 'cancel':
      running.get(message.id)?.abort();
      return;
    case 'close':
      void close();
      return;
    default:
      assertNever(message, 'message');
  }
});

async function answer(id: number, question: ReaderRequest): Promise<void> {
  const controller = new AbortController();
  running.set(id, controller);
  try {
    send({ kind: 'answer', id, answer: await carryOut(id, question, controller.signal) });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const damaged = troubleOf(error).kind === 'damaged';
    send({ kind: 'failed', id, message, cancelled: controller.signal.aborted, damaged });
  } finally {
    running.delete(id);
  }
}

async function carryOut(
  id: number,
  question: ReaderRequest,
  signal: AbortSignal,
): Promise<ReaderAnswer> {
  switch (question.op) {
    case 'list': {
      const { filter, after, limit } = question;
      return { op: 'list', page: history.list(filter, after, limit) };
    }
    case 'count':
      return { op: 'count', calls: history.count(question.filter) };
    case 'counts':
      return { op: 'counts', counts: question.filters.map((one) => history.countShown(one)) };
    case 'get':
      return { op: 'get', detail: history.get(question.callId) };
    case 'contacts': {
      const { text, after, limit } = question;
      return { op: 'contacts', page: contacts.list(text, after, limit) };
    }
    case 'contact': {
      const { party, before, limit } = question;
      return { op: 'contact', contact: contacts.get(party, before, limit) };
    }
    case 'everyone':
      return { op: 'everyone', people: contacts.everyone() };
    case 'insight': {
      const { part, range, roster, isPatient } = question;
      const { insight } = history;
      if (!isPatient) return { op: 'insight', ...insight.preparedFigures(part, range, roster) };
      return { op: 'insight', figures: insight.figures(part, range, roster), isPacked: true };
    }
    case 'keys-of-hashes': {
      const { salt, hashes } = question;
      return { op: 'keys-of-hashes', keys: keysOfHashes(db, salt, hashes) };
    }
    case 'known':
      return { op: 'known', known: knownPerson({ db, history, contacts }, question.party) };
    case 'export': {
      yieldToCalls();
      const onProgress = (done: number, total: number) =>
        send({ kind: 'progress', id, done, total });
      const { rows } = await writeExport({ history, ...question, signal, onProgress });
      return { op: 'export', rows };
    }
    default:
      return assertNever(question, 'question');
  }
}

/** The thread of an export ends with it. On Linux alone a thread has a priority of its own that Node can set. */
function yieldToCalls(): void {
  if (process.platform === 'linux') setPriority(constants.priority.PRIORITY_LOW);
}

/** Running questions are refused first, so that an export leaves no partial file behind. */
async function close(): Promise<void> {
  for (const controller of running.values()) controller.abort();
  while (running.size > 0) await setImmediate();
  db.close();
  parentPort?.close();
}

function send(message: FromReader): void {
  // A thread's port takes no target origin; the rule means windows.
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  parentPort?.postMessage(message);
}
