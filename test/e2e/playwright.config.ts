import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from '@playwright/test';

/** Tests of several consoles, which talk to each other in real time and take a whole core. */
const teams = ['teams-*.spec.ts', 'supervisor.spec.ts'];
// It takes pictures for the documentation, and proves nothing that others do not.
const ignored = process.env['RINGDESK_E2E_PICTURES'] === undefined ? ['pictures.spec.ts'] : [];

/**
 * Every test starts real Electron with its own data. On two cores three run at a time: a test with one console waits
 * more than it computes. Of those with several consoles there is only one among them.
 */
export default defineConfig({
  testDir: '.',
  // The same on every system and in every project.
  snapshotPathTemplate: '{testDir}/{testFilePath}-snapshots/{arg}{ext}',
  outputDir: join(import.meta.dirname, '../../test-results'),
  timeout: 120_000,
  expect: { timeout: 20_000 },
  fullyParallel: true,
  workers: 3,
  projects: [
    { name: 'teams', testMatch: teams, workers: 1 },
    { name: 'consoles', testIgnore: [...teams, ...ignored] },
  ],
  // Real-time audio on a shared machine: one retry in CI, reported as flaky.
  retries: process.env['CI'] === undefined ? 0 : 1,
  forbidOnly: process.env['CI'] !== undefined,
  reporter: process.env['RINGDESK_E2E_JSON']
    ? [['list'], ['json', { outputFile: process.env['RINGDESK_E2E_JSON'] }]]
    : [['list']],
  metadata: { tmp: tmpdir() },
});
