import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { keyIdOf } from '../../../../src/main/db/at-rest/key.ts';
import { RecordingFiles } from '../../../../src/main/recordings/recording-files.ts';
import { keysNeeded } from '../../../../src/main/workspace/old-keys.ts';
import { newHeader } from '../../../../src/recording/format.ts';
import { recordingKeyOf } from '../../../../src/recording/keys.ts';
import { tempFolder } from '../../../helpers/temp.ts';

const keyOf = (n: number) => String(n).repeat(64);
const keys = [0, 1, 2, 3, 4, 5].map(keyOf);

test('a key is needed by the log, its copies, and every kind of recording', async () => {
  const folder = tempFolder();
  const database = join(folder, 'ringdesk.db');
  const needed = () => keysNeeded([database, join(folder, 'none', 'demo.db')], keys);
  expect([...(await needed())]).toEqual([]);

  const encrypted = (n: number) =>
    Buffer.concat([Buffer.from('RDK1'), Buffer.from(keyIdOf(keyOf(n)), 'hex'), Buffer.alloc(99)]);
  writeFileSync(database, encrypted(0));
  writeFileSync(`${database}-wal`, 'anything');
  writeFileSync(`${database}.snapshot-2026`, encrypted(1));
  mkdirSync(join(folder, 'updates', 'data-before'), { recursive: true });
  writeFileSync(join(folder, 'updates', 'data-before', 'ringdesk.db'), encrypted(2));
  const recordings = join(folder, 'recordings');
  const files = new RecordingFiles({ folder: recordings, keys: [keyOf(3)] });
  const track = await files.create('one', 0);
  await track.write(Buffer.from('sound'));
  await track.finish();
  writeFileSync(join(recordings, 'two.rdrec'), newHeader('two', recordingKeyOf(keyOf(4))).bytes);
  writeFileSync(join(recordings, 'note.txt'), 'nobody’s');
  expect([...(await needed())].toSorted()).toEqual(keys.slice(0, 5));

  // Sealed with the newest, the recordings need no other one.
  const now = new RecordingFiles({ folder: recordings, keys: [keyOf(0), keyOf(3)] });
  expect(await now.sealAnew(() => false)).toEqual({ sealed: 1, left: 0 });
  expect(await now.sealAnew(() => false)).toEqual({ sealed: 0, left: 0 });
  expect(await needed()).not.toContain(keyOf(3));

  // A damaged file may need any.
  writeFileSync(`${database}.unreadable-2026-wal`, 'anything');
  expect((await needed()).size).toBe(4);
  writeFileSync(`${database}.unreadable-2026`, 'the first page is gone');
  expect((await needed()).size).toBe(6);
});
