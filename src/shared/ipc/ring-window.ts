import type { LiveCall } from './live-call.ts';

/**
 * Whether the ring window shows a call. Main opens the window and the window fills itself by this
 * one rule, so it is never open and empty. A silenced ring stays in the main window only.
 */
export function isInRingWindow({ shownAs, phase }: Pick<LiveCall, 'shownAs' | 'phase'>): boolean {
  return shownAs === 'ring' && !(phase.name === 'ringing' && phase.silenced && !phase.declined);
}
