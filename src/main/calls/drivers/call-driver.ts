import type { Effect } from '../../../shared/call/effects.ts';
import type { CallEvent } from '../../../shared/call/events.ts';
import type { CallFacts } from '../../../shared/call/model.ts';
import type { Verdict } from '../ports.ts';

/** What a call is placed with besides its customer. */
type Placing = Omit<Extract<Effect, { do: 'api.place' }>, 'do'>;

/**
 * How calls of one media path are carried out. A request's outcome is returned as the event that it
 * is for the call; nothing here rejects for what a provider or the relay answers.
 */
export interface CallDriver {
  /** Asks the relay for the call: of all agents whom it rings, one gets it. */
  claim(call: CallFacts): Promise<Verdict>;
  /** Prepares the customer's media before anybody has accepted. */
  preAccept(call: CallFacts, sdp: string): Promise<CallEvent>;
  /** @param sdp of direct calls */
  accept(call: CallFacts, sdp: string | undefined): Promise<CallEvent>;
  place(call: CallFacts, placing: Placing): Promise<CallEvent>;
  /** Declines a customer's call for everybody. */
  reject(call: CallFacts): Promise<void>;
  hangUp(call: CallFacts): Promise<void>;
  /** Connects the agent's sound. */
  goLive(call: CallFacts): void;
  /** Releases the media that the call has on this machine. */
  close(call: CallFacts): void;
}
