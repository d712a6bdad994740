import type { Migration } from '../../../sqlite/migrate.ts';

/** Which channel of a recording a line was said on, where nobody knows whose it is; `speaker` is then `unknown`. */
export const lineVoices: Migration = {
  version: 23,
  name: '0023-line-voices',
  up(db) {
    // A column more, and not one word more in the check of `speaker`: that would write every line anew.
    db.exec('ALTER TABLE transcript_line ADD COLUMN voice INTEGER CHECK (voice IN (1, 2))');
  },
};
