import type { ConsoleApp } from '../harness/console-app.ts';
import type { Backend } from '../harness/backend.ts';
import type { Phases } from './observe.ts';
import type { DemoNumber } from './number.ts';
import type { Screenshots } from './screenshots.ts';

/** What the launcher prepared; see `scripts/runtime/prepare.mjs`. */
export interface Runtime {
  electronPath: string;
  electronVersion: string;
  official: boolean;
  env: NodeJS.ProcessEnv;
  args: string[];
}

/** What every step of the demo works with. */
export interface DemoContext {
  backend: Backend;
  app: ConsoleApp;
  number: DemoNumber;
  phases: Phases;
  /** Prints one line. */
  say: (line: string) => void;
  screenshots: Screenshots;
}
