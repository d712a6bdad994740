import { asRelayed, type Call } from '../../../shared/call/model.ts';
import type { CallOffer, LogBody } from '../../../shared/protocol/log-entry.ts';
import { isTransferOpen } from '../../../shared/call/transfer.ts';
import { ownCall, type Addressed, type RouteContext } from './context.ts';

/** A call on its way to another agent concerns whoever is asked, and whoever had it. */
export function routeCallOffer(
  callOffer: CallOffer,
  { live, self, hasAccount }: RouteContext,
): readonly Addressed[] {
  const { callOfferId, accountId, callId, from, to, team, why, note } = callOffer;
  const ours = from.id === self?.id;
  const events: Addressed[] = [];
  const own = ours ? ownCall(live, callId) : undefined;
  if (own) {
    const names = team ?? to.map((agent) => agent.name).join(', ');
    events.push({
      address: own,
      event:
        why === 'requeue'
          ? { from: 'relay', kind: 'reassigned', to: '', why }
          : {
              from: 'relay',
              kind: 'transfer-offered',
              to: names,
              note,
              ...(why === 'take-over' && { isTakeOver: true }),
            },
    });
  }
  const asked = to.length === 0 || to.some((agent) => agent.id === self?.id);
  if (asked && hasAccount(accountId) && !(ours && why !== 'requeue')) {
    const address = { id: callOfferId, accountId };
    events.push({ address, event: { from: 'relay', kind: 'call-offered', callOffer } });
  }
  return events;
}

/** How it ended, for both. */
export function routeCallOfferEnd(
  body: Extract<LogBody, { type: 'call-offer-ended' }>,
  { log, live, self }: RouteContext,
): readonly Addressed[] {
  const { callOfferId, callId, end, by } = body;
  const events: Addressed[] = [];
  const asked = log.get(callOfferId);
  if (asked) {
    const other = by !== undefined && by.id !== self?.id ? by.name : undefined;
    events.push({
      address: asked,
      event: { from: 'relay', kind: 'call-offer-withdrawn', end, by: other },
    });
  }
  const others = live.filter((call) => call.id !== callOfferId);
  const own = ownCall(others, callId) ?? log.recordsOf(callId).find(isLeft);
  if (own && own.id !== callOfferId) {
    events.push({
      address: own,
      event:
        end === 'accepted'
          ? { from: 'relay', kind: 'reassigned', to: by?.name ?? '', why: 'transfer' }
          : { from: 'relay', kind: 'transfer-ended', end },
    });
  }
  return events;
}

/** A call that we left to others: it went to the team, or we hung up while a teammate was asked. */
function isLeft(call: Call): boolean {
  const { phase } = call;
  if (phase.name !== 'ended') return false;
  const relayed = asRelayed(call);
  const lost = phase.reason.kind === 'lost-to-team';
  return lost || (relayed !== undefined && isTransferOpen(relayed));
}
