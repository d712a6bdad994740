/** A name that stands twice in one object of a JSON text. Parsers take the last and drop the others. */
export interface RepeatedKey {
  key: string;
  /** Of the second, from 1. */
  line: number;
}

/** Strings, which may hold any of the marks, and the marks between them. */
const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:\n]/g;

/** Finds the first repeated name in a valid JSON text. */
export function repeatedKey(text: string): RepeatedKey | undefined {
  /** The names of each object that is open; undefined for an array. */
  const open: (Set<string> | undefined)[] = [];
  let line = 1;
  let last = '';
  for (const [token] of text.matchAll(TOKEN)) {
    if (token === '\n') line++;
    else if (token === '{') open.push(new Set());
    else if (token === '[') open.push(undefined);
    else if (token === '}' || token === ']') open.pop();
    else if (token === ':') {
      const names = open.at(-1);
      if (names?.has(last)) return { key: last, line };
      names?.add(last);
    } else if (token !== ',') last = String(JSON.parse(token));
  }
  return undefined;
}
