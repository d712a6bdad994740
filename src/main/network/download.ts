import { boundedText } from '../../shared/lib/bounded-text.ts';
import type { WayFetch } from './transport.ts';

const WITHIN_MS = 60_000;

/** A file could not be fetched. */
export class DownloadFailure extends Error {
  override readonly name = 'DownloadFailure';
  readonly why: 'noAnswer' | 'status' | 'broken' | 'tooLarge' | 'type';
  /** The HTTP status, if that is why. */
  readonly status: number | undefined;

  constructor(why: DownloadFailure['why'], status?: number) {
    super(why);
    this.why = why;
    this.status = status;
  }
}

interface DownloadOptions {
  /** Node's own in tests. */
  fetch?: WayFetch | undefined;
  maxBytes: number;
  /** For all of it; in ms. */
  withinMs?: number;
  /** Only `authorization` is dropped on the way to another host, no header of a provider's own. */
  redirect?: 'error' | 'follow';
}

interface Address {
  url: string;
  headers?: Readonly<Record<string, string>> | undefined;
}

/**
 * Fetches a file of a provider's from its short-lived address.
 *
 * @throws DownloadFailure
 */
export async function download(
  address: Address,
  options: DownloadOptions,
): Promise<{ mime: string; bytes: Uint8Array }> {
  const parts: Uint8Array[] = [];
  const mime = await downloadInto(address, options, { write: (part) => void parts.push(part) });
  return { mime, bytes: Buffer.concat(parts) };
}

/** Where the parts of a file go. */
interface Sink {
  /** Whether the file is of a type that is wanted; it is not read otherwise. */
  wants?: (mime: string) => boolean;
  write: (part: Uint8Array) => void | Promise<void>;
}

/**
 * The same for a file that is too large for memory. Errors of the sink are passed on.
 *
 * @returns its type
 * @throws DownloadFailure
 */
export async function downloadInto(
  { url, headers }: Address,
  {
    fetch = globalThis.fetch,
    maxBytes,
    redirect = 'follow',
    withinMs = WITHIN_MS,
  }: DownloadOptions,
  { wants, write }: Sink,
): Promise<string> {
  const stop = new AbortController();
  const signal = AbortSignal.any([AbortSignal.timeout(withinMs), stop.signal]);
  try {
    const answer = await fetch(url, { headers: { ...headers }, redirect, signal }).catch(() => {
      throw new DownloadFailure('noAnswer');
    });
    return await taken(answer, maxBytes, { wants, write });
  } finally {
    // What is not wanted would go on coming.
    stop.abort();
  }
}

async function taken(
  answer: Awaited<ReturnType<WayFetch>>,
  maxBytes: number,
  { wants, write }: Sink,
): Promise<string> {
  if (!answer.ok) throw new DownloadFailure('status', answer.status);
  const [mime = ''] = (answer.headers.get('content-type') ?? '').toLowerCase().split(/\s*;/);
  if (wants?.(mime) === false) throw new DownloadFailure('type');
  for await (const part of partsOf(answer, maxBytes)) await write(part);
  return mime;
}

/**
 * The parts of an answer, which need not announce how much it is.
 *
 * @throws DownloadFailure
 */
async function* partsOf(
  { body }: Pick<Awaited<ReturnType<WayFetch>>, 'body'>,
  maxBytes: number,
): AsyncIterable<Uint8Array> {
  let size = 0;
  for await (const part of unbroken(body ?? [])) {
    size += part.length;
    if (size > maxBytes) throw new DownloadFailure('tooLarge');
    yield part;
  }
}

/** The text of an answer that is no larger. @throws DownloadFailure */
export async function textOf(
  { body }: Pick<Awaited<ReturnType<WayFetch>>, 'body'>,
  maxBytes: number,
): Promise<string> {
  const text = await boundedText(unbroken(body ?? []), maxBytes);
  if (text === undefined) throw new DownloadFailure('tooLarge');
  return text;
}

/** A connection that breaks is a failure of the download. */
async function* unbroken(
  body: AsyncIterable<Uint8Array> | readonly Uint8Array[],
): AsyncIterable<Uint8Array> {
  try {
    yield* body;
  } catch {
    throw new DownloadFailure('broken');
  }
}
