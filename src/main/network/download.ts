import type { WayFetch } from './transport.ts';

const WITHIN_MS = 60_000;

/** A file could not be fetched. */
export class DownloadFailure extends Error {
  override readonly name = 'DownloadFailure';
  readonly why: 'noAnswer' | 'status' | 'broken' | 'tooLarge';
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
  { url, headers }: Address,
  { fetch = globalThis.fetch, maxBytes, redirect = 'follow' }: DownloadOptions,
): Promise<{ mime: string; bytes: Uint8Array }> {
  let answer: Awaited<ReturnType<WayFetch>>;
  try {
    const signal = AbortSignal.timeout(WITHIN_MS);
    answer = await fetch(url, { headers: { ...headers }, redirect, signal });
  } catch {
    throw new DownloadFailure('noAnswer');
  }
  if (!answer.ok) {
    throw new DownloadFailure('status', answer.status);
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
    throw new DownloadFailure('broken');
  }
  if (size > maxBytes) throw new DownloadFailure('tooLarge');
  return Buffer.concat(parts);
}
