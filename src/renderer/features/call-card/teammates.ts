import type { Teammate } from '../../../shared/protocol/frames.ts';

/** Candidates for a transfer: teammates who are online and take transfers, available ones first. */
export function transferTargets(team: readonly Teammate[], self: string | undefined): Teammate[] {
  return team
    .filter(
      ({ id, presence, takesTransfers }) => id !== self && takesTransfers && presence !== 'offline',
    )
    .sort((a, b) => Number(isFree(b)) - Number(isFree(a)) || a.name.localeCompare(b.name));
}

/** Whether a call can be transferred to this teammate now. The relay checks again. */
export function isFree({ presence }: Teammate): boolean {
  return presence === 'available';
}
