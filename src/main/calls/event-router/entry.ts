import type { FromProvider, FromRelay } from '../../../shared/call/events.ts';
import { callIdOfCallbackData, inboundCallId } from '../../../shared/call/ids.ts';
import { asRelayed, type Call } from '../../../shared/call/model.ts';
import type { CallAddress } from '../../../shared/call/ids.ts';
import { assertNever } from '../../../shared/lib/assert-never.ts';
import {
  isAboutCall,
  isVoicemail,
  type CallProviderEvent,
  type MessageReceived,
  type PermissionChanged,
  type ProviderReport,
} from '../../../shared/providers/events.ts';
import type { LogBody, ProviderEntry } from '../../../shared/protocol/log-entry.ts';
import { ownCall, type Addressed, type RouteContext } from './context.ts';
import { routeCallOffer, routeCallOfferEnd } from './transfer.ts';

/** Where an entry of the relay's log belongs; without events nothing is ours, only the cursor moves. */
export type Routed =
  | { kind: 'calls'; events: readonly Addressed[] }
  /** Of a call that nobody here knows: one of ours may yet turn out to have this id, or it is a teammate's. */
  | { kind: 'early'; accountId: string; ids: readonly string[]; event: FromProvider }
  | { kind: 'permission'; accountId: string; event: PermissionChanged };

/**
 * Finds the call of an entry: a call we placed by what we attached to it (its webhooks may come
 * before the provider's answer to our request, docs/providers/meta.md#business-initiated-connect)
 * or by the provider's id, a customer's call by the provider's id.
 */
export function routeEntry(body: LogBody, context: RouteContext): Routed {
  if (body.type === 'provider') {
    const { type: _type, ahead: _ahead, ...report } = body;
    return routeReport(report, context);
  }
  return { kind: 'calls', events: routeToCalls(body, context) };
}

/** The same for what a provider reported, whether the relay was told or it was read. */
export function routeReport(report: RelayedReport, context: RouteContext): Routed {
  const { accountId, event } = report;
  if (event.kind === 'permission') {
    return context.hasAccount(accountId) ? { kind: 'permission', accountId, event } : nothing;
  }
  return routeProvider(event.kind === 'message' ? withCallOf(report, event) : report, context);
}

/** A message that was left in a call is told as the call's. */
function withCallOf(report: RelayedReport, message: MessageReceived): RelayedReport {
  if (!isVoicemail(message)) return report;
  const { at, messageId, file } = message;
  const event = { kind: 'recording', what: 'voicemail', at, mediaId: file?.id } as const;
  return { ...report, providerCallId: messageId, event };
}

type RelayedReport = ProviderReport & Pick<ProviderEntry, 'path'>;

const nothing: Routed = { kind: 'calls', events: [] };

function routeToCalls(
  body: Exclude<LogBody, { type: 'provider' }>,
  context: RouteContext,
): readonly Addressed[] {
  switch (body.type) {
    case 'claimed':
      return routeClaimed(body, context);
    case 'call-offer':
      return routeCallOffer(body.callOffer, context);
    case 'call-offer-ended':
      return routeCallOfferEnd(body, context);
    case 'agent-disconnected': {
      if (body.agent.id !== context.self?.id) return [];
      const { callId, deadlineAt } = body;
      return toOwn(context, callId, { kind: 'leg-lost', deadlineAt, at: context.at });
    }
    case 'agent-reconnected':
      if (body.agent.id !== context.self?.id) return [];
      return toOwn(context, body.callId, { kind: 'leg-back' });
    case 'dtmf':
      return toOwn(context, body.callId, { kind: 'dtmf', digit: body.digit });
    case 'supervision': {
      const { by, mode } = body;
      if (!body.shown) return [];
      return toOwn(context, body.callId, { kind: 'supervision', by: by.name, mode });
    }
    case 'ended': {
      // Our own hang-up is known here; of a call that only rang, the provider's word is enough.
      if (body.by !== undefined) return [];
      return toOwn(context, body.callId, { kind: 'given-up', why: body.why });
    }
    case 'sent':
    case 'noted':
    case 'described':
    case 'merged':
    case 'placed':
    case 'measured':
    case 'told':
    case 'told-read':
    case 'erased':
    case 'legal-hold':
    case 'todo':
    case 'answered':
    case 'unreadable':
      return [];
    case 'released': {
      // The relay says anew who can take it.
      const call = body.by.id === context.self?.id ? context.log.get(body.callId) : undefined;
      if (!call || !asRelayed(call)) return [];
      return [{ address: call, event: { from: 'relay', kind: 'claim-released', why: body.why } }];
    }
    default:
      return assertNever(body, 'log entry');
  }
}

