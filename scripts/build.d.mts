import type { Runtime } from './runtime/prepare.mjs';

/** Builds the console; see `build.mjs`. */
export function ensureBuilt(runtime: Runtime): Promise<void>;
