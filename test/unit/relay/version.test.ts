import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { RELAY_VERSION } from '../../../src/relay/version.ts';

it('RELAY_VERSION is the version of the package', () => {
  expect(JSON.parse(readFileSync('package.json', 'utf8')).version).toBe(RELAY_VERSION);
});