function toOwn(
  { live }: RouteContext,
  callId: string,
  event: DistributiveOmit<FromRelay, 'from'>,
): readonly Addressed[] {
  const address = ownCall(live, callId);
  return address ? [{ address, event: { from: 'relay', ...event } }] : [];
}

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

function routeClaimed(
  { callId, by }: Extract<LogBody, { type: 'claimed' }>,
  { log, self, claimedHere }: RouteContext,
): readonly Addressed[] {
  const call = log.get(callId);
  if (!call) return [];
  if (by.id === self?.id) {
    if (asRelayed(call)) {
      return [{ address: call, event: { from: 'relay', kind: 'claim-granted' } }];
    }
    // Our own claim, coming back. From another machine of ours it is somebody else's.
    if (claimedHere(callId)) return [];
  }
  return [{ address: call, event: { from: 'relay', kind: 'taken', by: by.name } }];
}

function routeProvider(
  { path, ...report }: RelayedReport,
  { log, live, hasAccount, routingOf, isKept }: RouteContext,
): Routed {
  const { accountId, event, providerCallId, secondaryId, callbackData } = report;
  if (!hasAccount(accountId) || !isAboutCall(event) || providerCallId === undefined) {
    return nothing;
  }
  const reported: FromProvider = {
    ...report,
    from: 'provider',
    event,
    providerCallId,
  };
  const to = (...addresses: readonly CallAddress[]): Routed => ({
    kind: 'calls',
    events: addresses.map((address) => ({ address, event: reported })),
  });
  const ids = secondaryId === undefined ? [providerCallId] : [providerCallId, secondaryId];
  // A relayed call may be here more than once: as ours before, and on its way back to us.
  const going = live.filter((call) => isSame(call, accountId, ids));
  if (going.length > 0) return to(...going);
  const placed = callIdOfCallbackData(callbackData);
  const address = placed === undefined ? undefined : log.get(placed);
  if (address) return to(address);
  for (const id of ids) {
    const known = log.byProviderId(accountId, id);
    if (known) return to(known);
  }
  // Placed by another console.
  if (placed !== undefined) return nothing;
  // An end that does not say whose call it was belongs to what was told of that call before.
  const isUnclear = event.kind === 'terminated' && event.direction === undefined;
  if (!begins(event) || (isUnclear && isKept(accountId, ids))) {
    return { kind: 'early', accountId, ids, event: reported };
  }
  const id = inboundCallId(accountId, providerCallId);
  const routing = path === 'relayed' ? { path } : routingOf(accountId);
  return {
    kind: 'calls',
    events: [{ address: { id, accountId }, event: { ...reported, ...routing } }],
  };
}

/** Whether a customer's call may begin with this here. */
function begins(event: CallProviderEvent): boolean {
  switch (event.kind) {
    case 'offer':
      return true;
    case 'announced':
      return event.direction === 'inbound';
    case 'terminated':
      return event.direction !== 'outbound';
    case 'answer':
    case 'status':
    case 'recording':
      return false;
    default:
      return assertNever(event, 'provider event');
  }
}

function isSame(call: Call, accountId: string, ids: readonly string[]): boolean {
  if (call.accountId !== accountId) return false;
  return [call.providerCallId, call.secondaryId].some((id) => id !== undefined && ids.includes(id));
}
