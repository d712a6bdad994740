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
  let answer: Awaited<ReturnType<WayFetch>>;
  try {
    const signal = AbortSignal.timeout(withinMs);
    answer = await fetch(url, { headers: { ...headers }, redirect, signal });
  } catch {
    throw new DownloadFailure('noAnswer');
  }
  if (!answer.ok) {
    throw new DownloadFailure('status', answer.status);
  }
  const mime = (answer.headers.get('content-type') ?? '').split(';')[0]?.trim() ?? '';
  if (wants?.(mime) === false) throw new DownloadFailure('type');
  // A server need not announce how much it sends.
  let size = 0;
  for await (const part of unbroken(answer.body ?? [])) {
    size += part.length;
    if (size > maxBytes) throw new DownloadFailure('tooLarge');
    await write(part);
  }
  return mime;
}

/** The parts of an answer; a connection that breaks is a failure of the download. */
async function* unbroken(
  body: AsyncIterable<Uint8Array> | readonly Uint8Array[],
): AsyncIterable<Uint8Array> {
  try {
    yield* body;
  } catch {
    throw new DownloadFailure('broken');
  }
}
