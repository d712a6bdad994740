/** Programs from Debian's packages; see `debian.mjs`. */
export const TEST_PROGRAMS: { packages: string[]; command?: string }[];
export const SQLITE: { packages: string[]; command?: string };
export function ensureInstalled(
  requirements: typeof TEST_PROGRAMS,
  say: (line: string) => void,
): Promise<void>;
