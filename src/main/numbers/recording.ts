import { t } from '../../shared/i18n/i18n.ts';
import { download as downloadFile, DownloadFailure } from '../network/download.ts';
import type { WayFetch } from '../network/transport.ts';
import { z } from 'zod';

/** The largest recording that is fetched, in bytes. */
const MAX_BYTES = 200_000_000;
/** The same for a transcript. */
const MAX_TEXT_BYTES = 5_000_000;

/** A recording could not be fetched; the message is for the agent. */
export class RecordingFailure extends Error {
  override readonly name = 'RecordingFailure';
}

interface Options {
  /** Node's own in tests. */
  fetch?: WayFetch;
  maxBytes?: number;
}

interface Address {
  url: string;
  headers?: Record<string, string> | undefined;
}

/**
 * Fetches a recording from its short-lived address. The window gets the audio, never the address or
 * its credentials; `fetch` drops the `authorization` header on redirects to another origin (Fetch
 * standard, HTTP-redirect fetch).
 *
 * @throws RecordingFailure
 */
export async function fetchRecording(
  address: Address,
  { maxBytes = MAX_BYTES, ...options }: Options = {},
): Promise<{ mime: string; sound: Uint8Array }> {
  const { mime, bytes } = await download(address, { maxBytes, ...options });
  if (!/^(audio\/|application\/octet-stream$)/.test(mime)) {
    throw new RecordingFailure(t('notOffered.notARecording'));
  }
  return { mime: mime.startsWith('audio/') ? mime : 'audio/mpeg', sound: bytes };
}

/**
 * Fetches a transcript as text, one line per utterance, with its speaker
 * (docs/providers/meta.md#recording). Other JSON and plain text are shown unchanged. Empty: nothing
 * was said, or not in a language that WhatsApp supports.
 *
 * @throws RecordingFailure
 */
export async function fetchTranscript(
  address: Address,
  { maxBytes = MAX_TEXT_BYTES, ...options }: Options = {},
): Promise<string> {
  const { mime, bytes } = await download(address, { maxBytes, ...options });
  if (!/^(text\/(?!html)|application\/(json|octet-stream)$)/.test(mime)) {
    throw new RecordingFailure(t('notOffered.notATranscript'));
  }
  const text = Buffer.from(bytes).toString('utf8');
  const read = transcript.safeParse(parseJson(text));
  if (!read.success) return text;
  const { segments, text: whole } = read.data.transcript;
  const lines = (segments ?? []).map(({ speaker, text: said }) =>
    speaker === undefined ? said.trim() : `${speaker}: ${said.trim()}`,
  );
  return lines.length > 0 ? lines.join('\n') : (whole ?? '');
}

const segment = z.object({
  speaker: z.string().optional().catch(undefined),
  text: z.string(),
});
/** An unreadable segment does not affect the others. */
const segments = z
  .array(z.unknown())
  .transform((items) => items.flatMap((item) => segment.safeParse(item).data ?? []));

/** The documented form; earlier versions of ours assumed a bare list of segments. */
const transcript = z.object({
  transcript: z.union([
    segments.transform((list) => ({ segments: list, text: undefined })),
    z.object({
      text: z.string().optional().catch(undefined),
      segments: segments.optional().catch(undefined),
    }),
  ]),
});

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function download(...file: Parameters<typeof downloadFile>) {
  try {
    return await downloadFile(...file);
  } catch (error) {
    if (!(error instanceof DownloadFailure)) throw error;
    const { why, status = 0 } = error;
    throw new RecordingFailure(
      why === 'status' ? t('notOffered.status', { status }) : t(`notOffered.${why}`),
    );
  }
}
