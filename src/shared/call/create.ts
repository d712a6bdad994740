import { assertNever } from '../lib/assert-never.ts';
import type { Effect } from './effects.ts';
import type { CallEvent } from './events.ts';
import type { CallOffer } from '../protocol/frames.ts';
import type { CallAnnounced, CallOffered, CallTerminated } from '../providers/events.ts';
import { endOfExternal } from './external.ts';
import type { Call, EndReason } from './model.ts';
import type { CallAddress } from './ids.ts';
import { ignored, type Step } from './step.ts';
import { mergeParty, withProviderResult } from './facts.ts';
import { timing } from './timing.ts';

/** The first event of a call: an offer rings, a dial prepares, a terminate that came first leaves a closed record. */
export function first(address: CallAddress, event: CallEvent, now: number): Step {
  if (event.from === 'agent' && event.kind === 'dial') {
    return dialled(address, event, now);
  }
  if (event.from === 'relay' && event.kind === 'call-offered') {
    return handedOver(address, event.callOffer, now);
  }
  if (event.from !== 'provider') return ignored('no such call');
  const { event: told, providerCallId } = event;
  const { id, accountId } = address;
  const { path = 'direct', mediaServer, secondaryId, reconciled } = event;
  const call = { id, accountId, path, mediaServer, providerCallId, reconciled, muted: false };
  const base = secondaryId === providerCallId ? call : { ...call, secondaryId };
  switch (told.kind) {
    case 'offer':
      return incoming({ ...base, ...begun(told, now), payload: told.payload }, told, told.sdp, now);
    case 'announced':
      if (told.direction === 'outbound') return ignored('a call placed by another console');
      // Told in two ways; without the offer there is nothing to answer.
      if (path === 'direct' || path === 'relayed') return ignored('its offer is on its way');
      return incoming({ ...base, ...begun(told, now) }, told, '', now);
    case 'terminated':
      if (told.direction === 'outbound') return ignored('a call placed by another console');
      return endOfUnknown(base, told);
    case 'answer':
    case 'status':
    case 'recording':
      return ignored('a call placed by another console');
    default:
      return assertNever(told, 'provider event');
  }
}

type Base = Omit<Call, 'phase' | 'direction' | 'party' | 'createdAt'>;

function begun({ at, party }: CallOffered | CallAnnounced, now: number) {
  // The clocks of provider and desk differ; a time from the future would make the ring longer.
  return { direction: 'inbound', party, createdAt: Math.min(at, now) } as const;
}

/** A customer calls. `offer`: empty where the media is not ours. */
function incoming(
  base: Omit<Call, 'phase'>,
  { at }: CallOffered | CallAnnounced,
  offer: string,
  now: number,
): Step {
  if (base.path === 'external') {
    const deadlineAt = Math.max(base.createdAt + timing.externalRing, now + timing.retell);
    const phase = { name: 'external', stage: 'ringing', deadlineAt } as const;
    return { ok: true, call: { ...base, phase }, effects: [] };
  }
  if (now - at > timing.outOfDate) {
    const phase = { name: 'ended', at: now, reason: { kind: 'out-of-date' } } as const;
    return { ok: true, call: { ...base, phase }, effects: [] };
  }
  const ringing = {
    name: 'ringing',
    deadlineAt: base.createdAt + timing.ring,
    offer,
    reservation: { state: 'none' },
    soleCandidate: false,
  } as const;
  if (base.path === 'streamed') {
    const phase = { ...ringing, answer: { state: 'ready', sdp: '' } } as const;
    return { ok: true, call: { ...base, phase }, effects: [] };
  }
  const phase = { ...ringing, answer: { state: 'preparing' } } as const;
  const media: Effect =
    base.path === 'relayed' ? { do: 'media.leg' } : { do: 'media.answer', offer };
  return { ok: true, call: { ...base, phase }, effects: [media] };
}

function endOfUnknown(base: Base, told: CallTerminated): Step {
  const call: Call = {
    ...base,
    direction: 'inbound',
    party: mergeParty({}, told.party),
    createdAt: told.startedAt ?? told.at,
    phase: { name: 'ended', at: told.at, reason: reasonOfUnknown(base, told) },
  };
  return { ok: true, call: withProviderResult(call, told), effects: [] };
}

function reasonOfUnknown({ path }: Base, told: CallTerminated): EndReason {
  if (path === 'external') return endOfExternal({ direction: 'inbound' }, told);
  // Answered, but not by us and not while we listened: another console or a phone took it.
  if (told.startedAt !== undefined) return { kind: 'answered-elsewhere', by: '' };
  return { kind: 'caller-gone' };
}

/** Only where the sound is between this window and WhatsApp is there anything to make before the call is placed. */
function dialled(
  address: CallAddress,
  event: Extract<CallEvent, { from: 'agent'; kind: 'dial' }>,
  now: number,
): Step {
  const { accountId, party, path, mediaServer, forwardTo, record } = event;
  const base: Omit<Call, 'phase'> = {
    id: address.id,
    accountId,
    direction: 'outbound',
    party,
    path,
    mediaServer,
    forwardTo,
    record,
    createdAt: now,
    muted: false,
  };
  const place: Effect[] = [{ do: 'api.place', sdp: '' }];
  const deadlineAt = now + timing.place;
  switch (path) {
    case 'direct': {
      const phase = { name: 'preparing', deadlineAt: now + timing.prepare } as const;
      return { ok: true, call: { ...base, phase }, effects: [{ do: 'media.offer' }] };
    }
    case 'relayed':
    case 'streamed': {
      const phase = { name: 'placing', deadlineAt, answered: false } as const;
      return { ok: true, call: { ...base, phase }, effects: place };
    }
    case 'external': {
      const phase = { name: 'external', stage: 'dialling', deadlineAt } as const;
      return { ok: true, call: { ...base, phase }, effects: place };
    }
    default:
      return assertNever(path, 'path');
  }
}

/** A teammate's call on its way to us: a call of its own, which rings until the relay's deadline. */
function handedOver(address: CallAddress, callOffer: CallOffer, now: number): Step {
  const { callId, providerCallId, why, from, note, party, deadlineAt } = callOffer;
  const base: Omit<Call, 'phase'> = {
    id: address.id,
    accountId: address.accountId,
    direction: 'inbound',
    party,
    path: 'relayed',
    callOffer: { callId, why, from: from.name, note, deadlineAt },
    providerCallId,
    createdAt: now,
    muted: false,
  };
  if (now >= deadlineAt) {
    const phase = { name: 'ended', at: now, reason: { kind: 'out-of-date' } } as const;
    return { ok: true, call: { ...base, phase }, effects: [] };
  }
  const phase = {
    name: 'ringing',
    deadlineAt,
    offer: '',
    answer: { state: 'preparing' },
    reservation: { state: 'none' },
    soleCandidate: false,
  } as const;
  return { ok: true, call: { ...base, phase }, effects: [{ do: 'media.leg' }] };
}
