import { t } from '../../shared/i18n/i18n.ts';
import type { WayFetch } from '../network/transport.ts';
import { z } from 'zod';

/** The largest recording that is fetched, in bytes. */
const MAX_BYTES = 200_000_000;
/** The same for a transcript. */
const MAX_TEXT_BYTES = 5_000_000;
const WITHIN_MS = 60_000;

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

async function download(
  { url, headers }: Address,
  { fetch = globalThis.fetch, maxBytes }: Options & { maxBytes: number },
): Promise<{ mime: string; bytes: Uint8Array }> {
  let answer: Awaited<ReturnType<WayFetch>>;
  try {
    answer = await fetch(url, { headers: headers ?? {}, signal: AbortSignal.timeout(WITHIN_MS) });
  } catch {
    throw new RecordingFailure(t('notOffered.noAnswer'));
  }
  if (!answer.ok) {
    throw new RecordingFailure(t('notOffered.status', { status: answer.status }));
  }
  const mime = (answer.headers.get('content-type') ?? '').split(';')[0]?.trim() ?? '';
  return { mime, bytes: await readAll(answer, maxBytes) };
}

/** Stops reading at the limit, because a server need not announce how much it sends. */
async function readAll(
  { body }: Pick<Awaited<ReturnType<WayFetch>>, 'body'>,
  maxBytes: number,
): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const part of body ?? []) {
      size += part.length;
      if (size > maxBytes) break;
      parts.push(part);
    }
  } catch {
    throw new RecordingFailure(t('notOffered.broken'));
  }
  if (size > maxBytes) throw new RecordingFailure(t('notOffered.tooLarge'));
  return Buffer.concat(parts);
}
