import type { ProviderId } from './providers.ts';
import type { Sourced } from './sourced.ts';

const seen = '2026-11-22';

/**
 * Countries (ISO 3166-1 alpha-2) of the *business* number from which calls to customers are
 * unavailable. Calls from customers still work. Sources differ, so each list is kept as its source
 * has it.
 */
export const blockedForOutbound: Record<ProviderId, Sourced<readonly string[]>> = {
  meta: {
    value: ['US', 'CA', 'EG', 'VN', 'NG'],
    source: 'Meta, Calling API overview (26 Jun 2026)',
    seen,
  },
  d360: {
    value: ['US', 'CA', 'TR', 'EG', 'VN', 'NG'],
    source:
      '360dialog, Calling API. Its sentence excludes them from the whole API; customers’ calls are left to Meta’s rule.',
    seen,
  },
  'pilot-meta': {
    value: ['US', 'CA', 'EG', 'VN', 'NG'],
    source: 'Pilot Status names none; its Meta numbers follow Meta’s list',
    seen,
  },
  'pilot-web': {
    value: [],
    source: 'Pilot Status names none; web numbers are outside the Cloud API',
    seen,
  },
  zernio: {
    value: ['US', 'CA', 'EG', 'VN', 'NG'],
    source: 'Zernio, calling: numbers registered in these countries',
    seen,
  },
};

/** Countries whose numbers are refused on either side. */
export const sanctioned: Sourced<readonly string[]> = {
  value: ['CU', 'IR', 'KP', 'SY'],
  source:
    'Meta, Calling API overview; respond.io names only North Korea and Syria: the longer list is safe',
  seen,
};

/**
 * Sanctioned regions that are not countries, recognised by leading digits. `sure`: used in that
 * region only. The others are dialling codes of a whole region of Ukraine of which only a part is
 * sanctioned, so they warn.
 */
export const sanctionedPrefixes: Sourced<
  readonly { prefix: string; region: 'Crimea' | 'Donetsk' | 'Luhansk'; sure: boolean }[]
> = {
  value: [
    { prefix: '7365', region: 'Crimea', sure: true },
    { prefix: '7869', region: 'Crimea', sure: true },
    { prefix: '7978', region: 'Crimea', sure: true },
    { prefix: '7856', region: 'Donetsk', sure: true },
    { prefix: '7949', region: 'Donetsk', sure: true },
    { prefix: '7857', region: 'Luhansk', sure: true },
    { prefix: '7959', region: 'Luhansk', sure: true },
    { prefix: '38065', region: 'Crimea', sure: false },
    { prefix: '38069', region: 'Crimea', sure: false },
    { prefix: '38062', region: 'Donetsk', sure: false },
    { prefix: '38064', region: 'Luhansk', sure: false },
  ],
  source:
    'Regions: Meta, respond.io. Prefixes: the Russian and Ukrainian numbering plans from general knowledge, no page of a provider lists them',
  seen,
};

/** Countries whose rules for internet calls may make calls fail, on either side. */
export const unreliable: Sourced<readonly string[]> = {
  value: ['AE', 'SA', 'QA', 'EG'],
  source: 'respond.io, WhatsApp calls: limited reliability',
  seen,
};
