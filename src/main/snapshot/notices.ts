import type { Notice, NoticeCode } from '../../shared/ipc/notices.ts';

/** Notices for the agent, each shown until it is dismissed or no longer true. */
export class Notices {
  #all: readonly Notice[] = [];
  readonly #now: () => number;
  readonly #changed: () => void;

  constructor(now: () => number, changed: () => void) {
    this.#now = now;
    this.#changed = changed;
  }

  list(): readonly Notice[] {
    return this.#all;
  }

  /** Adds a notice, or replaces the one with the same `id`. */
  add(notice: {
    id?: string;
    kind: Notice['kind'];
    code: NoticeCode;
    values?: Record<string, string>;
  }): void {
    const id = notice.id ?? notice.code;
    const { kind, code, values = {} } = notice;
    this.#all = [
      ...this.#all.filter((other) => other.id !== id),
      { id, kind, code, values, at: this.#now() },
    ];
    this.#changed();
  }

  /** Removes a notice: the agent dismissed it, or it is no longer true. */
  remove(id: string): void {
    if (!this.#all.some((notice) => notice.id === id)) return;
    this.#all = this.#all.filter((notice) => notice.id !== id);
    this.#changed();
  }
}
