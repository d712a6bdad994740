import type { CallEvent } from '../../shared/call/events.ts';
import { callIdOfOpaque, inboundCallId } from '../../shared/call/ids.ts';
import type { CallAddress } from '../../shared/call/transition.ts';
import { assertNever } from '../../shared/lib/assert-never.ts';
import type { PermissionChanged } from '../../shared/providers/events.ts';
import type { Agent, LogBody } from '../../shared/relay/protocol.ts';
import type { CallLog } from './ports.ts';

/** Where an entry of the relay's log belongs; `none`: nothing of ours, only the cursor moves. */
export type Routed =
  | { kind: 'call'; address: CallAddress; event: CallEvent }
  | { kind: 'permission'; accountId: string; event: PermissionChanged }
  | { kind: 'none'; why: string };

export interface RouteContext {
  log: Pick<CallLog, 'get' | 'byProviderId'>;
  hasAccount: (accountId: string) => boolean;
  self: Agent | undefined;
  /** Whether this process has asked for the claim itself. */
  claimedHere: (callId: string) => boolean;
}

/**
 * Finds the call of an entry: a call we placed by what we attached to it (its webhooks may come before the provider's answer to
 * our request, facts 2.2) or by the provider's id, a customer's call by the provider's id.
 */
export function routeEntry(body: LogBody, context: RouteContext): Routed {
  switch (body.type) {
    case 'provider':
      return routeProvider(body, context);
    case 'claimed': {
      const call = context.log.get(body.callId);
      if (!call) return { kind: 'none', why: 'no call of ours' };
      // Our own claim, coming back. From another machine of ours it is somebody else's.
      if (body.by.id === context.self?.id && context.claimedHere(body.callId)) {
        return { kind: 'none', why: 'our own claim' };
      }
      const event = { from: 'relay', kind: 'taken', by: body.by.name } as const;
      return { kind: 'call', address: call, event };
    }
    case 'released':
      return { kind: 'none', why: 'the relay says anew who can take it' };
    default:
      return assertNever(body, 'log entry');
  }
}

function routeProvider(
  body: Extract<LogBody, { type: 'provider' }>,
  { log, hasAccount }: RouteContext,
): Routed {
  const { accountId, event, providerCallId } = body;
  if (!hasAccount(accountId)) return { kind: 'none', why: 'not our number' };
  if (event.kind === 'permission') return { kind: 'permission', accountId, event };
  if (providerCallId === undefined) return { kind: 'none', why: 'names no call' };
  const told: CallEvent = {
    from: 'provider',
    event: event.kind === 'terminated' ? { ...event, direction: event.direction } : event,
    providerCallId,
  };
  const placed = callIdOfOpaque(body.opaque);
  if (placed !== undefined) {
    const call = log.get(placed);
    return call
      ? { kind: 'call', address: call, event: told }
      : { kind: 'none', why: 'placed by another console' };
  }
  const known = log.byProviderId(accountId, providerCallId);
  if (known) return { kind: 'call', address: known, event: told };
  const begins =
    event.kind === 'offer' || (event.kind === 'terminated' && event.direction !== 'outbound');
  if (!begins) return { kind: 'none', why: 'placed by another console' };
  const address = { id: inboundCallId(accountId, providerCallId), accountId };
  return { kind: 'call', address, event: told };
}
