import type { FromConsole } from './agent-frames.ts';
import type { FromRelayFrame } from './frames.ts';
import type { LogBody } from './log-entry.ts';

type FrameType = FromRelayFrame['type'] | FromConsole['type'];

/**
 * Frames that the oldest version does not know, each with the version that brought it. Add a new
 * frame here, or a side of the release before takes it for a broken connection.
 */
const since: Partial<Record<FrameType, number>> = {
  probe: 11,
  ringer: 11,
  checks: 11,
  webhooks: 11,
  record: 11,
  insight: 11,
  measured: 11,
  echo: 11,
  erasures: 11,
  people: 11,
  'known-people': 11,
  'legal-hold': 11,
  'legal-holds': 11,
};
/** The same for log entries. */
const entriesSince: Partial<Record<LogBody['type'], number>> = {
  merged: 11,
  erased: 11,
  answered: 11,
  measured: 11,
  'legal-hold': 11,
};

/** Whether the other side of a connection knows a frame. */
export function knows(version: number, frame: { type: FrameType }): boolean {
  return version >= (since[frame.type] ?? 0);
}

/**
 * A relay's frame as a console of this version knows it, the same object if it is no different;
 * undefined if there is nothing to tell that console. A value that came later than the console (a
 * new presence, a new kind of log entry) is replaced here by what comes closest, or is left out.
 */
export function asOf(version: number, frame: FromRelayFrame): FromRelayFrame | undefined {
  if (frame.type === 'entry' && version < (entriesSince[frame.body.type] ?? 0)) {
    return { type: 'skipped', cursor: frame.cursor };
  }
  return knows(version, frame) ? frame : undefined;
}
