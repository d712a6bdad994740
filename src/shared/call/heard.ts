import type { FromRelay } from './events.ts';

/** What the relay may change about a call in each situation; everything else it reports is ignored there. */
const heard = {
  ringing: ['candidates', 'taken'],
  reserving: ['reservation-granted', 'reservation-refused', 'unreachable'],
  claiming: ['claim-granted', 'claim-refused', 'taken', 'unreachable'],
  'in progress': ['leg-lost', 'dtmf', 'supervision', 'given-up'],
  transferring: ['transfer-offered', 'transfer-ended', 'reassigned', 'call-offer-withdrawn'],
} as const satisfies Record<string, readonly FromRelay['kind'][]>;

type Situation = keyof typeof heard;
type Heard<S extends Situation> = Extract<FromRelay, { kind: (typeof heard)[S][number] }>;

/** Whether the relay's report can change a call in this situation. */
export function isHeard<S extends Situation>(situation: S, event: FromRelay): event is Heard<S> {
  return heard[situation].some((kind) => kind === event.kind);
}
