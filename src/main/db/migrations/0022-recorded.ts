import type { Migration } from '../../../sqlite/migrate.ts';

const KEPT = "recording.what = 'audio' AND recording.state = 'kept'";
const isKept = (row: string) => `(${row}.what = 'audio' AND ${row}.state = 'kept')`;

/** Whether a recording of `call`, or of another record of it, is kept. */
const IS_RECORDED = `EXISTS (SELECT 1 FROM recording WHERE ${KEPT} AND recording.call_id IN (
  SELECT call.id UNION SELECT part.id FROM call AS part
    WHERE part.account_id = call.account_id AND part.provider_call_id = call.provider_call_id))`;

/** The records of the call with this id. */
const recordsOf = (id: string) => `seq IN (SELECT own.seq FROM call AS own WHERE own.id = ${id}
  UNION SELECT part.seq FROM call AS own JOIN call AS part
    ON part.account_id = own.account_id AND part.provider_call_id = own.provider_call_id
    WHERE own.id = ${id})`;

/** Its former other records. */
const OTHERS = 'account_id = old.account_id AND provider_call_id = old.provider_call_id';

/** Which calls have a recording, decided when either is written, and an index of them in the history's order. */
export const recorded: Migration = {
  version: 22,
  name: '0022-recorded',
  up(db) {
    db.exec(`
      -- 1: a recording of it, or of another record of it, is kept. Else NULL.
      ALTER TABLE call ADD COLUMN recorded INTEGER;
      UPDATE call SET recorded = 1 WHERE seq IN (
        SELECT own.seq FROM recording JOIN call AS own ON own.id = recording.call_id WHERE ${KEPT}
        UNION SELECT part.seq FROM recording JOIN call AS own ON own.id = recording.call_id
          JOIN call AS part
            ON part.account_id = own.account_id AND part.provider_call_id = own.provider_call_id
          WHERE ${KEPT});
      CREATE INDEX call_recorded ON call (seq, account_id, outcome, direction)
        WHERE covered IS NULL AND outcome IS NOT NULL AND recorded = 1;

      CREATE TRIGGER recording_kept_new AFTER INSERT ON recording WHEN ${isKept('new')}
        BEGIN ${mark(recordsOf('new.call_id'))} END;
      CREATE TRIGGER recording_kept_changed AFTER UPDATE OF call_id, what, state ON recording
        WHEN ${isKept('new')} <> ${isKept('old')} OR new.call_id <> old.call_id
        BEGIN ${mark(recordsOf('new.call_id'))} ${mark(recordsOf('old.call_id'))} END;
      CREATE TRIGGER recording_kept_gone AFTER DELETE ON recording WHEN ${isKept('old')}
        BEGIN ${mark(recordsOf('old.call_id'))} END;

      CREATE TRIGGER call_recorded_new AFTER INSERT ON call WHEN new.recorded = 1
          OR EXISTS (SELECT 1 FROM recording WHERE ${KEPT} AND recording.call_id = new.id)
          OR EXISTS (SELECT 1 FROM call AS part WHERE part.account_id = new.account_id
            AND part.provider_call_id = new.provider_call_id AND part.recorded = 1)
        BEGIN ${mark(recordsOf('new.id'))} END;
      CREATE TRIGGER call_recorded_changed AFTER UPDATE OF id, account_id, provider_call_id ON call
        WHEN new.id <> old.id OR new.account_id <> old.account_id
          OR new.provider_call_id IS NOT old.provider_call_id
        BEGIN ${mark(recordsOf('new.id'))} ${mark(OTHERS)} END;
      CREATE TRIGGER call_recorded_gone AFTER DELETE ON call WHEN old.recorded = 1
        BEGIN ${mark(OTHERS)} END;
    `);
  },
};

function mark(which: string): string {
  return `
    UPDATE call SET recorded = iif(${IS_RECORDED}, 1, NULL)
      WHERE ${which} AND recorded IS NOT iif(${IS_RECORDED}, 1, NULL);`;
}
