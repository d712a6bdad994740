import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';

const folder = path.join(import.meta.dirname, '../../../src/renderer');
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
  name.endsWith('.css'),
);

/** Declarations that do not turn with the direction of the text, by file, with the reason. */
const ALLOWED: Readonly<Record<string, string>> = {};

const PHYSICAL = [
  /(?:^|[;{\s])(?:left|right)\s*:/,
  /-(?:left|right)(?:-radius|-width|-style|-color)?\s*:/,
  /(?:text-align|float|clear|justify-\w+|align-\w+)\s*:\s*(?:left|right)\b/,
  /translateX\(/,
  /translate\((?!0\b)/,
  /scaleX\(/,
  // Four values of which the second and the last differ.
  /(?:margin|padding|inset)\s*:\s*\S+\s+(\S+)\s+\S+\s+(?!\1;)[^;\s]+;/,
];

it('finds style sheets', () => {
  expect(files.length).toBeGreaterThan(40);
});

it.each(files)('%s is mirrored with the direction of the text', (name) => {
  const text = readFileSync(path.join(folder, name), 'utf8').replaceAll(/\/\*[^]*?\*\//g, '');
  const found = text
    .split('\n')
    .filter(
      (line) => PHYSICAL.some((one) => one.test(line)) && !(`${name}: ${line.trim()}` in ALLOWED),
    );
  expect(found).toEqual([]);
});
