/** Builds the console; see `build.mjs`. */
export function ensureBuilt(): Promise<void>;
