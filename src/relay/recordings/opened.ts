import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { RecordingReader } from '../../recording/reader.ts';
import { hashOfCall } from '../../sqlite/call-hash.ts';
import type { KnownFacts } from './marks.ts';
import { allOf, type RelayKeys } from './sealing.ts';

/** A recording that can be read, and is closed afterwards. */
export interface OpenedRecording {
  reader: RecordingReader;
  close: () => Promise<void>;
}

/** @throws RecordingUnreadable, or the system's error */
export async function openFile(
  file: string,
  keys: RelayKeys | undefined,
): Promise<OpenedRecording> {
  const reader = await RecordingReader.open(file, allOf(keys));
  return { reader, close: () => reader.close() };
}

/** Opens what came from elsewhere, and is still sealed. @throws RecordingUnreadable, or the system's error */
export async function openCopy(
  content: Uint8Array,
  keys: RelayKeys | undefined,
): Promise<OpenedRecording> {
  const folder = await mkdtemp(path.join(tmpdir(), 'ringdesk-recording-'));
  const drop = () => rm(folder, { recursive: true, force: true });
  try {
    const copy = path.join(folder, 'recording');
    await writeFile(copy, content, { mode: 0o600 });
    const { reader, close } = await openFile(copy, keys);
    return {
      reader,
      async close() {
        await close();
        await drop();
      },
    };
  } catch (error) {
    await drop();
    throw error;
  }
}

/** What a file tells of its call; undefined if it was cut before that. @throws RecordingUnreadable, or the system's error */
export async function factsOfFile(
  file: string,
  keys: RelayKeys | undefined,
): Promise<KnownFacts | undefined> {
  const { reader, close } = await openFile(file, keys);
  try {
    for await (const item of reader.items()) {
      if (item.kind !== 'facts') continue;
      const { accountId, startedAt, callId, customer = [] } = item.facts;
      return { accountId, startedAt, call: hashOfCall(callId), customer };
    }
    return undefined;
  } finally {
    await close();
  }
}
