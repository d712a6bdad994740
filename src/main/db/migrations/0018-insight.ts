import type { Migration } from '../../../sqlite/migrate.ts';

/**
 * Calls of a UTC day in a form that is counted quickly (`db/insight`). A day without a row is counted from the calls
 * themselves, so a change only has to take the row away; the maintenance thread makes it anew.
 */
export const insight: Migration = {
  version: 18,
  name: '0018-insight',
  up(db) {
    db.exec(`
      CREATE TABLE insight_day (
        day INTEGER PRIMARY KEY,
        calls BLOB NOT NULL,
        -- What the calls refer to by number, as JSON.
        words TEXT NOT NULL
      ) STRICT;

      -- How long the agent wrote the call down, in whole seconds. Rows that were rescued from older files have none.
      ALTER TABLE call ADD COLUMN wrap_up_seconds INTEGER;

      CREATE TRIGGER insight_call_new AFTER INSERT ON call WHEN new.outcome IS NOT NULL
        BEGIN ${forget('new')} END;
      CREATE TRIGGER insight_call_changed AFTER UPDATE OF seq, outcome, account_id, provider_call_id, wa_id,
          created_at, connected_at, ended_at, talk_seconds, end_reason, snapshot, covered, wrap_up_seconds ON call
        WHEN new.outcome IS NOT NULL OR old.outcome IS NOT NULL
        BEGIN ${forget('new')} ${forget('old')} END;
      CREATE TRIGGER insight_call_gone AFTER DELETE ON call WHEN old.outcome IS NOT NULL
        BEGIN ${forget('old')} END;

      CREATE TRIGGER insight_quality_new AFTER INSERT ON call_quality BEGIN ${forgetCall('new')} END;
      CREATE TRIGGER insight_quality_changed AFTER UPDATE ON call_quality BEGIN ${forgetCall('new')} END;
      CREATE TRIGGER insight_note_new AFTER INSERT ON call_note BEGIN ${forgetCall('new')} END;
      CREATE TRIGGER insight_note_changed AFTER UPDATE ON call_note BEGIN ${forgetCall('new')} END;
      CREATE TRIGGER insight_note_gone AFTER DELETE ON call_note BEGIN ${forgetCall('old')} END;
    `);
  },
};

const DAY_MS = 86_400_000;

/** A call and its other records, any of which may stand for it. */
function forget(row: string): string {
  return `
    DELETE FROM insight_day WHERE day = ${row}.created_at / ${DAY_MS};
    DELETE FROM insight_day WHERE day IN (SELECT part.created_at / ${DAY_MS} FROM call AS part
      WHERE part.account_id = ${row}.account_id AND part.provider_call_id = ${row}.provider_call_id);`;
}

function forgetCall(row: string): string {
  return `
    DELETE FROM insight_day WHERE day IN (SELECT created_at / ${DAY_MS} FROM call WHERE seq = ${row}.call_seq);
    DELETE FROM insight_day WHERE day IN (SELECT part.created_at / ${DAY_MS} FROM call
      JOIN call AS part ON part.account_id = call.account_id AND part.provider_call_id = call.provider_call_id
      WHERE call.seq = ${row}.call_seq);`;
}
