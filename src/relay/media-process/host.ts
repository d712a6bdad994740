import type { BridgeEvent, BridgeReport, RouteResult } from '../media/call-bridge.ts';
import type { LegId, Routing } from '../media/routing.ts';
import type { SdpResult } from '../media/sdp-parse.ts';

/**
 * The media of all relayed calls, wherever it runs: in this process, or in one of its own that outlives the relay's
 * restarts. A call's media begins with `answerCustomer` or `offerCustomer` and ends with `end`; see `CallBridge` for
 * what each method does. Requests about a call that has no media are answered so, and never reject for it.
 */
export interface MediaHost {
  /** Whether calls go on while the relay restarts. */
  readonly outlivesRelay: boolean;
  /** Where its calls live. */
  processes(): readonly MediaProcess[];
  /** Lets events come from now on; those of a time without the relay first, in order. */
  listen(): Promise<void>;
  /** Calls whose media is alive: after a restart of the relay, those it can go on with. */
  calls(): Promise<readonly string[]>;
  answerCustomer(call: string, offerSdp: string): Promise<SdpResult<string>>;
  offerCustomer(call: string): Promise<SdpResult<string>>;
  startCustomer(call: string): Promise<void>;
  applyCustomerAnswer(call: string, answerSdp: string): Promise<SdpResult<true>>;
  openGate(call: string): Promise<void>;
  addLeg(call: string, leg: LegId, offerSdp: string): Promise<SdpResult<string>>;
  removeLeg(call: string, leg: LegId): Promise<void>;
  route(call: string, routing: Routing): Promise<RouteResult>;
  report(call: string): Promise<BridgeReport | undefined>;
  end(call: string): Promise<void>;
  /** Lets go of it. Media in this process ends; media in another goes on. */
  close(): Promise<void>;
}

/** One process that holds calls' media. */
interface MediaProcess {
  isAlive: boolean;
  calls: number;
}

/** The process that held the call's media has died: its legs cannot be restored. */
export interface HostGone {
  type: 'host-gone';
}

/** Receives every bridge's events, and `host-gone` for each call whose media died with its process. */
export type MediaListener = (call: string, event: BridgeEvent | HostGone) => void;
