import type { Teammate } from '../../shared/protocol/frames.ts';

/** Whether a teammate has all of these numbers. The relay checks again. */
export function hasNumbers({ numbers }: Teammate, accountIds: readonly string[]): boolean {
  return numbers === undefined || accountIds.every((id) => numbers.includes(id));
}
