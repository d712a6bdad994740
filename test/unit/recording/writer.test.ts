import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { recordingKeyOf } from '../../../src/recording/keys.ts';
import { readRecording } from '../../../src/recording/reader.ts';
import { RecordingWriter } from '../../../src/recording/writer.ts';
import type { RecordingFacts } from '../../../src/shared/recording/model.ts';
import { tempFolder } from '../../helpers/temp.ts';

const key = recordingKeyOf('ab'.repeat(32));
const facts: RecordingFacts = {
  callId: 'main/1',
  accountId: 'main',
  by: 'console',
  consent: 'agent',
  startedAt: 0,
  tracks: [{ track: 0, side: 'agent', type: 'audio/webm; codecs=opus' }],
};
const create = (path: string, id = 'one') =>
  RecordingWriter.create({ path, id, key, facts, onFailure: () => undefined });

let folder: string;
beforeEach(() => {
  folder = tempFolder();
});

describe('the writer of a recording', () => {
  test('makes its folder, and a file that can be read while it is written', async () => {
    const path = join(folder, 'new', 'folder', 'one.rdrec');
    const writer = await create(path);
    writer.audio(0, 0, Buffer.from('first'));
    await expect
      .poll(async () => (await readRecording(path, [key])).tracks.get(0)?.toString())
      .toBe('first');
    await writer.close(1_000);
    expect((await readRecording(path, [key])).stop.why).toBe('complete');
  });

  test('never writes over a recording', async () => {
    const path = join(folder, 'there.rdrec');
    writeFileSync(path, 'kept');
    await expect(create(path)).rejects.toMatchObject({ code: 'EEXIST' });
  });

  test('says the system’s error where the folder cannot be used', async () => {
    writeFileSync(join(folder, 'file'), '');
    await expect(create(join(folder, 'file', 'one.rdrec'))).rejects.toMatchObject({
      code: expect.stringMatching(/ENOTDIR|EEXIST/),
    });
    mkdirSync(join(folder, 'dir.rdrec'));
    await expect(create(join(folder, 'dir.rdrec'))).rejects.toMatchObject({
      code: expect.stringMatching(/EISDIR|EEXIST/),
    });
  });

  test('takes what comes after its end without an error, and closes twice', async () => {
    const path = join(folder, 'late.rdrec');
    const writer = await create(path);
    expect(await writer.close(10)).toBe(true);
    writer.audio(0, 0, Buffer.from('late'));
    writer.mark({ atMs: 20, kind: 'hold' });
    await writer.close(20);
    const read = await readRecording(path, [key]);
    expect(read.tracks.size).toBe(0);
    expect(read.marks).toEqual([{ atMs: 10, kind: 'end' }]);
  });
});
