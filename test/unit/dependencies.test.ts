import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

interface LockedPackage {
  version?: string;
  dev?: boolean;
  optional?: boolean;
}

const lock: { packages: Record<string, LockedPackage> } = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../package-lock.json'), 'utf8'),
);
const shipped = Object.entries(lock.packages).filter(([, { dev }]) => dev !== true);

/** Unmaintained packages, or ones with a known advisory, and why we had them. */
const LEFT_BEHIND = ['dbus-next', 'xml2js', 'event-stream', 'jsbi', 'exceljs', 'unzipper'];

it.each(LEFT_BEHIND)('C20 does not ship %s', (name) => {
  const found = shipped.filter(([path]) => path.split('node_modules/').at(-1) === name);
  expect(found).toEqual([]);
});
