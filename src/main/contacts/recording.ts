/** No call's recording is larger, in bytes. */
const MAX_BYTES = 200_000_000;
const WITHIN_MS = 60_000;

/** A recording could not be fetched; the message is for the agent. */
export class RecordingFailure extends Error {
  override readonly name = 'RecordingFailure';
}

/**
 * Fetches a recording from its short-lived address. The window gets the sound, never the address or what opens it; and
 * `fetch` takes an `authorization` header off when it is led to another origin (Fetch standard, HTTP-redirect fetch).
 *
 * @throws RecordingFailure
 */
export async function fetchRecording(
  { url, headers }: { url: string; headers?: Record<string, string> | undefined },
  {
    fetch = globalThis.fetch,
    maxBytes = MAX_BYTES,
  }: { fetch?: typeof globalThis.fetch; maxBytes?: number } = {},
): Promise<{ mime: string; sound: Uint8Array }> {
  let answer: Response;
  try {
    answer = await fetch(url, { headers: headers ?? {}, signal: AbortSignal.timeout(WITHIN_MS) });
  } catch {
    throw new RecordingFailure('The recording could not be fetched: no answer in time.');
  }
  if (!answer.ok) {
    throw new RecordingFailure(
      `The recording could not be fetched (HTTP status ${answer.status}).`,
    );
  }
  const mime = (answer.headers.get('content-type') ?? '').split(';')[0]?.trim() ?? '';
  if (!/^(audio\/|application\/octet-stream$)/.test(mime)) {
    throw new RecordingFailure('What the provider sent is not a recording.');
  }
  const sound = await readAll(answer, maxBytes);
  return { mime: mime.startsWith('audio/') ? mime : 'audio/mpeg', sound };
}

/** Stops reading at the limit: how much a server sends is known only when it has. */
async function readAll({ body }: Response, maxBytes: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const part of body ?? []) {
      size += part.length;
      if (size > maxBytes) break;
      parts.push(part);
    }
  } catch {
    throw new RecordingFailure('The recording could not be fetched: the connection broke.');
  }
  if (size > maxBytes) throw new RecordingFailure('The recording is too large to play.');
  return Buffer.concat(parts);
}
