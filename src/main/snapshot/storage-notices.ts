import type { NoticeCode } from '../../shared/ipc/notices.ts';
import type { StorageView } from '../../shared/ipc/storage.ts';
import type { FileTrouble } from '../lib/json-file.ts';
import type { Notices } from './notices.ts';

/**
 * Shows what is wrong with the console's file, for as long as it lasts; the window has the texts.
 */
export class StorageNotices {
  readonly #notices: Notices;
  /** The last text of each notice: one that the agent dismissed returns only with a new text. */
  readonly #shown = new Map<NoticeCode, string>();

  constructor(notices: Notices) {
    this.#notices = notices;
  }

  update({ path, trouble, setAside, leftOut, isOnNetwork }: StorageView): void {
    if (trouble) {
      this.#put('storage-trouble', 'error', { what: trouble.kind, why: trouble.why, path });
    } else this.close();
    // A damaged file of an earlier run is mentioned in the history instead.
    if (setAside?.isNews === true) {
      const { failed, calls } = setAside;
      const what = failed !== undefined ? 'failed' : calls === undefined ? 'going-on' : 'done';
      this.#put('storage-set-aside', 'warning', {
        what,
        calls: String(calls ?? 0),
        path: setAside.path,
      });
    }
    if (isOnNetwork) this.#put('storage-network', 'warning', { path });
    if (leftOut.length > 0) {
      const what = leftOut.slice(0, 3).join(', ');
      this.#put('storage-left-out', 'warning', { what, count: String(leftOut.length), path });
    }
  }

  /** The workspace is closing: withdraws all notices about its file. */
  close(): void {
    this.#notices.remove('storage-trouble');
    this.#shown.delete('storage-trouble');
  }

  #put(code: NoticeCode, kind: 'warning' | 'error', values: Record<string, string>): void {
    const text = JSON.stringify(values);
    if (this.#shown.get(code) === text) return;
    this.#shown.set(code, text);
    this.#notices.add({ code, kind, values });
  }
}

/** Notifies the agent about a problem with one of our small files. */
export function notifyFileTrouble(
  notices: Notices,
  { kind, path, aside, restored, why }: FileTrouble,
): void {
  notices.add({
    id: `file-trouble/${path}/${kind}`,
    kind: restored ? 'warning' : 'error',
    code: 'file-trouble',
    values: { what: restored ? `${kind}-restored` : kind, path: aside ?? path, why },
  });
}
