import type { Teammate } from '../../../shared/protocol/frames.ts';

/** A team as a target of a transfer. */
export interface TeamTarget {
  name: string;
  /** How many of it, without this agent, take transfers, and how many of them can be reached now. */
  members: number;
  reachable: number;
}

/** Candidates for a transfer: teammates who are online and take transfers, available ones first. */
export function transferTargets(team: readonly Teammate[], self: string | undefined): Teammate[] {
  return team
    .filter(
      ({ id, presence, takesTransfers }) => id !== self && takesTransfers && presence !== 'offline',
    )
    .sort((a, b) => Number(isFree(b)) - Number(isFree(a)) || a.name.localeCompare(b.name));
}

/** The teams of whoever takes transfers, those who can be reached first. */
export function teamTargets(team: readonly Teammate[], self: string | undefined): TeamTarget[] {
  const teams = new Map<string, TeamTarget>();
  for (const one of team) {
    if (one.team === undefined || one.id === self || !one.takesTransfers) continue;
    const target = teams.get(one.team) ?? { name: one.team, members: 0, reachable: 0 };
    target.members += 1;
    if (isFree(one)) target.reachable += 1;
    teams.set(one.team, target);
  }
  return [...teams.values()].sort(
    (a, b) => Number(b.reachable > 0) - Number(a.reachable > 0) || a.name.localeCompare(b.name),
  );
}

/** Whether a call can be transferred to this teammate now. The relay checks again. */
export function isFree({ presence }: Teammate): boolean {
  return presence === 'available';
}
