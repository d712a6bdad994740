import { Worker } from 'node:worker_threads';
import type {
  ExportFormat,
  HistoryDetail,
  HistoryFilter,
  HistoryPage,
} from '../../shared/ipc/model.ts';
import type { FromReader, ReaderCalls, ReaderData, ReaderOp, ToReader } from './reader-protocol.ts';

export interface HistoryReaderOptions extends ReaderData {
  /** The reader's script: bundled in the app, the TypeScript file in tests. */
  script: string | URL;
}

/** A read that was not finished: cancelled, or the thread or the file failed. */
export class ReadFailure extends Error {
  override readonly name = 'ReadFailure';
  readonly cancelled: boolean;

  constructor(message: string, cancelled: boolean) {
    super(message);
    this.cancelled = cancelled;
  }
}

interface Waiting {
  resolve: (answer: never) => void;
  reject: (error: ReadFailure) => void;
  onProgress?: ((done: number, total: number) => void) | undefined;
}

/**
 * Reads of the call history on a thread of their own. Main must have opened (and so migrated) the file before. A thread that
 * died is started again with the next question. Every method rejects with `ReadFailure`.
 */
export class HistoryReader {
  private readonly options: HistoryReaderOptions;
  private readonly waiting = new Map<number, Waiting>();
  private worker: Worker | undefined;
  private lastId = 0;
  private closed = false;

  constructor(options: HistoryReaderOptions) {
    this.options = options;
  }

  /** One page, newest first; `after` is `next` of the page before. */
  list(filter: HistoryFilter, after: string | undefined, limit: number): Promise<HistoryPage> {
    return this.ask('list', { filter, after, limit });
  }

  get(callId: string): Promise<HistoryDetail | undefined> {
    return this.ask('get', { callId });
  }

  /** Missed calls nobody has seen or returned. */
  unseenMissed(): Promise<number> {
    return this.ask('unseenMissed', {});
  }

  /** Writes call records to a file; see `exportCalls`. */
  export(
    what: { path: string; format: ExportFormat; filter: HistoryFilter },
    more: {
      onProgress?: ((done: number, total: number) => void) | undefined;
      signal?: AbortSignal | undefined;
    } = {},
  ): Promise<{ rows: number }> {
    return this.ask('export', what, more);
  }

  /** Stops the thread; what was being read is refused. */
  async close(): Promise<void> {
    this.closed = true;
    const { worker } = this;
    if (!worker) return;
    const gone = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
    this.post(worker, { op: 'close' });
    await gone;
  }

  private ask<Op extends ReaderOp>(
    op: Op,
    ask: ReaderCalls[Op]['ask'],
    more: { onProgress?: Waiting['onProgress']; signal?: AbortSignal | undefined } = {},
  ): Promise<ReaderCalls[Op]['answer']> {
    const { signal, onProgress } = more;
    if (this.closed) return Promise.reject(new ReadFailure('the history is closed', true));
    if (signal?.aborted) return Promise.reject(new ReadFailure('cancelled', true));
    const worker = this.running();
    const id = ++this.lastId;
    const cancel = () => this.post(worker, { op: 'cancel', id });
    signal?.addEventListener('abort', cancel, { once: true });
    const answered = new Promise<ReaderCalls[Op]['answer']>((resolve, reject) => {
      this.waiting.set(id, { resolve, reject, onProgress });
    });
    // The pairing of `op` and `ask` is fixed by this method's own signature.
    this.post(worker, { op, id, ask } as ToReader);
    return answered.finally(() => signal?.removeEventListener('abort', cancel));
  }

  private running(): Worker {
    if (this.worker) return this.worker;
    const { script, path, nativeBinding } = this.options;
    const data: ReaderData = { path, nativeBinding };
    const worker = new Worker(script, { workerData: data });
    worker.on('message', (message: FromReader) => this.receive(message));
    // An 'exit' always follows; without this listener an error in the thread would end the app.
    worker.on('error', (error) => this.stopped(worker, String(error)));
    worker.on('exit', () => this.stopped(worker, 'the reader stopped'));
    worker.unref();
    this.worker = worker;
    return worker;
  }

  private receive(message: FromReader): void {
    const waiting = this.waiting.get(message.id);
    if (!waiting) return;
    switch (message.kind) {
      case 'progress':
        waiting.onProgress?.(message.done, message.total);
        return;
      case 'answer':
        this.waiting.delete(message.id);
        waiting.resolve(message.answer as never);
        return;
      case 'failed':
        this.waiting.delete(message.id);
        waiting.reject(new ReadFailure(message.message, message.cancelled));
    }
  }

  private stopped(worker: Worker, why: string): void {
    if (this.worker !== worker) return;
    this.worker = undefined;
    for (const [id, waiting] of this.waiting) {
      this.waiting.delete(id);
      waiting.reject(new ReadFailure(why, this.closed));
    }
  }

  /** Workers have no origin to name; the rule is about windows. */
  private post(worker: Worker, message: ToReader): void {
    worker.postMessage(message);
  }
}
