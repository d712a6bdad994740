import { expect, it } from 'vitest';
import { DraftStore } from '../../../../src/main/db/drafts.ts';
import { openDatabase } from '../../../../src/main/db/open.ts';
import { SettingsStore } from '../../../../src/main/db/settings.ts';
import { FakeLog } from '../../../fakes/log.ts';
import { tempFolder } from '../../../helpers/temp.ts';

it('U10 a draft survives a restart until it is sent or given up', () => {
  const path = `${tempFolder()}/ringdesk.db`;
  const first = openDatabase({ path });
  const drafts = new DraftStore(first.db, new FakeLog());
  drafts.set('message/support/551', 'half a mess', 1);
  drafts.set('message/support/551', 'half a message', 2);
  drafts.set('message/support/552', 'another', 3);
  drafts.set('message/support/552', '', 4);
  first.db.close();
  const { db } = openDatabase({ path });
  expect(new DraftStore(db, new FakeLog()).all()).toEqual({
    'message/support/551': 'half a message',
  });
  // They are no settings.
  expect(new SettingsStore(db).get()).not.toHaveProperty('draft/message/support/551');
  db.close();
});

it('U10 an odd row costs no other draft, and a database that cannot be written costs none while the app runs', () => {
  const { db } = openDatabase({ path: ':memory:' });
  const log = new FakeLog();
  new DraftStore(db, log).set('a', 'kept', 1);
  db.exec("INSERT INTO setting (key, value) VALUES ('draft/b', 'no json'), ('draft/c', '{}')");
  const drafts = new DraftStore(db, log);
  expect(drafts.all()).toEqual({ a: 'kept' });
  db.close();
  drafts.set('d', 'typed', 2);
  expect(drafts.all()).toEqual({ a: 'kept', d: 'typed' });
});
