/**
 * The value of a JSON column; undefined if it is not JSON, because one bad row must not affect
 * others.
 */
export function parseColumn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
