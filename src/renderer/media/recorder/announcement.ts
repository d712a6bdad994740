import ar from '../../../../resources/speech/recorded-ar.opus20?url';
import en from '../../../../resources/speech/recorded-en.opus20?url';
import es from '../../../../resources/speech/recorded-es.opus20?url';
import id from '../../../../resources/speech/recorded-id.opus20?url';
import ptBR from '../../../../resources/speech/recorded-pt-BR.opus20?url';
import { OPUS_RATE, writeOggOpus } from '../../../shared/lib/ogg-opus.ts';
import type { AnnouncementLanguage } from '../../../shared/recording/policy.ts';

const files: Readonly<Record<AnnouncementLanguage, string>> = { en, 'pt-BR': ptBR, es, id, ar };
const PACKET_SAMPLES = OPUS_RATE / 50;

/** Our words in a language, or the admin's own: an Ogg Opus file. */
export interface Announcement {
  language: AnnouncementLanguage;
  sound?: Uint8Array;
}

/** What an announcement is played into: the media of a live call. */
export interface AnnouncedCall {
  /** Sends this track in place of the microphone, or the microphone again. */
  substitute(track: MediaStreamTrack | undefined): Promise<void>;
  /** Resolves when the customer can hear; false if the call ends before. */
  audible(): Promise<boolean>;
  /** How much sound was sent so far, in ms; undefined if that cannot be told. */
  sentMs(): Promise<number | undefined>;
}

/** Of this much less the sender may know: its last report is some time ago. */
const UNREPORTED_MS = 400;

/**
 * Plays to the customer that the call will be recorded, while the agent is not heard.
 *
 * @returns when it began and ended, Unix ms; undefined if not all of it was sent
 */
export async function announce(
  call: AnnouncedCall,
  { language, sound: own }: Announcement,
): Promise<{ from: number; to: number } | undefined> {
  const context = new AudioContext({ sampleRate: OPUS_RATE });
  try {
    await context.resume();
    const sound = await context.decodeAudioData(
      // It is detached.
      own ? new Uint8Array(own).buffer : await load(files[language]),
    );
    if (!(await call.audible())) return undefined;
    const destination = new MediaStreamAudioDestinationNode(context, { channelCount: 1 });
    await call.substitute(destination.stream.getAudioTracks()[0]);
    const before = await call.sentMs();
    const from = Date.now();
    const source = new AudioBufferSourceNode(context, { buffer: sound });
    source.connect(destination);
    await new Promise<void>((resolve) => {
      source.addEventListener('ended', () => resolve());
      source.start();
    });
    const to = Date.now();
    const after = await call.sentMs();
    const isSent =
      before === undefined ||
      after === undefined ||
      after - before >= sound.duration * 1_000 - UNREPORTED_MS;
    return isSent && (await call.audible()) ? { from, to } : undefined;
  } catch {
    return undefined;
  } finally {
    await call.substitute(undefined).catch(() => undefined);
    void context.close();
  }
}

/** The speech as a file that a browser can decode (`resources/README.md`). */
async function load(url: string): Promise<ArrayBuffer> {
  const data = new DataView(await (await fetch(url)).arrayBuffer());
  const packets: Uint8Array[] = [];
  for (let at = 0; at + 2 <= data.byteLength;) {
    const length = data.getUint16(at);
    packets.push(new Uint8Array(data.buffer, at + 2, length));
    at += 2 + length;
  }
  return writeOggOpus({
    packets,
    samplesPerPacket: PACKET_SAMPLES,
    channels: 1,
    preSkip: 0,
    samples: packets.length * PACKET_SAMPLES,
  }).buffer;
}
