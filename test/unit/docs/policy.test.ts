import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { policyGroups } from '../../../src/shared/policy/policy.ts';

const inRoot = (...path: string[]) =>
  readFileSync(join(import.meta.dirname, '../../..', ...path), 'utf8');

const admx = inRoot('resources', 'policy', 'ringdesk.admx');
const adml = inRoot('resources', 'policy', 'en-US', 'ringdesk.adml');
const fleet = inRoot('docs', 'admin', 'fleet.md');

/** Every key of the policy, as `group.key`. */
const keys = Object.entries(policyGroups).flatMap(([group, { shape }]) =>
  Object.keys(shape).map((key) => `${group}.${key}`),
);

it.each(keys)('%s is in the page for admins and in the template for Windows', (name) => {
  const [group = '', key = ''] = name.split('.');
  expect(fleet).toContain(`| \`${name}\``);
  const place = `Software\\Policies\\Ringdesk\\${group}`;
  // The page about customers is a group of its own.
  const found = name === 'settings.screenPop' ? `${place}\\${key}"` : `${place}"`;
  const [, ...after] = admx.split(`key="${found}`);
  expect(after.some((policy) => policy.includes(`valueName="${key}"`) || key === 'screenPop')).toBe(
    true,
  );
});

it('names every text and presentation that the template for Windows asks for', () => {
  const asked = [...admx.matchAll(/\$\((string|presentation)\.([\w-]+)\)/g)];
  expect(asked.length).toBeGreaterThan(50);
  for (const [, kind, id] of asked) expect(adml).toContain(`<${kind} id="${id}">`);
});

it('knows no key that the policy does not', () => {
  const named = [...fleet.matchAll(/^\| `(\w+\.\w+)` /gm)].map(([, name = '']) => name);
  expect(named.toSorted()).toEqual(keys.toSorted());
});
