import type { Migration } from '../../../sqlite/migrate.ts';

const isListed = (row: string) => `${row}.covered IS NULL AND ${row}.outcome IS NOT NULL`;
const voicemail = (row: string) => `instr(${row}.snapshot, '"voicemail":{') > 0`;

/**
 * How many calls lists show, kept while calls are written: counting a million takes too long. And an index of records
 * for which another one stands, by which an export tells at once whether a call has several.
 */
export const counts: Migration = {
  version: 15,
  name: '0015-counts',
  up(db) {
    db.exec(`
      CREATE INDEX call_is_covered ON call (account_id, provider_call_id) WHERE covered = 1;

      CREATE TABLE call_count (
        account_id TEXT NOT NULL,
        direction TEXT NOT NULL,
        outcome TEXT NOT NULL,
        voicemail INTEGER NOT NULL,
        n INTEGER NOT NULL,
        PRIMARY KEY (account_id, direction, outcome, voicemail)
      ) STRICT, WITHOUT ROWID;
      INSERT INTO call_count (account_id, direction, outcome, voicemail, n)
        SELECT account_id, direction, outcome, 1, count(*) FROM call INDEXED BY call_voicemail
        WHERE ${isListed('call')} AND ${voicemail('call')} GROUP BY 1, 2, 3;
      INSERT INTO call_count (account_id, direction, outcome, voicemail, n)
        SELECT account_id, direction, outcome, 0, count(*) - coalesce((SELECT n FROM call_count AS left
          WHERE left.account_id = call.account_id AND left.direction = call.direction
            AND left.outcome = call.outcome AND left.voicemail = 1), 0)
        FROM call INDEXED BY call_account_outcome WHERE ${isListed('call')} GROUP BY 1, 2, 3;

      CREATE TRIGGER call_count_new AFTER INSERT ON call WHEN ${isListed('new')}
        BEGIN ${change('new', '+ 1')} END;
      CREATE TRIGGER call_count_gone AFTER DELETE ON call WHEN ${isListed('old')}
        BEGIN ${change('old', '- 1')} END;
      CREATE TRIGGER call_count_listed AFTER UPDATE ON call
        WHEN ${isListed('new')} AND NOT (${isListed('old')})
        BEGIN ${change('new', '+ 1')} END;
      CREATE TRIGGER call_count_unlisted AFTER UPDATE ON call
        WHEN ${isListed('old')} AND NOT (${isListed('new')})
        BEGIN ${change('old', '- 1')} END;
      CREATE TRIGGER call_count_changed AFTER UPDATE ON call
        WHEN ${isListed('old')} AND ${isListed('new')} AND (new.account_id <> old.account_id
          OR new.direction <> old.direction OR new.outcome <> old.outcome
          OR (${voicemail('new')}) <> (${voicemail('old')}))
        BEGIN ${change('old', '- 1')} ${change('new', '+ 1')} END;
    `);
  },
};

function change(row: string, by: '+ 1' | '- 1'): string {
  return `
    INSERT INTO call_count (account_id, direction, outcome, voicemail, n)
      VALUES (${row}.account_id, ${row}.direction, ${row}.outcome, ${voicemail(row)}, 0 ${by})
      ON CONFLICT DO UPDATE SET n = n ${by};`;
}
