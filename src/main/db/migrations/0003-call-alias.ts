import type { Migration } from '../../../sqlite/migrate.ts';

/** Some providers have two ids for a call and report either. */
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
