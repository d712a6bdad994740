import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { recordingKeyOf } from '../../src/recording/keys.ts';
import { RecordingWriter } from '../../src/recording/writer.ts';
import { OggOpusStream } from '../../src/shared/lib/ogg-opus.ts';
import { OPUS_SILENCE } from '../../src/shared/lib/opus-packet.ts';
import type { RecordingFacts } from '../../src/shared/recording/model.ts';

/** Writes a recording of a second, as its recorder leaves it. */
export async function writeRecording(
  folder: string,
  {
    secret,
    id,
    ...facts
  }: { secret: string; id: string } & Pick<
    RecordingFacts,
    'callId' | 'accountId' | 'by' | 'customer'
  >,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  const writer = await RecordingWriter.create({
    path: join(folder, `${id}.rdrec`),
    id,
    key: recordingKeyOf(secret),
    facts: {
      ...facts,
      consent: 'announcement',
      startedAt: Date.now(),
      tracks: [{ track: 0, side: 'customer', type: 'audio/ogg; codecs=opus' }],
    },
    onFailure: (error) => {
      throw error;
    },
  });
  const second = Array.from({ length: 50 }, () => ({ bytes: OPUS_SILENCE, samples: 960 }));
  writer.audio(0, 0, Buffer.concat([OggOpusStream.head(1), new OggOpusStream().pages(second)]));
  await writer.close(1_000);
}
