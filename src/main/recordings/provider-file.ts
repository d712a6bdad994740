import { t } from '../../shared/i18n/i18n.ts';
import { decodeText } from '../../shared/lib/decode-text.ts';
import { downloadInto, DownloadFailure } from '../network/download.ts';
import type { WayFetch } from '../network/transport.ts';

/** The largest recording that is fetched, in bytes: some six hours. */
const MOST_BYTES = 200_000_000;
/** The same for a transcript. */
const MOST_TEXT_BYTES = 5_000_000;
/** For a long call over a slow line; in ms. */
const WITHIN_MS = 15 * 60_000;

/** A file could not be fetched; the message is for the agent. */
export class FileFailure extends Error {
  override readonly name = 'FileFailure';
  /** The provider has no such file any more, or never had. */
  readonly isGone: boolean;

  constructor(message: string, isGone = false) {
    super(message);
    this.isGone = isGone;
  }
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
 * Fetches a recording from its short-lived address, part by part. `fetch` drops the `authorization` header on
 * redirects to another origin (Fetch standard, HTTP-redirect fetch).
 *
 * @returns its type
 * @throws FileFailure
 */
export async function fetchRecording(
  address: Address,
  write: (part: Uint8Array) => Promise<void>,
  { maxBytes = MOST_BYTES, ...options }: Options = {},
): Promise<string> {
  const wants = (type: string) =>
    type.startsWith('audio/') ||
    isPlain(type) ||
    /^(application|video)\/(ogg|mp4|webm)$/.test(type);
  const mime = await inWords(
    downloadInto(address, { maxBytes, withinMs: WITHIN_MS, ...options }, { wants, write }),
    t('notOffered.notARecording'),
  );
  return isPlain(mime) ? 'audio/mpeg' : mime.replace(/^(?:application|video)/, 'audio');
}

/** What stores of files call one whose type they were not told; the second is Amazon's. */
const isPlain = (type: string): boolean => /^(application|binary)\/octet-stream$/.test(type);

/**
 * Fetches the text of a transcript.
 *
 * @throws FileFailure
 */
export async function fetchTranscript(
  address: Address,
  { maxBytes = MOST_TEXT_BYTES, ...options }: Options = {},
): Promise<string> {
  const parts: Uint8Array[] = [];
  const wants = (type: string) =>
    /^(text\/(?!html)|application\/json$)/.test(type) || isPlain(type);
  const write = (part: Uint8Array) => void parts.push(part);
  await inWords(
    downloadInto(address, { maxBytes, ...options }, { wants, write }),
    t('notOffered.notATranscript'),
  );
  const bytes = Buffer.concat(parts);
  const text = decodeText(bytes);
  return text.ok ? text.value : bytes.toString('utf8');
}

async function inWords(download: Promise<string>, wrongType: string): Promise<string> {
  try {
    return await download;
  } catch (error) {
    if (!(error instanceof DownloadFailure)) throw error;
    const { why, status = 0 } = error;
    if (why === 'type') throw new FileFailure(wrongType);
    if (why === 'status') throw new FileFailure(t('notOffered.status', { status }), status === 410);
    throw new FileFailure(t(`notOffered.${why}`));
  }
}
