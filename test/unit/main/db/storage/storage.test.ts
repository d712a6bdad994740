import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { Storage } from '../../../../../src/main/db/storage/storage.ts';
import { FakeClock } from '../../../../fakes/clock.ts';
import { FakeLog } from '../../../../fakes/log.ts';
import { tempFolder } from '../../../../helpers/temp.ts';
import { settled } from '../../../../helpers/until.ts';

test('a disk that damages every new file is left alone', async () => {
  const clock = new FakeClock();
  const storage = new Storage({ path: join(tempFolder(), 'calls.db'), clock, log: new FakeLog() });
  onTestFinished(() => storage.close());
  for (let n = 0; n < 4; n++) {
    storage.handleDamage('malformed');
    await settled();
  }
  expect(storage.view().trouble?.kind).toBe('wears-out');

  expect(storage.write(() => 'written', 'waits')).toBe('waits');
  clock.advance(60_000);
  await settled();
  expect(storage.view()).toMatchObject({ waiting: 1, trouble: { kind: 'wears-out' } });
});
