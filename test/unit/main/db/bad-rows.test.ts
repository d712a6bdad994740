import { join } from 'node:path';
import { expect, test } from 'vitest';
import { History } from '../../../../src/main/history/history.ts';
import { defaultSettings } from '../../../../src/main/db/settings.ts';
import { openStores } from '../../../../src/main/db/stores.ts';
import { FakeLog } from '../../../fakes/log.ts';
import { endedCall, put } from '../../../helpers/calls.ts';
import { createCallService } from '../../../helpers/call-service.ts';
import { tempFolder } from '../../../helpers/temp.ts';
import { report } from '../../../helpers/reports.ts';
import { emptyDatabase } from '../../../helpers/database.ts';

const good = { ...endedCall(1), phase: { name: 'connected' } } as const;

/** One bad row in each place: not JSON, and JSON with other content. */
const rows: Record<string, string> = {
  'a setting that is no JSON': `INSERT INTO setting VALUES ('theme', '{dark')`,
  'a setting of another kind': `INSERT INTO setting VALUES ('ringerVolume', '"loud"')`,
  'the presence': `INSERT INTO setting VALUES ('presence', 'away')`,
  'a mark': `INSERT INTO setting VALUES ('calls-read/support', 'yesterday')`,
  'what was set aside': `INSERT INTO setting VALUES ('set-aside', '[[[')`,
  'a number': `INSERT INTO account VALUES ('x', '{"id":', 0, 0)`,
  'a number’s state': `INSERT INTO number_state VALUES ('support', '{"refusals":7}')`,
  'a permission': `INSERT INTO permission_answer VALUES ('support', '16315550001', 'yes')`,
  'a message of a person': `INSERT INTO contact_event (identity, account_id, wa_id, at, kind, body)
    VALUES ('i', 'support', '16315550001', 1, 'message-in', '{"kind"')`,
  'a call going on that is nothing': `UPDATE call SET snapshot = 'null' WHERE outcome IS NULL`,
  'a call going on of another shape': `UPDATE call SET snapshot = '{"phase":5}' WHERE outcome IS NULL`,
  'a call going on without its deadline': `UPDATE call SET snapshot = json_set(snapshot, '$.phase.name', 'ringing') WHERE outcome IS NULL`,
  'why a call ended': `UPDATE call SET end_reason = '{"kind' WHERE outcome IS NOT NULL`,
  'how a call sounded': `INSERT INTO call_quality SELECT seq, '{' FROM call`,
  'what happened in a call': `UPDATE call_event SET body = '{', source = 'nobody'`,
};

test.each(Object.entries(rows))(
  'C9 %s: the console starts, lists its calls, and rings',
  (_, sql) => {
    const path = join(tempFolder(), 'calls.db');
    const db = emptyDatabase(path);
    put(openStores(db, { log: new FakeLog() }).calls, endedCall(2), good);
    db.exec(sql);
    db.close();

    const fixture = createCallService({ path });
    fixture.service.restore();
    fixture.receive(report.offer(fixture.clock.now()), 'wacid.new');
    expect(fixture.media.at(-1)).toMatchObject({ do: 'answer', callId: 'support/wacid.new' });
    expect(fixture.storage.view()).toMatchObject({
      setAside: undefined,
      trouble: undefined,
      waiting: 0,
    });
    const history = fixture.history;
    const ids = history.list({}, undefined, 9).rows.map(({ id }) => id);
    expect(ids).toContain('support/wacid.2');
    // The live one is closed, whatever its row says.
    expect(ids).toContain(good.id);
    for (const id of ids) expect(history.get(id)).toMatchObject({ id });
    fixture.storage.read((stores) => {
      expect(stores.settings.get()).toEqual(defaultSettings);
      expect(stores.presence.get()).toEqual({ presence: 'available' });
      expect(stores.marks.get('support')).toBeUndefined();
      expect(stores.accounts.all()).toEqual([]);
      expect(stores.numbers.get('support')).toEqual({ refusals: [], warnings: [] });
      expect(stores.contacts.permission('support', { waId: '16315550001' })).toBeUndefined();
      expect(stores.contacts.history('support', { waId: '16315550001' }, 0)).toBeDefined();
    }, undefined);
  },
);

test('C9 announces what was left out, once', () => {
  const path = join(tempFolder(), 'calls.db');
  const db = emptyDatabase(path);
  put(openStores(db, { log: new FakeLog() }).calls, good);
  db.exec(rows['a setting that is no JSON'] ?? '');
  db.exec(rows['a call going on that is nothing'] ?? '');
  db.close();
  const fixture = createCallService({ path });
  fixture.service.restore();
  expect(fixture.storage.view().leftOut.toSorted()).toEqual([`call ${good.id}`, 'setting theme']);
  fixture.storage.close();
  const again = createCallService({ path });
  again.service.restore();
  expect(again.storage.view().leftOut).toEqual(['setting theme']);
  expect(again.storage.read(({ db }) => new History(db).get(good.id)?.outcome, undefined)).toBe(
    'interrupted',
  );
});
