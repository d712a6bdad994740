import type { InsightPart, InsightRange } from '../../shared/protocol/insight-question.ts';
import type { Contact, ContactPage } from '../../shared/ipc/contacts.ts';
import type { CallCount, HistoryDetail, HistoryPage } from '../../shared/ipc/history.ts';
import type { InsightFigures, Preparing } from '../../shared/insight/figures.ts';
import type { KnownPerson } from './known-person.ts';
import type { CallFilter } from './history-filter.ts';
import type { Roster } from './insight/insight.ts';
import type { PersonRecord } from '../../shared/people/person-record.ts';
import type { Party } from '../../shared/providers/events.ts';
import type { ExportRequest, ReaderAnswer, ReaderData, ReaderRequest } from './reader-protocol.ts';
import { ReadFailure, type ReadOptions, ReaderThread } from './reader-thread.ts';

export { ReadFailure } from './reader-thread.ts';

export interface HistoryReaderOptions extends ReaderData {
  /** The thread's script: bundled in the app, the TypeScript file in tests. */
  script: string | URL;
  /** The thread found the file damaged. */
  damaged?: ((why: string) => void) | undefined;
}

/**
 * An export needs little at a time; without a limit its memory grows while there is enough of it. With less, collecting
 * takes longer than exporting.
 */
const EXPORT_LIMITS = { maxOldGenerationSizeMb: 40, maxYoungGenerationSizeMb: 8 };

/**
 * Reads the call history on a thread of its own, and exports it on another one, which ends with the export. Main must
 * have opened (and so migrated) the file before. A thread that died is restarted with the next question. Every method
 * rejects with `ReadFailure`.
 */
export class HistoryReader {
  readonly #pages: ReaderThread;
  readonly #exports: ReaderThread;
  #exporting = 0;
  /** The last export's thread is gone. */
  #ending: Promise<void> = Promise.resolve();
  /** Resolves when the file may be opened again. */
  #held: Promise<unknown> = Promise.resolve();
  #closed = false;

  constructor({ script, damaged, ...data }: HistoryReaderOptions) {
    this.#pages = new ReaderThread({ script, damaged, data });
    this.#exports = new ReaderThread({ script, damaged, data, limits: EXPORT_LIMITS });
  }

  /** One page, newest first; `after` is `next` of the page before. */
  async list(filter: CallFilter, after: string | undefined, limit: number): Promise<HistoryPage> {
    return expect('list', await this.#request({ op: 'list', filter, after, limit })).page;
  }

  /** How many calls match. */
  async count(filter: CallFilter): Promise<number> {
    return expect('count', await this.#request({ op: 'count', filter })).calls;
  }

  /** How many calls each filter finds, as far as that is soon known. */
  async counts(filters: readonly CallFilter[]): Promise<readonly (CallCount | undefined)[]> {
    return expect('counts', await this.#request({ op: 'counts', filters })).counts;
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

  /** What the calls of a range add up to, however long it takes to count them. */
  async insight(part: InsightPart, range: InsightRange, roster: Roster): Promise<InsightFigures> {
    const asked = { op: 'insight' as const, part, range, roster, isPatient: true };
    const { figures } = expect('insight', await this.#request(asked));
    if (figures.view === 'preparing') throw new Error('asked to wait');
    return figures;
  }

  /** The same for somebody who looks: without an answer yet if many days have to be prepared first. */
  async preparedInsight(
    part: InsightPart,
    range: InsightRange,
    roster: Roster,
  ): Promise<{ figures: InsightFigures | Preparing; isPacked: boolean }> {
    const asked = { op: 'insight' as const, part, range, roster, isPatient: false };
    const { figures, isPacked } = expect('insight', await this.#request(asked));
    return { figures, isPacked };
  }

  /** Whom the hashes of an erasure mean here. */
  async keysOfHashes(salt: string, hashes: readonly string[]): Promise<readonly string[]> {
    return expect('keys-of-hashes', await this.#request({ op: 'keys-of-hashes', salt, hashes }))
      .keys;
  }

  /** All that is known of one person. */
  async known(party: Party): Promise<KnownPerson> {
    return expect('known', await this.#request({ op: 'known', party })).known;
  }

  /** Writes call records to a file; see `exportCalls`. */
  async export(what: ExportRequest, watch: ReadOptions = {}): Promise<{ rows: number }> {
    await this.#free();
    await this.#ending;
    if (watch.signal?.aborted) throw new ReadFailure('cancelled', true);
    this.#exporting += 1;
    try {
      const { rows } = expect('export', await this.#exports.ask({ op: 'export', ...what }, watch));
      return { rows };
    } finally {
      this.#exporting -= 1;
      if (this.#exporting === 0) this.#ending = this.#exports.stop();
      await this.#ending;
    }
  }

  /** Closes the file so that it can be moved. Questions wait for `until`. */
  async release(until: Promise<unknown>): Promise<void> {
    this.#held = until;
    await Promise.all([this.#pages.stop(), this.#exports.stop()]);
  }

  /** Stops the threads, which would keep the process alive. Pending reads reject. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([this.#pages.stop(true), this.#exports.stop(true)]);
  }

  async #free(): Promise<void> {
    await this.#held;
    if (this.#closed) throw new ReadFailure('the history is closed', true);
  }

  async #request(question: ReaderRequest): Promise<ReaderAnswer> {
    await this.#free();
    return this.#pages.ask(question);
  }
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
