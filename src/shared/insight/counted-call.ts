import type { Outcome } from '../call/record.ts';
import type { CallOfferEnd } from '../protocol/call-offer-end.ts';
import type { Blame, Kind } from '../protocol/insight-question.ts';

/** The time in which one agent had a call. Lengths are whole seconds. */
export interface CountedPart {
  /** A name on the console, where the own one is empty; an id at the relay. */
  agent: string;
  talkSeconds: number | undefined;
  /** The customer heard music: on hold, while a teammate was asked, or without the agent's leg. */
  holdSeconds: number | undefined;
  wrapUpSeconds: number | undefined;
}

/** A call that an agent offered to others. */
export interface CountedTransfer {
  /** A person or a team; empty when everyone was asked. */
  to: string;
  /** Missing while nobody has answered, and where the end was never told. */
  end?: CallOfferEnd | undefined;
}

/**
 * One call, however many agents had it. A tally reads it within `add` only: whoever counts may fill the same object
 * again for the next call.
 */
export interface CountedCall {
  /** When it began, Unix ms. */
  at: number;
  accountId: string;
  direction: 'inbound' | 'outbound';
  outcome: Outcome;
  /** Of the customer's number, ISO 3166-1. */
  country: string | undefined;
  /** From the first ring to the accept; only of customers' calls that nobody had before. */
  answerSeconds: number | undefined;
  /** What a provider bills: the whole call, all agents together; only of ours that were answered. */
  billedSeconds: number | undefined;
  /** The provider's bill in millionths of a US dollar, where it bills single calls; only of ours. */
  billedMicros: number | undefined;
  /** How it ended in the words of an agent. */
  disposition: string | undefined;
  /** Voice quality, 1–4.5. */
  mos: number | undefined;
  /** Missing if the sound was good, or was not measured. */
  blame: Blame | undefined;
  /** In order; empty if nobody had it. */
  parts: readonly CountedPart[];
  transfers: readonly CountedTransfer[];
}

/** Direction and kind of a call; their places are codes. */
export const fates = [
  { direction: 'inbound', kind: 'pickedUp' },
  { direction: 'inbound', kind: 'missed' },
  { direction: 'inbound', kind: 'unknown' },
  { direction: 'outbound', kind: 'reached' },
  { direction: 'outbound', kind: 'notReached' },
  { direction: 'outbound', kind: 'unknown' },
] as const satisfies readonly { direction: CountedCall['direction']; kind: Kind }[];

/** The place in `fates`. */
export function fateOf(call: Pick<CountedCall, 'direction' | 'outcome'>): number {
  const kind = kindOf(call);
  if (call.direction === 'inbound') return kind === 'pickedUp' ? 0 : kind === 'missed' ? 1 : 2;
  return kind === 'reached' ? 3 : kind === 'notReached' ? 4 : 5;
}

const KINDS: Readonly<Record<CountedCall['direction'], Readonly<Record<Outcome, Kind>>>> = {
  inbound: {
    answered: 'pickedUp',
    elsewhere: 'pickedUp',
    missed: 'missed',
    declined: 'missed',
    failed: 'missed',
    // Not outcomes of a customer's call.
    unanswered: 'missed',
    rejected: 'missed',
    cancelled: 'missed',
    interrupted: 'unknown',
  },
  outbound: {
    answered: 'reached',
    elsewhere: 'reached',
    missed: 'notReached',
    declined: 'notReached',
    failed: 'notReached',
    unanswered: 'notReached',
    rejected: 'notReached',
    cancelled: 'notReached',
    interrupted: 'unknown',
  },
};

/**
 * Customers' calls are picked up (here or by a teammate) or missed, ours reach the customer or do not. Of one that was
 * interrupted nobody knows.
 */
export function kindOf({ direction, outcome }: Pick<CountedCall, 'direction' | 'outcome'>): Kind {
  return KINDS[direction][outcome];
}
