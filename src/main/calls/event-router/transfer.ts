import type { Call } from '../../../shared/call/model.ts';
import type { Handover, LogBody } from '../../../shared/protocol/frames.ts';
import { ownCall, type Addressed, type RouteContext } from './context.ts';

/** A call on its way to another agent concerns whoever is asked, and whoever had it. */
export function routeHandover(
  handover: Handover,
  { live, self, hasAccount }: RouteContext,
): readonly Addressed[] {
  const { handoverId, accountId, callId, from, to, why, note } = handover;
  const ours = from.id === self?.id;
  const events: Addressed[] = [];
  const own = ours ? ownCall(live, callId) : undefined;
  if (own) {
    const names = to.map((agent) => agent.name).join(', ');
    events.push({
      address: own,
      event:
        why === 'transfer'
          ? { from: 'relay', kind: 'transfer-offered', to: names, note }
          : { from: 'relay', kind: 'handed-over', to: '', why },
    });
  }
  const asked = to.length === 0 || to.some((agent) => agent.id === self?.id);
  if (asked && hasAccount(accountId) && !(ours && why === 'transfer')) {
    const address = { id: handoverId, accountId };
    events.push({ address, event: { from: 'relay', kind: 'handover-offered', handover } });
  }
  return events;
}

/** How it ended, for both. */
export function routeHandoverEnd(
  body: Extract<LogBody, { type: 'handover-ended' }>,
  { log, live, self }: RouteContext,
): readonly Addressed[] {
  const { handoverId, callId, end, by } = body;
  const events: Addressed[] = [];
  const asked = log.get(handoverId);
  if (asked) {
    const other = by !== undefined && by.id !== self?.id ? by.name : undefined;
    events.push({ address: asked, event: { from: 'relay', kind: 'handover-off', end, by: other } });
  }
  const others = live.filter((call) => call.id !== handoverId);
  const own = ownCall(others, callId) ?? log.recordsOf(callId).find(isLeft);
  if (own && own.id !== handoverId) {
    events.push({
      address: own,
      event:
        end === 'accepted'
          ? { from: 'relay', kind: 'handed-over', to: by?.name ?? '', why: 'transfer' }
          : { from: 'relay', kind: 'transfer-ended', end },
    });
  }
  return events;
}

/** A call that we left to others: it went to the team, or we hung up while a teammate was asked. */
function isLeft({ phase, transfers = [] }: Call): boolean {
  if (phase.name !== 'ended') return false;
  const lost = phase.reason.kind === 'lost-to-team';
  return lost || transfers.some((one) => one.end === undefined);
}
