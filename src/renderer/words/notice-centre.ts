import { isolating } from '../../shared/lib/foreign-text.ts';
/** The list of what was said lately. */
export const saidWords = isolating({
  centre: 'Recent notices',
  nothing: 'No notices yet.',
  more: (count: number) => `${count} more. Dismiss one to see the next`,
  copy: 'Copy',
  callFailed: 'The call failed',
} as const);
