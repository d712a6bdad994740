import { formats, lookUp, t } from '../../shared/i18n/i18n.ts';
import type { Message } from '../../shared/i18n/message.ts';
import type { Notice } from '../../shared/ipc/notices.ts';
import type { StorageView } from '../../shared/ipc/storage.ts';

/** What happened to a damaged history. */
function setAsideText({ what = '', calls = '0' }: Readonly<Record<string, string>>): string {
  switch (what) {
    case 'going-on':
      return t('storage.damaged.going-on');
    case 'done':
      return t('storage.damaged.done', { cameBack: recoveredText(Number(calls)) });
    default:
      return t('storage.damaged.stopped');
  }
}

function recoveredText(calls: number): string {
  return calls === 0 ? t('storage.noneCameBack') : t('storage.cameBack', { count: calls });
}

/** The message of a notice about one of our files; undefined for other notices. */
export function storageMessage({ code, values }: Notice): Message | undefined {
  const { what = '', path = '' } = values;
  if (code === 'storage-set-aside') {
    return { what: setAsideText(values), next: t('storage.keptAs', { path }) };
  }
  const table =
    code === 'storage-trouble'
      ? 'storage.troubles'
      : code === 'file-trouble'
        ? 'storage.files'
        : undefined;
  const text = table && lookUp(table, `${what}.what`);
  if (table === undefined || text === undefined) return undefined;
  return {
    what: t('storage.withPath', { what: text, path }),
    next: lookUp(table, `${what}.next`),
  };
}

/** A line above the call list, and the file it concerns. */
interface Line {
  what: string;
  path: string;
}

/** Why calls may be missing from the list. */
export function missingCallsNote({ setAside }: StorageView): Line | undefined {
  if (!setAside) return undefined;
  const { calls, failed, progress = 0, path } = setAside;
  if (failed !== undefined) {
    return { what: t('storage.gap.stopped'), path };
  }
  if (calls === undefined) {
    const percent = formats.percent(Math.floor(progress * 100) / 100);
    return { what: t('storage.gap.going-on', { percent }), path };
  }
  const what =
    calls === 0
      ? t('storage.gap.nothing', { cameBack: recoveredText(calls) })
      : t('storage.gap.done', { cameBack: recoveredText(calls) });
  return { what, path };
}

/** Shown while calls are kept in memory only. */
export function unsavedCallsNote({ trouble, path }: StorageView): Line | undefined {
  if (!trouble) return undefined;
  return { what: t('storage.waits'), path };
}
