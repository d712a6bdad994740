import { isolating } from '../../shared/lib/foreign-text.ts';
/** The list of what was said lately. */
export const saidWords = isolating({
  centre: 'Messages so far',
  nothing: 'Nothing was said yet.',
  more: (count: number) => `${count} more before these. Dismiss one to see the next`,
  copy: 'Copy',
  callFailed: 'The call failed',
} as const);
