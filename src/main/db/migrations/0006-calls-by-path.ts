import type { Migration } from '../../../sqlite/migrate.ts';

/** Calls that go on hold only what calls of their path have; SDPs were never stored. */
export const callsByPath: Migration = {
  version: 6,
  name: '0006-calls-by-path',
  up(db) {
    db.exec(`
      UPDATE call SET snapshot = json_set(snapshot, '$.mediaServer', 'provider')
        WHERE json_valid(snapshot) AND snapshot ->> '$.path' = 'streamed'
          AND snapshot ->> '$.mediaServer' IS NULL;

      -- Answers die with the app that made them.
      UPDATE call SET snapshot = json_remove(
          iif(snapshot ->> '$.phase.answer.state' = 'ready',
            json_set(snapshot, '$.phase.answer', json_object('state', 'preparing')), snapshot),
          '$.phase.offer')
        WHERE ${going('direct', 'ringing', 'accepting')};

      UPDATE call SET snapshot = json_remove(
          json_set(snapshot, '$.phase.leg', json_remove(snapshot -> '$.phase.answer', '$.sdp')),
          '$.phase.offer', '$.phase.answer', '$.phase.reservation')
        WHERE ${going('relayed', 'ringing', 'accepting')};
      UPDATE call SET snapshot = json_remove(
          json_set(snapshot, '$.phase.legReady', json(snapshot -> '$.phase.answered')),
          '$.phase.answered')
        WHERE ${going('relayed', 'placing', 'calling', 'customer-ringing')};

      UPDATE call SET snapshot = json_remove(snapshot,
          '$.phase.offer', '$.phase.answer', '$.phase.reservation', '$.phase.answered')
        WHERE ${going('streamed', 'ringing', 'accepting', 'placing', 'calling', 'customer-ringing')};
    `);
  },
};

function going(path: string, ...phases: string[]): string {
  const names = phases.map((name) => `'${name}'`).join(', ');
  return `outcome IS NULL AND json_valid(snapshot) AND snapshot ->> '$.path' = '${path}'
    AND snapshot ->> '$.phase.name' IN (${names})`;
}
