/** No call's recording is larger, in bytes. */
const MAX_BYTES = 200_000_000;
const WITHIN_MS = 60_000;

/** A recording could not be fetched; the message is for the agent. */
export class RecordingFailure extends Error {
  override readonly name = 'RecordingFailure';
}

/**
 * Fetches a recording from its short-lived address. The window gets the sound, never the address or what opens it.
 *
 * @throws RecordingFailure
 */
export async function fetchRecording(
  { url, headers }: { url: string; headers?: Record<string, string> | undefined },
  fetch: typeof globalThis.fetch = globalThis.fetch,
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
  const sound = new Uint8Array(await answer.arrayBuffer());
  if (sound.length > MAX_BYTES) throw new RecordingFailure('The recording is too large to play.');
  return { mime: mime.startsWith('audio/') ? mime : 'audio/mpeg', sound };
}
