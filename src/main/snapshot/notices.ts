import type { Notice, NoticeCode } from '../../shared/ipc/model.ts';

/** What the agent should know until it is dismissed or no longer so. */
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

  /** A second notice of the same `id` replaces the first. */
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

  /** By the agent, or because it is no longer so. */
  remove(id: string): void {
    if (!this.#all.some((notice) => notice.id === id)) return;
    this.#all = this.#all.filter((notice) => notice.id !== id);
    this.#changed();
  }
}
