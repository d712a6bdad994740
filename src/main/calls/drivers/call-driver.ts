import type { CallEvent } from '../../../shared/call/events.ts';
import type { Call } from '../../../shared/call/model.ts';
import type { Verdict } from '../ports.ts';

/**
 * How calls of one media path are carried out. A request's outcome is returned as the event that it
 * is for the call; nothing here rejects for what a provider or the relay answers.
 */
export interface CallDriver {
  /** Asks the relay for the call: of all agents whom it rings, one gets it. */
  claim(call: Call): Promise<Verdict>;
  /** Prepares the customer's media before anybody has accepted. */
  preAccept(call: Call, sdp: string): Promise<CallEvent>;
  accept(call: Call, sdp: string): Promise<CallEvent>;
  place(call: Call, sdp: string): Promise<CallEvent>;
  /** Declines a customer's call for everybody. */
  reject(call: Call): Promise<void>;
  hangUp(call: Call): Promise<void>;
  /** Connects the agent's sound. */
  goLive(call: Call): void;
  /** Releases the media that the call has on this machine. */
  close(call: Call): void;
}
