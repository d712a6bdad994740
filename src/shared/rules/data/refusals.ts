import type { FindingCode } from '../findings.ts';
import type { Sourced } from './sourced.ts';

/** What an earlier refusal by the provider means for the next attempt. */
export const refusalMeanings: Sourced<Readonly<Record<string, RefusalFinding>>> = {
  value: {
    '138001': 'customer-not-callable',
    '138013': 'country-refused',
    '138014': 'calling-paused',
    '138015': 'tier-refused',
  },
  source: 'Meta, Calling API troubleshooting (24 Jun 2026)',
  seen: '2026-11-22',
};

export type RefusalFinding = Extract<
  FindingCode,
  'customer-not-callable' | 'country-refused' | 'calling-paused' | 'tier-refused'
>;
