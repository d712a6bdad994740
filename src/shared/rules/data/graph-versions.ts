import type { Sourced } from './sourced.ts';

/** When versions of Meta's Graph API end, Unix ms. Newer versions have no end yet. */
export const graphVersionEnds: Sourced<Readonly<Record<string, number>>> = {
  value: {
    'v23.0': Date.UTC(2027, 9, 8),
    'v24.0': Date.UTC(2028, 1, 18),
  },
  source: 'Meta, Graph API changelog',
  seen: '2026-11-28',
};

/**
 * How long before its end a version is warned about, in ms: time to make, test and install an
 * update.
 */
export const versionWarningMs = 90 * 86_400_000;
