import { z } from 'zod';
import { t } from '../../shared/i18n/i18n.ts';
import type { RecordingMark, RecordingTrack } from '../../shared/ipc/recordings.ts';
import { markKinds } from '../../shared/ipc/recordings.ts';
import type { WayFetch } from '../network/transport.ts';
import { FileFailure, fetchRecording, fetchTranscript } from './provider-file.ts';
import { wholeHash } from './intake.ts';
import type { RecordingFiles } from './recording-files.ts';

/** Where the relay serves a recording, or one track of it. */
export type RelayAddress = (
  id: string,
  track?: number,
) => { url: string; headers: Record<string, string> } | undefined;

const text = z.string().optional().catch(undefined);
/** The same name may mean a time in a mark of another kind: `to` of an announcement is when it ended. */
const mark = z.object({ atMs: z.number(), kind: z.string(), to: text, by: text, digit: text });

/** What the relay tells of a recording. */
const whole = z.object({
  facts: z.object({
    startedAt: z.number(),
    tracks: z.array(
      z.object({ track: z.int().min(0).max(99), side: z.enum(['agent', 'customer']) }),
    ),
  }),
  marks: z.array(mark),
  isComplete: z.boolean(),
});
const told = z.union([
  /** The name of the agent who deleted it. */
  z.object({ deleted: z.object({ by: z.string() }) }),
  z.object({ unreadable: z.string() }),
  whole,
]);

type Address = { address: RelayAddress; fetch: WayFetch };

/**
 * Asks the relay for what it knows of a recording.
 *
 * @throws FileFailure if it is not complete yet, or the relay does not tell
 */
export async function askRelay(
  id: string,
  { address, fetch }: Address,
): Promise<{ deletedBy: string } | z.infer<typeof whole>> {
  const read = told.safeParse(parsed(await fetchTranscript(addressOf(address, id), { fetch })));
  if (!read.success) throw new FileFailure(t('notOffered.notARecording'));
  if ('deleted' in read.data) return { deletedBy: read.data.deleted.by };
  if ('unreadable' in read.data) {
    const { unreadable } = read.data;
    const why = unreadable === 'no-key' || unreadable === 'newer' ? unreadable : 'damaged';
    throw new FileFailure(t(`recordings.unreadable.${why}`));
  }
  if (!read.data.isComplete) throw new FileFailure(t('recordings.notComplete'));
  return read.data;
}

function addressOf(address: RelayAddress, id: string, track?: number) {
  const found = address(id, track);
  if (!found) throw new FileFailure(t('notOffered.noAnswer'));
  return found;
}

/** What is known of a recording once its sound is here. */
export interface FromRelay {
  startedAt: number;
  bytes: number;
  sha256: string | undefined;
  tracks: readonly RecordingTrack[];
  marks: readonly RecordingMark[];
}

/**
 * Fetches a recording that the relay has made, each side for itself, the customer first.
 *
 * @returns its sound, or who deleted it
 * @throws FileFailure
 */
export async function fetchFromRelay(
  id: string,
  { address, fetch, files }: Address & { files: RecordingFiles },
): Promise<FromRelay | { deletedBy: string }> {
  const known = await askRelay(id, { address, fetch });
  if ('deletedBy' in known) return known;
  const { facts, marks } = known;
  const sides = facts.tracks.toSorted((a, b) => b.side.localeCompare(a.side));
  const tracks: RecordingTrack[] = [];
  const hashes: string[] = [];
  for (const [n, { side, track }] of sides.entries()) {
    const file = await files.create(id, n);
    try {
      const from = addressOf(address, id, track);
      const mime = await fetchRecording(from, (part) => file.write(part), { fetch });
      const { bytes, sha256 } = await file.finish();
      tracks.push({ side, mime, bytes });
      hashes.push(sha256);
    } catch (error) {
      await file.abandon();
      throw error;
    }
  }
  return {
    startedAt: facts.startedAt,
    bytes: tracks.reduce((sum, { bytes }) => sum + bytes, 0),
    sha256: wholeHash(hashes),
    tracks,
    marks: marks.flatMap(({ atMs, kind, to: name, by, digit }) => {
      const known = markKinds.find((one) => one === kind);
      const text = name ?? digit ?? (known === 'stop' ? by : undefined);
      return known ? [{ atMs, kind: known, text }] : [];
    }),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
