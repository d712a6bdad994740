import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const lock: { packages: Record<string, unknown> } = JSON.parse(
  readFileSync(join(import.meta.dirname, '..', '..', '..', 'package-lock.json'), 'utf8'),
);

// The first has had no release since 2021; the second had a known hole, and came with it.
it.each(['dbus-next', 'xml2js', 'event-stream'])('C20 nothing here brings in %s', (name) => {
  const found = Object.keys(lock.packages).filter(
    (path) => path === `node_modules/${name}` || path.endsWith(`/node_modules/${name}`),
  );
  // A maintained fork may have the name as its last part, below its own scope.
  expect(found.filter((path) => !path.includes(`@jellybrick/${name}`))).toEqual([]);
});
