import { Worker } from 'node:worker_threads';
import { PendingRequests } from '../../shared/lib/pending-requests.ts';
import { assertNever } from '../../shared/lib/assert-never.ts';
import type { Contact, ContactPage } from '../../shared/ipc/contacts.ts';
import type { HistoryDetail, HistoryPage } from '../../shared/ipc/model.ts';
import type { CallFilter } from './history-filter.ts';
import type { PersonRecord } from '../../shared/people/person-record.ts';
import type { Party } from '../../shared/providers/events.ts';
import type {
  ReaderAnswer,
  ExportRequest,
  FromReader,
  ReaderRequest,
  ReaderData,
  ToReader,
} from './reader-protocol.ts';

export interface HistoryReaderOptions extends ReaderData {
  /** The thread's script: bundled in the app, the TypeScript file in tests. */
  script: string | URL;
  /** The thread found the file damaged. */
  damaged?: ((why: string) => void) | undefined;
}

/** A read did not finish: it was cancelled, or the thread or the file failed. */
export class ReadFailure extends Error {
  override readonly name = 'ReadFailure';
  readonly cancelled: boolean;

  constructor(message: string, cancelled: boolean) {
    super(message);
    this.cancelled = cancelled;
  }
}

/** Progress and cancellation of an export. */
export interface ReadOptions {
  onProgress?: ((done: number, total: number) => void) | undefined;
  signal?: AbortSignal | undefined;
}

/**
 * Reads the call history on a thread of its own. Main must have opened (and so migrated) the file
 * before. A thread that died is restarted with the next question. Every method rejects with
 * `ReadFailure`.
 */
export class HistoryReader {
  readonly #options: HistoryReaderOptions;
  readonly #requests = new PendingRequests<ReaderAnswer>();
  readonly #onProgress = new Map<number, NonNullable<ReadOptions['onProgress']>>();
  #worker: Worker | undefined;
  /** Resolves when the file may be opened again. */
  #held: Promise<unknown> = Promise.resolve();
  #closed = false;

  constructor(options: HistoryReaderOptions) {
    this.#options = options;
  }

  /** One page, newest first; `after` is `next` of the page before. */
  async list(filter: CallFilter, after: string | undefined, limit: number): Promise<HistoryPage> {
    return expect('list', await this.#request({ op: 'list', filter, after, limit })).page;
  }

  /** How many calls match. */
  async count(filter: CallFilter): Promise<number> {
    return expect('count', await this.#request({ op: 'count', filter })).calls;
  }

  async get(callId: string): Promise<HistoryDetail | undefined> {
    return expect('get', await this.#request({ op: 'get', callId })).detail;
  }

  /** People, most recent activity first; `after` is `next` of the page before. */
  async contacts(text: string, after: string | undefined, limit: number): Promise<ContactPage> {
    return expect('contacts', await this.#request({ op: 'contacts', text, after, limit })).page;
  }

  /** A person's timeline, newest first; `before` is `next` of the page before. */
  async contact(party: Party, before: string | undefined, limit: number): Promise<Contact> {
    return expect('contact', await this.#request({ op: 'contact', party, before, limit })).contact;
  }

  /** Everybody, with all that agents wrote down. */
  async everyone(): Promise<readonly PersonRecord[]> {
    return expect('everyone', await this.#request({ op: 'everyone' })).people;
  }

  /** Writes call records to a file; see `exportCalls`. */
  async export(what: ExportRequest, watch: ReadOptions = {}): Promise<{ rows: number }> {
    const { rows } = expect('export', await this.#request({ op: 'export', ...what }, watch));
    return { rows };
  }

  /** Closes the file so that it can be moved. Questions wait for `until`. */
  async release(until: Promise<unknown>): Promise<void> {
    this.#held = until;
    await this.#stop();
  }

  /** Stops the thread, which would keep the process alive. Pending reads reject. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#stop();
  }

  async #stop(): Promise<void> {
    const worker = this.#worker;
    if (!worker) return;
    const gone = new Promise<void>((resolve) => {
      worker.once('exit', () => resolve());
    });
    post(worker, { kind: 'close' });
    await gone;
  }

  async #request(
    question: ReaderRequest,
    { onProgress, signal }: ReadOptions = {},
  ): Promise<ReaderAnswer> {
    await this.#held;
    if (this.#closed) throw new ReadFailure('the history is closed', true);
    if (signal?.aborted) throw new ReadFailure('cancelled', true);
    const worker = this.#running();
    let id = 0;
    const cancel = () => post(worker, { kind: 'cancel', id });
    signal?.addEventListener('abort', cancel, { once: true });
    try {
      return await this.#requests.send((next) => {
        id = next;
        if (onProgress) this.#onProgress.set(id, onProgress);
        post(worker, { kind: 'ask', id, question });
      });
    } finally {
      signal?.removeEventListener('abort', cancel);
      this.#onProgress.delete(id);
    }
  }

  #running(): Worker {
    if (this.#worker) return this.#worker;
    const { script, path, nativeBinding, keys } = this.#options;
    const data: ReaderData = { path, nativeBinding, keys };
    const worker = new Worker(script, { workerData: data });
    worker.on('message', (message: FromReader) => this.#receive(message));
    // Without this listener an error in the thread would end the app. An 'exit' follows.
    worker.on('error', (error) => {
      this.#stopped(worker, String(error));
      // The file could not even be opened.
      if (/malformed|not a database/.test(String(error))) this.#options.damaged?.(String(error));
    });
    worker.on('exit', () => this.#stopped(worker, 'the reader stopped'));
    this.#worker = worker;
    return worker;
  }

  #receive(message: FromReader): void {
    switch (message.kind) {
      case 'progress':
        return this.#onProgress.get(message.id)?.(message.done, message.total);
      case 'answer':
        return this.#requests.resolve(message.id, message.answer);
      case 'failed':
        this.#requests.reject(message.id, new ReadFailure(message.message, message.cancelled));
        if (message.damaged) this.#options.damaged?.(message.message);
        return undefined;
      default:
        return assertNever(message, 'message');
    }
  }

  #stopped(worker: Worker, why: string): void {
    if (this.#worker !== worker) return;
    this.#worker = undefined;
    this.#requests.settleAll(() => {
      throw new ReadFailure(why, this.#closed);
    });
  }
}

function post(worker: Worker, message: ToReader): void {
  // A thread takes no target origin; the rule means windows.
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  worker.postMessage(message);
}

function expect<Op extends ReaderAnswer['op']>(
  op: Op,
  answer: ReaderAnswer,
): Extract<ReaderAnswer, { op: Op }> {
  if (!isAnswerTo(op, answer)) throw new ReadFailure(`asked ${op}, answered ${answer.op}`, false);
  return answer;
}

function isAnswerTo<Op extends ReaderAnswer['op']>(
  op: Op,
  answer: ReaderAnswer,
): answer is Extract<ReaderAnswer, { op: Op }> {
  return answer.op === op;
}
