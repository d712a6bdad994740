import type { Teammate } from '../../../shared/protocol/frames.ts';

/** Whom a call may be handed to: everyone who is here and takes transfers, the free ones first. */
export function candidatesOf(team: readonly Teammate[], self: string | undefined): Teammate[] {
  return team
    .filter(
      ({ id, presence, takesTransfers }) => id !== self && takesTransfers && presence !== 'offline',
    )
    .sort((a, b) => Number(isFree(b)) - Number(isFree(a)) || a.name.localeCompare(b.name));
}

/** Whether a call could be handed to them now. The relay looks again when it is. */
export function isFree({ presence }: Teammate): boolean {
  return presence === 'available';
}
