import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { RecordingItem } from '../../../../src/recording/format.ts';
import { recordingKeyOf } from '../../../../src/recording/keys.ts';
import { RecordingReader, type RecordingStop } from '../../../../src/recording/reader.ts';
import { oggOpusSeconds } from '../../../../src/shared/lib/ogg-opus.ts';

export const RECORDING_SECRET = '7e'.repeat(32);
const keys = [recordingKeyOf(RECORDING_SECRET)];

/** The recordings in a relay's folder, newest last; none before the first. */
export const recordingsIn = (dataDir: string): string[] =>
  filesIn(path.join(dataDir, 'recordings'))
    .filter((name) => name.endsWith('.rdrec'))
    .map((name) => path.join(dataDir, 'recordings', name));

const filesIn = (folder: string) => (existsSync(folder) ? readdirSync(folder) : []);

/** Until when, in Unix ms, each side of a recording can be heard, and how reading it ended. */
export async function heardUntil(
  file: string,
  known = keys,
): Promise<{ stop: RecordingStop; until: readonly [agent: number, customer: number] }> {
  const reader = await RecordingReader.open(file, known);
  const items: RecordingItem[] = [];
  for await (const item of reader.items()) items.push(item);
  await reader.close();
  const facts = items.find((item) => item.kind === 'facts')?.facts;
  if (!facts) throw new Error('a recording without its facts');
  const end = (track: number) => {
    const parts = items.flatMap((item) =>
      item.kind === 'audio' && item.track === track ? [item] : [],
    );
    if (facts.by === 'relay') {
      const seconds = oggOpusSeconds(Buffer.concat(parts.map(({ bytes }) => bytes))) ?? 0;
      return facts.startedAt + seconds * 1_000;
    }
    // The begin of the last slice, of which each has half a second.
    return facts.startedAt + (parts.at(-1)?.atMs ?? 0) + 500;
  };
  return { stop: reader.stop, until: [end(0), end(1)] };
}
