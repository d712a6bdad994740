/** What comes over the network, piece by piece; null: nothing. The body of a `fetch` fits. */
export type Body = AsyncIterable<Uint8Array> | null;

/**
 * Reads a text that somebody else sends.
 *
 * @returns undefined if it has more than `most` bytes; the rest is not read
 */
export async function boundedText(body: Body, most: number): Promise<string | undefined> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of body ?? []) {
    size += piece.length;
    if (size > most) return undefined;
    pieces.push(piece);
  }
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return new TextDecoder('utf-8', { fatal: false }).decode(bytes);
}
