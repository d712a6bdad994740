import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { importGraph } from '../../../scripts/check/imports.mjs';
import { root, walks, type Step } from '../../helpers/walks.ts';

const imports = importGraph(root, ['src']);
const doesImport = (from: string, to: string): boolean =>
  imports.some((one) => one.from === from && one.to === to);

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
    ['webhook', walks.webhook, 35],
    ['accept', walks.accept, 20],
  ] as const)('%s passes at most its number of files', (_, steps, most) => {
    expect(new Set(steps.map(({ file }) => file)).size).toBeLessThanOrEqual(most);
  });
});
