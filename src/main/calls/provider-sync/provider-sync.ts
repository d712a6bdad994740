import type { Call } from '../../../shared/call/model.ts';
import type { Clock } from '../../../shared/lib/clock.ts';
import type { Connection } from '../../../shared/protocol/connection.ts';
import type { Log } from '../../log.ts';
import type { CallService } from '../call-service.ts';
import type { CallLog, Provider, ReadMarks } from '../ports.ts';
import { Reconcile } from './call-backfill.ts';
import { Watch } from './call-poller.ts';

export interface ReadingDeps {
  calls: CallService;
  callLog: Pick<CallLog, 'get' | 'byProviderId'> & { markSeen(callId: string): void };
  accounts: readonly string[];
  provider: (accountId: string) => Provider | undefined;
  marks: ReadMarks;
  /** Ended calls that were never told of, oldest first. */
  found: (calls: readonly Call[]) => void;
  clock: Clock;
  log: Log;
}

/** All that is read at the providers about calls, beside what their webhooks tell. */
export interface Reading {
  /** Once, after the calls are restored. `relay`: whether there is one. */
  start(relay: boolean): void;
  handleConnection(connection: Connection): void;
  /** The relay has told everything it knows. */
  handleReplayComplete(): void;
  /** The relay's log lacks something that a provider may know. */
  handleIncomplete(): void;
  dispose(): void;
}

/** Listens to the calls from the start, so that none is missed. */
export function openReading(deps: ReadingDeps): Reading {
  const { calls, callLog, provider, clock, log } = deps;
  const watch = new Watch({
    provider,
    known: (callId) => callLog.get(callId),
    told: (accountId, events) => calls.handleProviderReports(accountId, events),
    clock,
    log,
  });
  const reconcile = new Reconcile({
    accounts: deps.accounts,
    provider,
    marks: deps.marks,
    known: (accountId, providerCallId) => callLog.byProviderId(accountId, providerCallId),
    told: (accountId, events) =>
      calls.handleProviderReports(accountId, events, { reconciled: true }),
    markSeen: (callId) => callLog.markSeen(callId),
    found: deps.found,
    clock,
    log,
  });
  const changed = (call: Call) => watch.handleCall(call);
  const announced = (accountId: string, providerCallId: string) => {
    watch.handleAnnounced(accountId, providerCallId);
  };
  calls.on('changed', changed);
  calls.on('announced', announced);
  return {
    start(relay) {
      // Of those that did not change when they were restored.
      for (const call of calls.live()) watch.handleCall(call);
      reconcile.start(relay);
    },
    handleConnection({ state }) {
      if (state !== 'connected' && state !== 'unconfigured') reconcile.handleLost();
    },
    handleReplayComplete: () => reconcile.handleReplayComplete(),
    handleIncomplete: () => reconcile.handleIncomplete(),
    dispose() {
      calls.off('changed', changed);
      calls.off('announced', announced);
      watch.dispose();
      reconcile.dispose();
    },
  };
}
