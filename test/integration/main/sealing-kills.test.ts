import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { recordingKeyOf } from '../../../src/recording/keys.ts';
import { readRecording } from '../../../src/recording/reader.ts';
import { RecordingWriter } from '../../../src/recording/writer.ts';
import { RecordingFiles } from '../../../src/main/recordings/recording-files.ts';
import { tempFolder } from '../../helpers/temp.ts';

const KEYS = ['a1'.repeat(32), 'b2'.repeat(32)];
const kills = process.env['RINGDESK_THOROUGH'] === undefined ? 4 : 50;
const hash = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

test('a recording that was being sealed with a new key is whole after any kill', async () => {
  const [console, relay] = [tempFolder(), tempFolder()];
  const content = randomBytes(400_000);
  const files = new RecordingFiles({ folder: console, keys: KEYS });
  const track = await files.create('one', 0);
  await track.write(content);
  await track.finish();
  const path = join(relay, 'one.rdrec');
  const writer = await RecordingWriter.create({
    path,
    id: 'one',
    key: recordingKeyOf(KEYS[0] ?? ''),
    facts: { callId: 'c', accountId: 'a', by: 'relay', consent: 'agent', startedAt: 0, tracks: [] },
    onFailure: () => undefined,
  });
  writer.audio(0, 0, content);
  await writer.close(1_000);

  const script = fileURLToPath(new URL('../../helpers/seal-forever.ts', import.meta.url));
  for (let round = 0; round < kills; round++) {
    const child = spawn(process.execPath, ['--no-warnings', script, console, relay, ...KEYS], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const exited = once(child, 'exit');
    await once(createInterface({ input: child.stdout }), 'line');
    setTimeout(() => child.kill('SIGKILL'), (round * 7) % 40);
    expect(await exited).toEqual([null, 'SIGKILL']);

    const left = new RecordingFiles({ folder: console, keys: KEYS });
    await left.sweep();
    const file = await left.open('one', 0);
    const parts: Buffer[] = [];
    for (let at = 0; at < file.bytes; at += parts.at(-1)?.length ?? 0) {
      parts.push(await file.read(at, file.bytes));
    }
    await file.close();
    expect(hash(Buffer.concat(parts))).toBe(hash(content));
    const { tracks, stop } = await readRecording(path, KEYS.map(recordingKeyOf));
    expect(stop.why).toBe('complete');
    expect(hash(tracks.get(0) ?? Buffer.alloc(0))).toBe(hash(content));
  }
}, 120_000);
