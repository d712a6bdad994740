import type {
  ExportFormat,
  HistoryDetail,
  HistoryFilter,
  HistoryPage,
} from '../../shared/ipc/model.ts';

/** What the reader's thread is started with. */
export interface ReaderData {
  path: string;
  nativeBinding?: string | undefined;
}

/** What can be asked of the reader's thread, and what each is answered with. */
export interface ReaderCalls {
  list: {
    ask: { filter: HistoryFilter; after: string | undefined; limit: number };
    answer: HistoryPage;
  };
  get: { ask: { callId: string }; answer: HistoryDetail | undefined };
  unseenMissed: { ask: Record<string, never>; answer: number };
  export: {
    ask: { path: string; format: ExportFormat; filter: HistoryFilter };
    answer: { rows: number };
  };
}

export type ReaderOp = keyof ReaderCalls;

export type ToReader =
  | { [Op in ReaderOp]: { op: Op; id: number; ask: ReaderCalls[Op]['ask'] } }[ReaderOp]
  | { op: 'cancel'; id: number }
  | { op: 'close' };

export type FromReader =
  | { kind: 'answer'; id: number; answer: ReaderCalls[ReaderOp]['answer'] }
  | { kind: 'failed'; id: number; message: string; cancelled: boolean }
  | { kind: 'progress'; id: number; done: number; total: number };
