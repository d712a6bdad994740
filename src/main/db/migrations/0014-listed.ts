import type { Migration } from '../../../sqlite/migrate.ts';

/** `rankOf` of `history-filter.ts` as it was when this was written. */
const rankOf = (call: string) =>
  `coalesce(nullif(instr('missed answered declined failed elsewhere', ${call}.outcome), 0), 99)`;

const IS_COVERED = `EXISTS (SELECT 1 FROM call AS other WHERE other.account_id = call.account_id
  AND other.provider_call_id = call.provider_call_id AND other.outcome IS NOT NULL
  AND (${rankOf('other')}, other.seq) < (${rankOf('call')}, call.seq))`;

const LISTED = 'covered IS NULL AND outcome IS NOT NULL';

/**
 * What lists show, decided when a call is written instead of each time it is read: which record stands for a call, an
 * index for each filter, and an index for searches of one and two letters. That one begins empty for old calls; the
 * maintenance thread fills it, because a million calls take a while.
 */
export const listed: Migration = {
  version: 14,
  name: '0014-listed',
  up(db) {
    db.exec(`
      -- 1: another record stands for the call. Else NULL, as in rows that were rescued from older files.
      ALTER TABLE call ADD COLUMN covered INTEGER;
      UPDATE call SET covered = 1 WHERE ${IS_COVERED} AND (account_id, provider_call_id) IN (
        SELECT account_id, provider_call_id FROM call WHERE provider_call_id IS NOT NULL
        GROUP BY account_id, provider_call_id HAVING count(*) > 1);

      CREATE TRIGGER call_covered_new AFTER INSERT ON call WHEN new.provider_call_id IS NOT NULL
        BEGIN ${cover('new')} END;
      CREATE TRIGGER call_covered_changed AFTER UPDATE OF seq, outcome, account_id, provider_call_id ON call
        WHEN new.provider_call_id IS NOT NULL AND (new.seq IS NOT old.seq OR new.outcome IS NOT old.outcome
          OR new.account_id IS NOT old.account_id OR new.provider_call_id IS NOT old.provider_call_id)
        BEGIN ${cover('new')} ${cover('old')} END;
      CREATE TRIGGER call_covered_gone AFTER DELETE ON call WHEN old.provider_call_id IS NOT NULL
        BEGIN ${cover('old')} END;

      DROP INDEX call_account;
      DROP INDEX call_direction;
      DROP INDEX call_outcome;
      CREATE INDEX call_account ON call (account_id) WHERE ${LISTED};
      CREATE INDEX call_direction ON call (direction) WHERE ${LISTED};
      CREATE INDEX call_outcome ON call (outcome) WHERE ${LISTED};
      CREATE INDEX call_direction_outcome ON call (direction, outcome) WHERE ${LISTED};
      -- With 'seq' among its columns it is in the history's order and answers a third filter as well.
      CREATE INDEX call_account_outcome ON call (account_id, outcome, seq, direction) WHERE ${LISTED};
      CREATE INDEX call_voicemail ON call (seq, account_id, outcome, direction)
        WHERE ${LISTED} AND instr(snapshot, '"voicemail":{') > 0;

      -- One and two letters, as 'db/grams.ts' spells them.
      CREATE VIRTUAL TABLE call_gram USING fts5 (
        grams, content = '', contentless_delete = 1, detail = none, tokenize = 'ascii'
      );
      -- Calls below this one are not in it yet; none: all are.
      CREATE TABLE call_gram_below (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        seq INTEGER NOT NULL
      ) STRICT;
      INSERT INTO call_gram_below (one, seq) SELECT 1, max(seq) + 1 FROM call HAVING count(*) > 0;
    `);
  },
};

function cover(row: string): string {
  return `
    UPDATE call SET covered = iif(${IS_COVERED}, 1, NULL)
      WHERE account_id = ${row}.account_id AND provider_call_id = ${row}.provider_call_id
        AND covered IS NOT iif(${IS_COVERED}, 1, NULL);`;
}
