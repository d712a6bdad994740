import type { Migration } from '../../../sqlite/migrate.ts';

/** Some providers know a call by two ids, and speak of it by either. */
export const callAlias: Migration = {
  version: 3,
  name: '0003-call-alias',
  up(db) {
    db.exec(`
      CREATE INDEX call_alias ON call (account_id, json_extract(snapshot, '$.alias'))
        WHERE json_extract(snapshot, '$.alias') IS NOT NULL;
    `);
  },
};
