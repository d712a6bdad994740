import type { FromRelay } from './events.ts';

/** What the relay may change about a call in each situation; everything else it reports is ignored there. */
const heard = {
  ringing: ['candidates', 'reservation-granted', 'reservation-refused', 'taken', 'unreachable'],
  accepting: ['claim-granted', 'claim-refused', 'taken', 'unreachable'],
  'accepting relayed': [
    'claim-granted',
    'claim-refused',
    'taken',
    'unreachable',
    'call-offer-withdrawn',
  ],
  'in progress': [
    'transfer-offered',
    'transfer-ended',
    'reassigned',
    'leg-lost',
    'call-offer-withdrawn',
    'dtmf',
    'supervision',
    'given-up',
  ],
} as const satisfies Record<string, readonly FromRelay['kind'][]>;

type Situation = keyof typeof heard;
type Heard<S extends Situation> = Extract<FromRelay, { kind: (typeof heard)[S][number] }>;

/** Whether the relay's report can change a call in this situation. */
export function isHeard<S extends Situation>(situation: S, event: FromRelay): event is Heard<S> {
  return heard[situation].some((kind) => kind === event.kind);
}
