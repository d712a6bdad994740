import type { Migration } from '../../../sqlite/migrate.ts';

/** One chosen device of each kind becomes an order of several. */
export const deviceOrder: Migration = {
  version: 13,
  name: '0013-device-order',
  up(db) {
    for (const [role, order] of [
      ['microphone', 'microphones'],
      ['speaker', 'speakers'],
      ['ringer', 'ringers'],
    ] as const) {
      db.prepare(
        `INSERT OR IGNORE INTO setting (key, value)
         SELECT @order, json_array(json_object('id', json(chosen.value), 'label',
           json(coalesce((SELECT value FROM setting WHERE key = @labelKey AND json_valid(value)), '""')), 'group', ''))
         FROM setting AS chosen
         WHERE key = @idKey AND json_valid(value) AND value <> '""'`,
      ).run({ order, idKey: `${role}Id`, labelKey: `${role}Label` });
      db.prepare('DELETE FROM setting WHERE key IN (?, ?)').run(`${role}Id`, `${role}Label`);
    }
  },
};
