import { unreachableSince } from '../protocol/connection.ts';
import type { RingerProblem } from '../protocol/ringer.ts';
import type { Snapshot } from './snapshot.ts';

/** Why no call can reach this agent. */
export interface ReachTrouble {
  /** Unix ms. */
  since: number;
  why: RingerProblem;
}

/**
 * Why no call can reach the agent, if none can. Not in the demo, where only simulated customers call.
 * What keeps the console from the relay counts first: nothing else matters then.
 */
export function reachTrouble({
  app,
  connection,
  ringer,
}: Pick<Snapshot, 'connection' | 'ringer'> & {
  app: Pick<Snapshot['app'], 'workspace'>;
}): ReachTrouble | undefined {
  if (app.workspace !== 'profile') return undefined;
  const since = unreachableSince(connection);
  if (since !== undefined) return { since, why: 'connection' };
  return ringer.state === 'dead' ? { since: ringer.since, why: ringer.why } : undefined;
}
