import { defineConfig } from 'vitest/config';
import { compileCache } from './test/helpers/compile-cache.ts';

// An event is waited for as long as the slowest machine needs it; a test that waits in vain fails late.
const patience = { poll: { timeout: 20_000 } };

const unit = {
  expect: patience,
  setupFiles: ['test/helpers/british.ts'],
  // Properties over thousands of inputs take long where others use the machine, too.
  testTimeout: 30_000,
};

/** Where tests wait for real time on a machine that others use too. Reported as flaky. */
const retry = process.env['CI'] === undefined ? 0 : 1;

const integration = {
  globalSetup: 'test/integration/programs.ts',
  isolate: false,
  expect: patience,
  env: { NODE_COMPILE_CACHE: compileCache },
  // Real sockets, media and killed processes.
  retry,
  testTimeout: 60_000,
  hookTimeout: 60_000,
};

/** Files that mostly wait for processes to start and servers to elect, and prove nothing about how fast that is. */
const patient = [
  'cli/commands',
  'cluster/cluster-failures',
  'store/birth',
  'store/relay-on-nats',
  'store/store-kill-points',
].map((name) => `test/integration/relay/${name}.test.ts`);

/** Unit tests mirror `src`; integration tests use a real relay, real SQLite and the real simulator. */
export default defineConfig({
  test: {
    // Also on two cores: most integration tests wait.
    maxWorkers: '100%',
    // More processes that start at once would keep the sound of other tests' calls waiting.
    maxConcurrency: 2,
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/unit/**/*.test.ts'],
          ...unit,
          // Loading the sources anew for each file took two thirds of the time; no test changes a module's state.
          isolate: false,
        },
      },
      {
        test: {
          name: 'unit-renderer',
          include: ['test/unit/renderer/**/*.test.tsx'],
          environment: 'jsdom',
          ...unit,
          // Windows keep state in modules, so each file loads them anew: in a context, for a fifth of a process's time.
          pool: 'vmThreads',
          // Frames, debounces and focus, which jsdom plays in real time.
          retry,
        },
      },
      {
        test: {
          name: 'integration',
          include: ['test/integration/**/*.test.ts'],
          exclude: patient,
          ...integration,
        },
      },
      { test: { name: 'integration-patient', include: patient, ...integration } },
    ],
  },
});
