import type { FromRelay } from './events.ts';

/** What the relay may report in each situation; anything else is ignored. */
const expected = {
  ringing: ['candidates', 'taken'],
  reserving: ['reservation-granted', 'reservation-refused', 'unreachable'],
  claiming: ['claim-granted', 'claim-refused', 'taken', 'unreachable'],
  'in progress': ['leg-lost', 'dtmf', 'supervision', 'given-up', 'claim-refused', 'claim-released'],
  transferring: ['transfer-offered', 'transfer-ended', 'reassigned', 'call-offer-withdrawn'],
} as const satisfies Record<string, readonly FromRelay['kind'][]>;

type Situation = keyof typeof expected;
type Expected<S extends Situation> = Extract<FromRelay, { kind: (typeof expected)[S][number] }>;

/** Whether the relay's report can change a call in this situation. */
export function isExpected<S extends Situation>(
  situation: S,
  event: FromRelay,
): event is Expected<S> {
  return expected[situation].some((kind) => kind === event.kind);
}
