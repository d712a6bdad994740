import { EarlyReports } from '../../shared/call/early-reports.ts';
import type { CallEvent } from '../../shared/call/events.ts';
import type { CallAddress } from '../../shared/call/ids.ts';
import type { Call } from '../../shared/call/model.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import type { RelayedCallStatus } from '../../shared/protocol/frames.ts';
import type { Agent } from '../../shared/protocol/agent.ts';
import type { PermissionChanged, ProviderReport } from '../../shared/providers/events.ts';
import { routingOf } from '../../shared/providers/media-path.ts';
import type { RelayEntry } from './call-service-events.ts';
import { routeCall } from './event-router/call.ts';
import type { RouteContext } from './event-router/context.ts';
import { routeEntry, routeReport } from './event-router/entry.ts';
import type { CallPorts } from './ports.ts';

export interface CallReportsPorts {
  ports: Pick<CallPorts, 'log' | 'provider' | 'relayPath'>;
  clock: Clock;
  /** This agent as the relay knows it; undefined before the first welcome. */
  self: () => Agent | undefined;
  live: () => readonly Call[];
  /** Whether this process has asked for the claim of a call. */
  hasClaimed: (callId: string) => boolean;
  /** Whether a hang-up is on its way to the relay. */
  isHangingUp: (callId: string) => boolean;
  /** @param cursor the relay's log entry that the event came with */
  handle: (address: CallAddress, event: CallEvent, cursor?: number) => void;
  /** The same, but a failure is only logged. */
  handleSafely: (callId: string, event: CallEvent) => void;
  /** Handles an event that is read again and again. @returns the call, if the event changed it */
  handleNews: (address: CallAddress, event: CallEvent) => Call | undefined;
  handlePermission: (accountId: string, event: PermissionChanged) => void;
}

/** Finds the calls that reports of the relay and the providers are about. */
export class CallReports {
  readonly #ports: CallReportsPorts;
  /** Reports about calls whose ids are not known here yet. */
  readonly #early = new EarlyReports<CallEvent>();

  constructor(ports: CallReportsPorts) {
    this.#ports = ports;
  }

  /** An entry of the relay's log. When this returns, it is stored, or kept in memory until the disk takes it. */
  handleEntry({ cursor, at, body }: RelayEntry): void {
    const { ports, clock, handle, handlePermission } = this.#ports;
    const routed = routeEntry(body, this.#context(at));
    if (routed.kind === 'permission') {
      ports.log.advance(cursor);
      handlePermission(routed.accountId, routed.event);
      return;
    }
    if (routed.kind === 'early') {
      this.#early.keep(routed.accountId, routed.ids, routed.event, clock.now());
      ports.log.advance(cursor);
      return;
    }
    const { events } = routed;
    // The cursor is stored with the last; after a crash before it, the others come again and change nothing.
    for (const [index, { address, event }] of events.entries()) {
      handle(address, event, index === events.length - 1 ? cursor : undefined);
    }
    if (events.length === 0) ports.log.advance(cursor);
  }

  /**
   * Reports read at the provider. Each read repeats all earlier reports, so only what is new is stored.
   *
   * @param reconciled the relay may never have heard of calls that begin with these reports
   * @returns the calls it changed, as they now are
   */
  handleRead(
    accountId: string,
    reports: readonly ProviderReport[],
    { reconciled = false } = {},
  ): readonly Call[] {
    const { clock, handleNews, handlePermission } = this.#ports;
    return reports.flatMap((report) => {
      const routed = routeReport(report, this.#context(clock.now()));
      if (routed.kind === 'permission') {
        handlePermission(accountId, routed.event);
        return [];
      }
      // The next read repeats it, so there is nothing to keep.
      if (routed.kind === 'early') return [];
      return routed.events.flatMap(({ address, event }) => {
        const isRead = reconciled && event.from === 'provider';
        return handleNews(address, isRead ? { ...event, reconciled } : event) ?? [];
      });
    });
  }

  /** A relayed call as the relay now sees it. */
  handleRelayedCall(status: RelayedCallStatus): void {
    const { ports, live, self, isHangingUp, handleSafely } = this.#ports;
    const context = { log: ports.log, live: live(), self: self() };
    for (const { address, event } of routeCall(status, context)) {
      // Our hang-up is on its way already.
      if (event.kind === 'still-ours' && isHangingUp(address.id)) continue;
      handleSafely(address.id, event);
    }
  }

  /** The provider has named a call: handles the reports that came before. @returns its ids */
  handleNamed({ id, accountId, providerCallId, secondaryId }: Call): readonly string[] {
    const { clock, handleSafely } = this.#ports;
    const ids = [providerCallId, secondaryId].filter((one) => one !== undefined);
    for (const event of this.#early.take(accountId, ids, clock.now())) {
      handleSafely(id, event);
    }
    return ids;
  }

  #context(at: number): RouteContext {
    const { ports, live, self, hasClaimed } = this.#ports;
    const { log, provider, relayPath } = ports;
    return {
      at,
      log,
      live: live(),
      hasAccount: (accountId) => provider(accountId) !== undefined,
      routingOf(accountId) {
        const found = provider(accountId);
        if (!found) return { path: 'direct' };
        const { path } = found.capabilities;
        const hasStream = found.stream !== undefined;
        return routingOf({ path, hasStream, relayPath: relayPath(accountId) });
      },
      isKept: (accountId, ids) => this.#early.has(accountId, ids),
      self: self(),
      claimedHere: hasClaimed,
    };
  }
}
