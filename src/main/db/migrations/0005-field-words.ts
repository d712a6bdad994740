import type { Migration } from '../../../sqlite/migrate.ts';
import { type Replacement, replaceText } from '../../../sqlite/replace-text.ts';

/** Rewrites stored calls and events in telephony's own words. */
export const fieldWords: Migration = {
  version: 5,
  name: '0005-field-words',
  up(db) {
    db.exec('DROP INDEX call_alias');
    db.exec(replaceText('call', 'snapshot', callWords));
    db.exec(replaceText('call_event', 'body', [...callWords, ...eventWords]));
    const rename = db.prepare("UPDATE call_event SET kind = ? WHERE kind = ? AND source = 'relay'");
    for (const [before, after] of eventKinds) rename.run(after, before);
    db.exec(completePaths);
    db.exec(`
      CREATE INDEX call_secondary_id ON call (account_id, json_extract(snapshot, '$.secondaryId'))
        WHERE json_extract(snapshot, '$.secondaryId') IS NOT NULL;
    `);
  },
};

const callWords: readonly Replacement[] = [
  ['"alias":', '"secondaryId":'],
  ['"held":', '"onHold":'],
  ['"keys":', '"dtmf":'],
  ['"talk":', '"talkIntervals":'],
  ['"handover":', '"callOffer":'],
  ['"why":"waiting"', '"why":"requeue"'],
  ['"kind":"handover-off"', '"kind":"call-offer-withdrawn"'],
  ['"hold":{', '"reservation":{'],
  ['"state":"held"', '"state":"granted"'],
  ['"alone":', '"soleCandidate":'],
  ['"trouble":', '"lastError":'],
  ['"route":"anchored"', '"path":"relayed"'],
  ['"media":"pcm"', '"path":"streamed"'],
  ['"media":"bridged"', '"path":"external"'],
  ['"heldBy":"relay"', '"mediaServer":"relay"'],
];

/**
 * Makes implicit values explicit. A customer may be called "bridged", so the phase is found by its
 * path.
 */
const completePaths = `
  UPDATE call SET snapshot = json_set(snapshot, '$.phase.name', 'external')
    WHERE json_valid(snapshot) AND json_extract(snapshot, '$.phase.name') = 'bridged';
  UPDATE call SET snapshot = json_set(snapshot, '$.mediaServer', 'provider')
    WHERE json_valid(snapshot) AND json_extract(snapshot, '$.path') = 'streamed'
      AND json_extract(snapshot, '$.mediaServer') IS NULL;
  UPDATE call SET snapshot = json_set(snapshot, '$.path', 'direct')
    WHERE json_valid(snapshot) AND json_extract(snapshot, '$.path') IS NULL;
`;

/** What the relay reports about a call, as events store it. */
const eventKinds: readonly Replacement[] = [
  ['alone', 'candidates'],
  ['held', 'hold'],
  ['hold-granted', 'reservation-granted'],
  ['hold-refused', 'reservation-refused'],
  ['handover-offered', 'call-offered'],
  ['handover-off', 'call-offer-withdrawn'],
  ['handed-over', 'reassigned'],
  ['key', 'dtmf'],
];

const eventWords = [
  ...eventKinds.map(([before, after]): Replacement => [`"kind":"${before}"`, `"kind":"${after}"`]),
  ['"handoverId":', '"callOfferId":'] as const,
];
