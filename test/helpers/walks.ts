import { readFileSync } from 'node:fs';
import path from 'node:path';

export const root = path.join(import.meta.dirname, '../..');
const text = readFileSync(path.join(root, 'docs/architecture.md'), 'utf8');

export interface Step {
  file: string;
  /**
   * How the walk gets to this file: by an import, by a callback from an importing file, or through
   * a seam.
   */
  by: 'import' | 'callback' | { kind: string; name: string };
}

/** A walk's line: files of `src`, each after an arrow or a seam. */
function stepsOf(line: string): Step[] {
  const [first = '', ...rest] = line.trim().split(/ (→|←|⇢[^⇢]+⇢) /);
  const steps: Step[] = [{ file: `src/${first}`, by: 'import' }];
  for (let at = 0; at + 1 < rest.length; at += 2) {
    const [, kind = '', name = ''] = /^⇢(\w+):(.+)⇢$/.exec(rest[at] ?? '') ?? [];
    const by = rest[at] === '→' ? 'import' : rest[at] === '←' ? 'callback' : { kind, name };
    steps.push({ file: `src/${rest[at + 1] ?? ''}`, by });
  }
  return steps;
}

const [webhook = [], accept = [], dial = []] = [...text.matchAll(/^```walk\n(.+)\n```$/gm)].map(
  ([, line = '']) => stepsOf(line),
);

/** The walks of docs/architecture.md. */
export const walks = { webhook, accept, dial };

/** The table of the files that also run: files of `src`, and folders, which end in `/`. */
export const beside: readonly string[] = [...text.matchAll(/^\| +`[^|]+\|/gm)].flatMap(([cell]) =>
  [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => `src/${name}`),
);
