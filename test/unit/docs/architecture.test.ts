import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { importGraph } from '../../../scripts/check/imports.mjs';

const root = path.join(import.meta.dirname, '../../..');
const text = readFileSync(path.join(root, 'docs/architecture.md'), 'utf8');
const imports = importGraph(root, ['src']);
const doesImport = (from: string, to: string): boolean =>
  imports.some((one) => one.from === from && one.to === to);

interface Step {
  file: string;
  /** How the walk reached this file: by an import, an import the other way round, or a seam. */
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
const walks = { webhook, accept, dial };

const KINDS = ['frame', 'ipc', 'effect', 'port', 'event'];

/** What is wrong with a step: nothing imports it, or its seam is not named on both sides. */
function faultOf(steps: readonly Step[], at: number): string | undefined {
  const step = steps[at];
  if (!step || at === 0) return undefined;
  const before = steps.slice(0, at).map(({ file }) => file);
  const { file, by } = step;
  if (by === 'import') {
    return before.some((from) => from === file || doesImport(from, file))
      ? undefined
      : `no step before it imports ${file}`;
  }
  if (by === 'callback') {
    return before.some((to) => doesImport(file, to))
      ? undefined
      : `${file} imports no step before it`;
  }
  if (!KINDS.includes(by.kind)) return `${by.kind} is no kind of seam`;
  const names = (one: string) => readFileSync(path.join(root, one), 'utf8').includes(by.name);
  if (!names(file)) return `${file} does not name ${by.name}`;
  return before.some(names) ? undefined : `no step before ${file} names ${by.name}`;
}

describe('the walks of docs/architecture.md', () => {
  it.each(Object.entries(walks))('%s leads from file to file', (_, steps) => {
    expect(steps.length).toBeGreaterThan(10);
    expect(steps.flatMap((_step, at) => faultOf(steps, at) ?? [])).toEqual([]);
  });

  it.each([
    ['webhook', webhook, 35],
    ['accept', accept, 20],
  ] as const)('%s passes at most its number of files', (_, steps, most) => {
    expect(new Set(steps.map(({ file }) => file)).size).toBeLessThanOrEqual(most);
  });
});
