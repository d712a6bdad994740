import type { LiveCall } from './model.ts';

/**
 * Whether the ring window shows a call. Main opens the window by this rule and the window fills
 * itself by it, so it is never up with nothing in it. A silenced ring stays in the main window
 * alone.
 */
export function isInRingWindow({ shownAs, phase }: Pick<LiveCall, 'shownAs' | 'phase'>): boolean {
  return shownAs === 'ring' && !(phase.name === 'ringing' && phase.silenced && !phase.declined);
}
