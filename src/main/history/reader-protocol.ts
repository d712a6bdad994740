import type { InsightPart, InsightRange } from '../../shared/protocol/insight-question.ts';
import type { Contact, ContactPage } from '../../shared/ipc/contacts.ts';
import type {
  CallCount,
  HistoryDetail,
  HistoryFilter,
  HistoryPage,
} from '../../shared/ipc/history.ts';
import type { CsvSeparator, ExportColumn, ExportFormat } from '../../shared/ipc/export.ts';
import type { InsightFigures, Preparing } from '../../shared/insight/figures.ts';
import type { KnownPerson } from './known-person.ts';
import type { CallFilter } from './history-filter.ts';
import type { Roster } from './insight/insight.ts';
import type { PersonRecord } from '../../shared/people/person-record.ts';
import type { Party } from '../../shared/providers/events.ts';

/** What the reader's thread starts with. */
export interface ReaderData {
  path: string;
  nativeBinding?: string | undefined;
  /** See `OpenOptions`. */
  keys?: readonly string[] | undefined;
}

export interface ExportRequest {
  path: string;
  format: ExportFormat;
  /** For CSV only; a comma by default. */
  separator?: CsvSeparator | undefined;
  filter: HistoryFilter;
  /** Of a table; all by default. */
  columns?: readonly ExportColumn[] | undefined;
  /** Also write `….manifest.json` beside the file. */
  manifest?: boolean | undefined;
}

/** Questions to the reader's thread. */
export type ReaderRequest =
  | { op: 'list'; filter: CallFilter; after: string | undefined; limit: number }
  | { op: 'count'; filter: CallFilter }
  | { op: 'counts'; filters: readonly CallFilter[] }
  | { op: 'get'; callId: string }
  | { op: 'contacts'; text: string; after: string | undefined; limit: number }
  | { op: 'contact'; party: Party; before: string | undefined; limit: number }
  | { op: 'everyone' }
  | {
      op: 'insight';
      part: InsightPart;
      range: InsightRange;
      roster: Roster;
      /** However long it takes. */
      isPatient: boolean;
    }
  | { op: 'keys-of-hashes'; salt: string; hashes: readonly string[] }
  | { op: 'known'; party: Party }
  | ({ op: 'export' } & ExportRequest);

/** The answer to each question. */
export type ReaderAnswer =
  | { op: 'list'; page: HistoryPage }
  | { op: 'count'; calls: number }
  | { op: 'counts'; counts: readonly (CallCount | undefined)[] }
  | { op: 'get'; detail: HistoryDetail | undefined }
  | { op: 'contacts'; page: ContactPage }
  | { op: 'contact'; contact: Contact }
  | { op: 'everyone'; people: readonly PersonRecord[] }
  | { op: 'insight'; figures: InsightFigures | Preparing; isPacked: boolean }
  | { op: 'keys-of-hashes'; keys: readonly string[] }
  | { op: 'known'; known: KnownPerson }
  | { op: 'export'; rows: number };

export type ToReader =
  | { kind: 'ask'; id: number; question: ReaderRequest }
  | { kind: 'cancel'; id: number }
  | { kind: 'close' };

export type FromReader =
  | { kind: 'answer'; id: number; answer: ReaderAnswer }
  /** `damaged`: the file itself, not only this read. */
  | { kind: 'failed'; id: number; message: string; cancelled: boolean; damaged: boolean }
  | { kind: 'progress'; id: number; done: number; total: number };
