/** What comes over the network, piece by piece; null: nothing. The body of a `fetch` fits. */
export type Body = AsyncIterable<Uint8Array> | null;

/**
 * Reads a text that somebody else sends.
 *
 * @returns undefined if it has more than `most` bytes; the rest is not read
 */
export async function boundedText(body: Body, most: number): Promise<string | undefined> {
  // A letter may begin in one piece and end in the next.
  const decoder = new TextDecoder('utf-8', { fatal: false });
  let text = '';
  let size = 0;
  for await (const piece of body ?? []) {
    size += piece.length;
    if (size > most) return undefined;
    text += decoder.decode(piece, { stream: true });
  }
  return text + decoder.decode();
}
