import type { FromRelayFrame } from '../../shared/protocol/frames.ts';
import type { Verdict } from '../calls/ports.ts';

/** What came of a request to the relay. `unreachable`: no answer in time, or no connection. */
export type Outcome =
  | Extract<FromRelayFrame, { type: 'result' }>['outcome']
  | { kind: 'unreachable' };

export const unreachable = { kind: 'unreachable' } as const;

/** An answer of another kind than the question's is no answer. */
export function verdictOf(outcome: Outcome): Verdict {
  return outcome.kind === 'granted' || outcome.kind === 'refused' ? outcome : unreachable;
}
