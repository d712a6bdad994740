import type { Teammate } from '../../../shared/protocol/frames.ts';
import { hasNumbers } from '../../lib/teammates.ts';

/** A team as a target of a transfer. */
export interface TeamTarget {
  name: string;
  /** How many of it, without this agent, take transfers, and how many of them can be reached now. */
  members: number;
  reachable: number;
}

/** A call that may be transferred: its number, and the agent who has it. */
interface Transferable {
  accountId: string;
  self: string | undefined;
}

/** Whether a teammate may be given a call. */
function takes(one: Teammate, { accountId, self }: Transferable): boolean {
  return one.id !== self && one.takesTransfers && hasNumbers(one, [accountId]);
}

/** Candidates for a transfer: teammates who are online and take transfers, available ones first. */
export function transferTargets(team: readonly Teammate[], call: Transferable): Teammate[] {
  return team
    .filter((one) => takes(one, call) && one.presence !== 'offline')
    .sort((a, b) => Number(isFree(b)) - Number(isFree(a)) || a.name.localeCompare(b.name));
}

/** The teams of whoever takes transfers, those who can be reached first. */
export function teamTargets(team: readonly Teammate[], call: Transferable): TeamTarget[] {
  const teams = new Map<string, TeamTarget>();
  for (const one of team) {
    if (one.team === undefined || !takes(one, call)) continue;
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
