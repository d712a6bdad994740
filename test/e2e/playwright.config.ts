import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from '@playwright/test';

/** Every test starts real Electron with its own data, so two can run in parallel on two cores. */
export default defineConfig({
  testDir: '.',
  // It takes pictures for the documentation, and proves nothing that others do not.
  testIgnore: process.env['RINGDESK_E2E_PICTURES'] === undefined ? 'pictures.spec.ts' : [],
  outputDir: join(import.meta.dirname, '../../test-results'),
  timeout: 120_000,
  expect: { timeout: 20_000 },
  fullyParallel: true,
  workers: 2,
  // Real-time audio on a shared machine: one retry in CI, reported as flaky.
  retries: process.env['CI'] === undefined ? 0 : 1,
  forbidOnly: process.env['CI'] !== undefined,
  reporter: process.env['RINGDESK_E2E_JSON']
    ? [['list'], ['json', { outputFile: process.env['RINGDESK_E2E_JSON'] }]]
    : [['list']],
  metadata: { tmp: tmpdir() },
});
