import { expect, onTestFinished, test } from 'vitest';
import { AccountStore } from '../../../../src/main/db/accounts.ts';
import { FakeLog } from '../../../fakes/log.ts';
import { emptyDatabase } from '../../../helpers/database.ts';

function open() {
  const db = emptyDatabase();
  onTestFinished(() => {
    db.close();
  });
  const put = (id: string, body: string) =>
    db.prepare('INSERT INTO account (id, body, position) VALUES (?, ?, 0)').run(id, body);
  const log = new FakeLog();
  return { put, log, store: new AccountStore(db, log) };
}

const meta = {
  id: 'a',
  provider: 'meta',
  label: 'Support',
  number: '+551150201234',
  phoneNumberId: '106540352242922',
  wabaId: '102290129340398',
};

test('reads a number that an earlier version stored', () => {
  const { put, store, log } = open();
  put('a', JSON.stringify(meta));
  expect(store.all()).toEqual([meta]);
  expect(log.at('warn')).toEqual([]);
});

test.each([
  ['not even JSON', '{"id"'],
  ['of a provider that only a newer version knows', '{"id":"b","provider":"new"}'],
  ['without a field', JSON.stringify({ ...meta, id: 'b', number: undefined })],
])('leaves out a number that is %s, and the others keep ringing', (_, body) => {
  const { put, store, log } = open();
  put('a', JSON.stringify(meta));
  put('b', body);
  expect(store.all().map(({ id }) => id)).toEqual(['a']);
  expect(log.at('warn')).toHaveLength(1);
  expect(log.at('warn').join()).toContain('account b');
});
