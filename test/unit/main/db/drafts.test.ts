import { expect, it } from 'vitest';
import { DraftStore } from '../../../../src/main/db/drafts.ts';
import { openDatabase } from '../../../../src/main/db/open.ts';
import { SettingsStore } from '../../../../src/main/db/settings.ts';
import { SafeDrafts } from '../../../../src/main/db/storage/safe-stores.ts';
import { createCallService } from '../../../helpers/call-service.ts';
import { tempFolder } from '../../../helpers/temp.ts';

it('U10 a draft survives a restart until it is sent or discarded', () => {
  const path = `${tempFolder()}/ringdesk.db`;
  const first = openDatabase({ path });
  const drafts = new DraftStore(first.db);
  drafts.set('message/support/551', 'half a mess', 1);
  drafts.set('message/support/551', 'half a message', 2);
  drafts.set('message/support/552', 'another', 3);
  drafts.set('message/support/552', '', 4);
  first.db.close();
  const { db } = openDatabase({ path });
  expect(new DraftStore(db).all()).toEqual({
    'message/support/551': 'half a message',
  });
  // They are not settings.
  expect(new SettingsStore(db).get()).not.toHaveProperty('draft/message/support/551');
  db.close();
});

it('U10 a bad row affects no other draft, and drafts survive a failing database while the app runs', () => {
  const { storage } = createCallService();
  new SafeDrafts(storage).set('a', 'kept', 1);
  const exec = (sql: string) => storage.read(({ db }) => void db.exec(sql), undefined);
  exec("INSERT INTO setting (key, value) VALUES ('draft/b', 'no json'), ('draft/c', '{}')");
  expect(storage.read(({ db }) => new DraftStore(db).all(), {})).toEqual({ a: 'kept' });
  exec("CREATE TRIGGER full BEFORE INSERT ON setting BEGIN SELECT raise(ABORT, 'full'); END");
  const drafts = new SafeDrafts(storage);
  drafts.set('d', 'typed', 2);
  expect(drafts.all()).toEqual({ a: 'kept', d: 'typed' });
});
