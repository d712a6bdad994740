import { t } from '../../shared/i18n/i18n.ts';
import type { Speaker, SplitVoices, TrackSide } from '../../shared/ipc/recordings.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import type { StoredRecording } from '../db/recordings/rows.ts';
import type { SafeRecordings } from '../db/storage/safe-recordings.ts';
import { notOffered } from '../refusal.ts';
import type { Machine, SpokenTrack } from './machine.ts';
import type { RecordingFiles } from './recording-files.ts';

interface WriteDownPorts {
  store: SafeRecordings;
  files: RecordingFiles;
  machine: Machine;
  clock: Clock;
  changed: () => void;
}

const SPEAKERS: Readonly<Record<TrackSide, Speaker>> = {
  agent: 'agent',
  customer: 'customer',
  both: 'unknown',
};

/**
 * Has the organisation's service write down what was said in a recording, and a summary if that is wanted.
 *
 * @param voices the channels of its only file; without them the file is sent as it is
 * @throws Refusal that says why not, and what to do
 */
export async function writeDown(
  { store, files, machine, clock, changed }: WriteDownPorts,
  id: string,
  voices: SplitVoices | undefined,
): Promise<void> {
  const found = keptSound(store, id);
  if (!found) throw notOffered(t('recordings.machine.none'));
  const isOneFile = found.tracks.length === 1 && found.tracks[0]?.side === 'both';
  const lines = await machine.transcribe(
    voices && isOneFile ? spokenVoices(voices) : await spokenTracks(files, found),
  );
  /** What was made of the recording; undefined if it was deleted meanwhile. */
  const made = (): Omit<StoredRecording, 'id' | 'what'> | undefined => {
    const kept = keptSound(store, id);
    return (
      kept && {
        callId: kept.callId,
        source: 'machine',
        state: 'kept',
        place: 'console',
        tries: 0,
        legalHold: kept.legalHold,
        keepUntil: kept.keepUntil,
        startedAt: clock.now(),
        tracks: [],
        marks: [],
      }
    );
  };
  const written = made();
  if (!written) return;
  store.putTranscript({ ...written, id: `${id}-text`, what: 'transcript' }, lines);
  changed();
  const summary = await machine.summarise(lines);
  const summed = summary && made();
  if (summed) store.put({ ...summed, ...summary, id: `${id}-summary`, what: 'summary' });
  changed();
}

function keptSound(store: SafeRecordings, id: string): StoredRecording | undefined {
  const found = store.get(id);
  return found?.what === 'audio' && found.state === 'kept' ? found : undefined;
}

const spokenVoices = ({ first, second }: SplitVoices): readonly SpokenTrack[] => [
  { speaker: 'first', mime: 'audio/ogg', bytes: first },
  { speaker: 'second', mime: 'audio/ogg', bytes: second },
];

async function spokenTracks(
  files: RecordingFiles,
  { id, tracks }: StoredRecording,
): Promise<readonly SpokenTrack[]> {
  const spoken: SpokenTrack[] = [];
  for (const [n, { side, mime }] of tracks.entries()) {
    const file = await files.open(id, n);
    try {
      spoken.push({ speaker: SPEAKERS[side], mime, bytes: await file.readAll() });
    } finally {
      await file.close();
    }
  }
  return spoken;
}
