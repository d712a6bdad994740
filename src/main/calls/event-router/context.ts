import type { CallEvent } from '../../../shared/call/events.ts';
import type { Routing } from '../../../shared/providers/media-path.ts';
import { isKnownAs, type Call } from '../../../shared/call/model.ts';
import type { CallAddress } from '../../../shared/call/ids.ts';
import type { Agent } from '../../../shared/protocol/agent.ts';
import type { CallLog } from '../ports.ts';

/** An event and whose it is. */
export interface Addressed {
  address: CallAddress;
  event: CallEvent;
}

/** What is known here when an entry of the relay's log is routed. */
export interface RouteContext {
  log: Pick<CallLog, 'get' | 'byProviderId' | 'recordsOf'>;
  /** Calls going on here. */
  live: readonly Call[];
  hasAccount: (accountId: string) => boolean;
  /** Where the sound of this account's calls travels. */
  routingOf: (accountId: string) => Routing;
  /** Whether anything was told of this call before anybody here knew its id. */
  isKept: (accountId: string, ids: readonly string[]) => boolean;
  self: Agent | undefined;
  /** When the relay committed the entry, Unix ms. */
  at: number;
  /** Whether this process has asked for the claim itself. */
  claimedHere: (callId: string) => boolean;
}

/** The call that we are on and that the relay means. */
export function ownCall(live: readonly Call[], callId: string): Call | undefined {
  return live.find(
    (call) =>
      (call.phase.name === 'connected' || call.phase.name === 'rejoining') &&
      isKnownAs(call, callId),
  );
}
