import type { Migration, NewerError } from '../../sqlite/migrate.ts';
import { initial } from './migrations/0001-initial.ts';
import { contacts } from './migrations/0002-contacts.ts';
import { callAlias } from './migrations/0003-call-alias.ts';
import { persons } from './migrations/0004-persons.ts';
import { fieldWords } from './migrations/0005-field-words.ts';
import { callsByPath } from './migrations/0006-calls-by-path.ts';
import { callNotes } from './migrations/0007-call-notes.ts';
import { dispositions } from './migrations/0008-dispositions.ts';
import { callbacks } from './migrations/0009-callbacks.ts';
import { unread } from './migrations/0010-unread.ts';
import { todo } from './migrations/0011-todo.ts';
import { people } from './migrations/0012-people.ts';
import { deviceOrder } from './migrations/0013-device-order.ts';
import { listed } from './migrations/0014-listed.ts';
import { counts } from './migrations/0015-counts.ts';
import { sharedMerges } from './migrations/0016-shared-merges.ts';
import { recordings } from './migrations/0017-recordings.ts';
import { insight } from './migrations/0018-insight.ts';
import { packedDays } from './migrations/0019-packed-days.ts';
import { callReports } from './migrations/0020-call-reports.ts';
import { callsByNumber } from './migrations/0021-calls-by-number.ts';
import { recorded } from './migrations/0022-recorded.ts';
import { lineVoices } from './migrations/0023-line-voices.ts';

/** The migrations of the console's database. */
export const migrations: readonly Migration[] = [
  initial,
  contacts,
  callAlias,
  persons,
  fieldWords,
  callsByPath,
  callNotes,
  dispositions,
  callbacks,
  unread,
  todo,
  people,
  deviceOrder,
  listed,
  counts,
  sharedMerges,
  recordings,
  insight,
  packedDays,
  callReports,
  callsByNumber,
  recorded,
  lineVoices,
];

/** A later version of the app wrote the file. */
export class DatabaseNewerError extends Error {
  override readonly name = 'DatabaseNewerError';
  readonly found: number;
  readonly known: number;

  constructor(path: string, found: number, known: number) {
    super(
      `The call history in ${path} was written by a newer Ringdesk (format ${found}; this one knows up to ${known}). ` +
        'Nothing was changed. Install the newer version again, or move the file away to begin an empty history.',
    );
    this.found = found;
    this.known = known;
  }
}

/** For `migrate` and `refuseNewer`. */
export const newerDatabase: NewerError = (db, found, known) =>
  new DatabaseNewerError(db.name, found, known);
