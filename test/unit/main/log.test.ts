import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createLog, describe } from '../../../src/main/log.ts';

test('what others wrote is one line, and holds no number', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ringdesk-log-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'main.log');
  const log = createLog(file, false);
  log.error(
    describe(
      new Error('from 5511987654321\r\n[2026-11-28 10:00:05.000] [info] all is well\u001b[2J'),
    ),
  );
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain(String.raw`from …321\r\n[2026-11-28`);
  expect(lines[0]).not.toMatch(/\p{Cc}/u);
});
