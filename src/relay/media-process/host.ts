import type { BridgeEvent, BridgeReport, RouteResult } from '../media/call-bridge.ts';
import type { RecorderRequest } from '../media/recorder/call-recorder.ts';
import type { LegId, Routing } from '../media/routing.ts';
import type { SdpResult } from '../media/sdp-parse.ts';

/**
 * The media of all relayed calls, wherever it runs: in this process, or in one that outlives the
 * relay's restarts. A call's media starts with `answerCustomer` or `offerCustomer` and ends with
 * `end`; `CallBridge` describes each method. Requests about a call without media are answered
 * accordingly and never reject.
 */
export interface MediaHost {
  /** Whether calls go on while the relay restarts. */
  readonly outlivesRelay: boolean;
  /** The processes that hold its calls. */
  processes(): readonly MediaProcess[];
  /** Delivers events from now on, starting with those of a time without the relay, in order. */
  listen(): Promise<void>;
  /** Calls whose media is alive: after a restart, those that the relay can resume. */
  calls(): Promise<readonly string[]>;
  answerCustomer(call: string, offerSdp: string): Promise<SdpResult<string>>;
  offerCustomer(call: string): Promise<SdpResult<string>>;
  startCustomer(call: string): Promise<void>;
  applyCustomerAnswer(call: string, answerSdp: string): Promise<SdpResult<true>>;
  openGate(call: string): Promise<void>;
  addLeg(call: string, leg: LegId, offerSdp: string): Promise<SdpResult<string>>;
  removeLeg(call: string, leg: LegId): Promise<void>;
  route(call: string, routing: Routing): Promise<RouteResult>;
  /** Announces, begins, pauses or marks the call's recording. It ends with the call. */
  record(call: string, request: RecorderRequest): Promise<void>;
  report(call: string): Promise<BridgeReport | undefined>;
  /** Answers a console that wants to hear itself; it belongs to no call, and ends with the console's leaving. */
  echo(agentId: string, offerSdp: string): Promise<SdpResult<string>>;
  end(call: string): Promise<void>;
  /** Disconnects. Media in this process ends; media in another one continues. */
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
