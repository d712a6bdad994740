import type {
  CallAnnounced,
  CallOffered,
  CallTerminated,
  ProviderError,
} from '../providers/events.ts';
import type { Dial } from './events.ts';
import type { CallFacts } from './model.ts';
import type { EndReason, Ended, Ringing } from './phases.ts';
import type { Step } from './step.ts';
import { timing } from './timing.ts';
import type { MediaServer } from '../providers/media-path.ts';

/** How a call of one path begins. */
export interface Beginning {
  /** A customer calls. */
  ring(
    facts: CallFacts,
    report: CallOffered | CallAnnounced,
    now: number,
    mediaServer: MediaServer | undefined,
  ): Step;
  /** The agent calls. */
  dial(facts: CallFacts, wish: Dial, now: number): Step;
  /** We hear of a customer's call only now that it is over. */
  miss(facts: CallFacts, report: CallTerminated, mediaServer: MediaServer | undefined): Step;
}

/** A ring that goes on until the deadline. `media`: what a ring of this path has besides. */
export function ringing<M>(media: M, deadlineAt: number, lastError?: ProviderError): Ringing & M {
  return { ...media, name: 'ringing', deadlineAt, soleCandidate: false, lastError };
}

/** The end of a call whose ring we hear of too late. */
export function outOfDate({ at }: CallOffered | CallAnnounced, now: number): Ended | undefined {
  if (now - at <= timing.outOfDate) return undefined;
  return { name: 'ended', at: now, reason: { kind: 'out-of-date' } };
}

/** The end of a customer's call that never rang here. */
export function missed({ at, startedAt, voicemail }: CallTerminated): Ended {
  // Answered, but not by us and not while we listened: another console or a phone took it.
  const reason: EndReason =
    startedAt === undefined || voicemail
      ? { kind: 'caller-gone' }
      : { kind: 'answered-elsewhere', by: '' };
  return { name: 'ended', at, reason };
}
