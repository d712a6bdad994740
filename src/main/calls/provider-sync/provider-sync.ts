import type { Call } from '../../../shared/call/model.ts';
import type { Clock } from '../../../shared/lib/clock.ts';
import type { Connection } from '../../../shared/protocol/connection.ts';
import type { Log } from '../../log.ts';
import type { CallService } from '../call-service.ts';
import type { CallLog, Provider, ReadMarks } from '../ports.ts';
import { CallBackfill } from './call-backfill.ts';
import { CallPoller } from './call-poller.ts';

export interface ProviderSyncPorts {
  calls: CallService;
  callLog: Pick<CallLog, 'get' | 'byProviderId'> & { markSeen(callId: string): void };
  accounts: readonly string[];
  provider: (accountId: string) => Provider | undefined;
  marks: ReadMarks;
  /** Ended calls that were never reported, oldest first. */
  found: (calls: readonly Call[]) => void;
  clock: Clock;
  log: Log;
}

/** Reads calls at the providers, for what their webhooks do not report. */
export interface ProviderSync {
  /** Once, after the calls are restored. @param relay whether there is one */
  start(relay: boolean): void;
  handleConnection(connection: Connection): void;
  /** The relay's replay is over. */
  handleReplayComplete(): void;
  /** The relay's log lacks something that a provider may know. */
  handleIncomplete(): void;
  close(): void;
}

/** Subscribes to the calls at once, so that none is missed. */
export function openProviderSync(ports: ProviderSyncPorts): ProviderSync {
  const { calls, callLog, provider, clock, log } = ports;
  const poller = new CallPoller({
    provider,
    known: (callId) => callLog.get(callId),
    handleReports: (accountId, events) => calls.reports.handleRead(accountId, events),
    clock,
    log,
  });
  const backfill = new CallBackfill({
    accounts: ports.accounts,
    provider,
    marks: ports.marks,
    known: (accountId, providerCallId) => callLog.byProviderId(accountId, providerCallId),
    handleReports: (accountId, events) =>
      calls.reports.handleRead(accountId, events, { reconciled: true }),
    markSeen: (callId) => callLog.markSeen(callId),
    found: ports.found,
    clock,
    log,
  });
  const changed = (call: Call) => poller.handleCall(call);
  const announced = (accountId: string, providerCallId: string) => {
    poller.handleAnnounced(accountId, providerCallId);
  };
  calls.on('changed', changed);
  calls.on('announced', announced);
  return {
    start(relay) {
      // Calls that did not change when they were restored.
      for (const call of calls.live()) poller.handleCall(call);
      backfill.start(relay);
    },
    handleConnection({ state }) {
      if (state !== 'connected' && state !== 'unconfigured') backfill.handleLost();
    },
    handleReplayComplete: () => backfill.handleReplayComplete(),
    handleIncomplete: () => backfill.handleIncomplete(),
    close() {
      calls.off('changed', changed);
      calls.off('announced', announced);
      poller.close();
      backfill.close();
    },
  };
}
