import type { Call, EndReason } from './model.ts';
import { ignored, type Step } from './step.ts';

/** We ended it, and the relay still keeps it for us: our word got lost, with the app perhaps, so it is said again. */
export function sayAgain(call: Call): Step {
  if (call.phase.name !== 'ended' || !MEANT.has(call.phase.reason.kind)) {
    return ignored('we did not end it');
  }
  return { ok: true, call, effects: [{ do: 'api.terminate' }] };
}

/** Ends of a call of ours that we tell the relay; all others it knows by itself. */
const MEANT: ReadonlySet<EndReason['kind']> = new Set([
  'agent-hung-up',
  'cancelled',
  'unanswered',
  'media-failed',
  'interrupted',
]);
