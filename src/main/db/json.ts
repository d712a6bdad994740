/**
 * What a text column holds; undefined where that is no JSON: one bad row must not take the others
 * with it.
 */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
