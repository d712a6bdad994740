import { type ResourceLimits, Worker } from 'node:worker_threads';
import { assertNever } from '../../shared/lib/assert-never.ts';
import { PendingRequests } from '../../shared/lib/pending-requests.ts';
import type {
  FromReader,
  ReaderAnswer,
  ReaderData,
  ReaderRequest,
  ToReader,
} from './reader-protocol.ts';

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

interface ReaderThreadOptions {
  /** The thread's script: bundled in the app, the TypeScript file in tests. */
  script: string | URL;
  data: ReaderData;
  /** The thread found the file damaged. */
  damaged?: ((why: string) => void) | undefined;
  limits?: ResourceLimits | undefined;
}

/** One thread that reads the history. It starts with the first question, and again if it died. */
export class ReaderThread {
  readonly #options: ReaderThreadOptions;
  readonly #requests = new PendingRequests<ReaderAnswer>();
  readonly #onProgress = new Map<number, NonNullable<ReadOptions['onProgress']>>();
  #worker: Worker | undefined;
  #closed = false;

  constructor(options: ReaderThreadOptions) {
    this.#options = options;
  }

  async ask(
    question: ReaderRequest,
    { onProgress, signal }: ReadOptions = {},
  ): Promise<ReaderAnswer> {
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

  /** Closes the file. Pending questions fail. @param forGood they count as cancelled */
  async stop(forGood = false): Promise<void> {
    this.#closed ||= forGood;
    const worker = this.#worker;
    if (!worker) return;
    const gone = new Promise<void>((resolve) => {
      worker.once('exit', () => resolve());
    });
    post(worker, { kind: 'close' });
    await gone;
  }

  #running(): Worker {
    if (this.#worker) return this.#worker;
    const { script, data, limits, damaged } = this.#options;
    const worker = new Worker(script, {
      workerData: data,
      ...(limits && { resourceLimits: limits }),
    });
    worker.on('message', (message: FromReader) => this.#receive(message));
    // Without this listener an error in the thread would end the app. An 'exit' follows.
    worker.on('error', (error) => {
      this.#stopped(worker, String(error));
      // The file could not even be opened.
      if (/malformed|not a database/.test(String(error))) damaged?.(String(error));
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
