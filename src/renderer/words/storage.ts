import type { Notice, StorageTrouble, StorageView } from '../../shared/ipc/model.ts';
import { isolate } from '../../shared/lib/foreign-text.ts';

/** While the console's own file cannot be used. Calls are never in question. */
const storageTrouble: Readonly<Record<string, { what: string; next: string }>> = {
  full: {
    what: 'The disk is full, so calls are kept in memory only',
    next: 'Make room; Ringdesk stores them by itself then. Do not quit before',
  },
  locked: {
    what: 'Another program holds the call history, so calls are kept in memory only',
    next: 'Close backup, sync or database programs. Do not quit Ringdesk before',
  },
  'read-only': {
    what: 'The call history cannot be written, so calls are kept in memory only',
    next: 'Let your user write the file and its folder. Do not quit Ringdesk before',
  },
  'no-access': {
    what: 'The system does not let Ringdesk open the call history, so calls are kept in memory only',
    next: 'Give your user access to the file and its folder. Do not quit Ringdesk before',
  },
  disk: {
    what: 'The disk fails, so calls are kept in memory only',
    next: 'Have the disk checked. Do not quit Ringdesk before',
  },
  missing: {
    what: 'The folder of the call history is not there, so calls are kept in memory only',
    next: 'Bring the folder or its drive back. Do not quit Ringdesk before',
  },
  removed: {
    what: 'The call history was moved or deleted while Ringdesk used it',
    next: 'A new one is begun. Quit Ringdesk before you put the old one back',
  },
  'wears-out': {
    what: 'The disk damages every new call history, so calls are kept in memory only',
    next: 'Have the disk checked. Calls of this shift are lost when you quit',
  },
  newer: {
    what: 'A newer Ringdesk wrote the call history, so calls are kept in memory only',
    next: 'Install that version again. Calls of this shift are lost when you quit',
  },
} satisfies Record<StorageTrouble, { what: string; next: string }>;

/** What became of a small file of settings; whatever is wrong with one, it is not overwritten. */
const fileTrouble: Readonly<Record<string, { what: string; next: string }>> = {
  damaged: {
    what: 'A file with what was set up here was damaged and is kept as',
    next: 'Import your profile again',
  },
  'damaged-restored': {
    what: 'A damaged file was replaced by its copy; it is kept as',
    next: 'Nothing is lost',
  },
  newer: {
    what: 'A newer Ringdesk wrote a file, and it was not touched',
    next: 'Install that version again, or move the file away and import your profile',
  },
  'newer-restored': {
    what: 'A newer Ringdesk wrote a file; it is used, but not changed',
    next: 'Install that version again to change what is set up',
  },
  'no-access': {
    what: 'The system does not let Ringdesk read a file',
    next: 'Give your user access to it, then start Ringdesk again',
  },
  'no-access-restored': {
    what: 'The system does not let Ringdesk read a file; its copy is used',
    next: 'Give your user access to it',
  },
  'not-written': {
    what: 'What is set up could not be stored and lasts until you quit',
    next: 'Make room or let your user write the folder, then import your profile again',
  },
};

/** What became of a damaged history. */
function setAsideWords({ what = '', calls = '0' }: Readonly<Record<string, string>>): string {
  const damaged = 'The call history was damaged, and a new one was begun';
  const count = Number(calls);
  switch (what) {
    case 'going-on':
      return `${damaged}. What can still be read is being brought back`;
    case 'done':
      return `${damaged}. ${cameBack(count)}`;
    default:
      return `${damaged}. Bringing calls back stopped; it begins again at the next start`;
  }
}

function cameBack(calls: number): string {
  if (calls === 0) return 'No call could be brought back';
  return calls === 1 ? '1 call came back' : `${calls} calls came back`;
}

/** What a notice about one of our files says; undefined for other notices. */
export function storageSaid({ code, values }: Notice): { what: string; next?: string } | undefined {
  const { what = '', path = '' } = values;
  if (code === 'storage-set-aside') {
    return { what: setAsideWords(values), next: `The damaged file is kept as ${isolate(path)}` };
  }
  const known =
    code === 'storage-trouble'
      ? storageTrouble[what]
      : code === 'file-trouble'
        ? fileTrouble[what]
        : undefined;
  return known && { what: `${known.what}: ${isolate(path)}`, next: known.next };
}

/** A line above the list of calls, and the file that it is about. */
interface Line {
  what: string;
  path: string;
}

/** Why the list may be shorter than it was. */
export function historyGap({ setAside }: StorageView): Line | undefined {
  if (!setAside) return undefined;
  const { calls, failed, progress = 0, path } = setAside;
  const kept = 'The damaged file is kept as';
  if (failed !== undefined) {
    return { what: `Calls from before are missing: bringing them back stopped. ${kept}`, path };
  }
  if (calls === undefined) {
    const percent = Math.floor(progress * 100);
    return { what: `Calls from before are coming back (${percent}%). ${kept}`, path };
  }
  const rest = calls === 0 ? '' : ' Others from before may be missing.';
  return { what: `The history was damaged. ${cameBack(calls)}.${rest} ${kept}`, path };
}

/** While calls are only in memory. */
export function historyWaits({ trouble, path }: StorageView): Line | undefined {
  if (!trouble) return undefined;
  const what = 'Calls of this moment are kept in memory and listed here once they are stored in';
  return { what, path };
}

/** An empty list that is not one of a new console. */
export const historyEmpty = {
  title: 'Calls cannot be listed now',
  text: 'Calls ring and work all the same. The line above says what is wrong and where the file is.',
};
