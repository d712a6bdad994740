import { readdirSync, readFileSync } from 'node:fs';

/** The file's request, in the bytes that would go over the wire: the order of the keys counts, the layout does not. */
export function goldenBytes(folder: URL, name: string): string {
  return JSON.stringify(JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8')));
}

export function goldenNames(folder: URL): string[] {
  return readdirSync(folder)
    .map((file) => file.replace('.json', ''))
    .sort();
}
