import { assertNever } from '../lib/assert-never.ts';
import type { Effect } from './effects.ts';
import type { CallEvent } from './events.ts';
import type { Handover } from '../relay/protocol.ts';
import type { Call } from './state.ts';
import type { CallAddress } from './transition.ts';
import { ignored, type Step } from './step.ts';
import { mergeParty, withVerdict } from './facts.ts';
import { timing } from './timing.ts';

/** The first event of a call: an offer rings, a dial prepares, a terminate that came first leaves a closed record. */
export function first(address: CallAddress, event: CallEvent, now: number): Step {
  if (event.from === 'agent' && event.kind === 'dial') {
    return dialled(address, event, now);
  }
  if (event.from === 'relay' && event.kind === 'handover-offered') {
    return handedOver(address, event.handover, now);
  }
  if (event.from !== 'provider') return ignored('no such call');
  const { event: told, providerCallId } = event;
  if (told.kind === 'offer') {
    const base = {
      id: address.id,
      accountId: address.accountId,
      direction: 'inbound',
      party: told.party,
      route: event.route,
      providerCallId,
      payload: told.payload,
      // The clocks of provider and desk differ; a time from the future would make the ring longer.
      createdAt: Math.min(told.at, now),
      muted: false,
    } as const;
    if (now - told.at > timing.outOfDate) {
      const phase = { name: 'ended', at: now, reason: { kind: 'out-of-date' } } as const;
      return { ok: true, call: { ...base, phase }, effects: [] };
    }
    const phase = {
      name: 'ringing',
      deadlineAt: base.createdAt + timing.ring,
      offer: told.sdp,
      answer: { state: 'preparing' },
      hold: { state: 'none' },
      alone: false,
    } as const;
    return {
      ok: true,
      call: { ...base, phase },
      effects: [{ do: 'media.answer', offer: told.sdp }],
    };
  }
  if (told.kind === 'terminated' && told.direction !== 'outbound') {
    const call: Call = {
      id: address.id,
      accountId: address.accountId,
      direction: 'inbound',
      party: mergeParty({}, told.party),
      providerCallId,
      createdAt: told.startedAt ?? told.at,
      muted: false,
      // Answered, but not by us and not while we listened: another console or a phone took it.
      phase: {
        name: 'ended',
        at: told.at,
        reason:
          told.startedAt === undefined
            ? { kind: 'caller-gone' }
            : { kind: 'answered-elsewhere', by: '' },
      },
    };
    return { ok: true, call: withVerdict(call, told), effects: [] };
  }
  return ignored('a call placed by another console');
}

/** Only where the media is ours is there anything to make before the provider is asked. */
function dialled(
  address: CallAddress,
  event: Extract<CallEvent, { from: 'agent'; kind: 'dial' }>,
  now: number,
): Step {
  const { accountId, party, media, forwardTo, record } = event;
  const base: Omit<Call, 'phase'> = {
    id: address.id,
    accountId,
    direction: 'outbound',
    party,
    media,
    forwardTo,
    record,
    createdAt: now,
    muted: false,
  };
  const place: Effect[] = [{ do: 'api.place', sdp: '' }];
  const deadlineAt = now + timing.place;
  switch (media) {
    case undefined: {
      const phase = { name: 'preparing', deadlineAt: now + timing.prepare } as const;
      return { ok: true, call: { ...base, phase }, effects: [{ do: 'media.offer' }] };
    }
    case 'pcm': {
      const phase = { name: 'placing', deadlineAt, answered: false } as const;
      return { ok: true, call: { ...base, phase }, effects: place };
    }
    case 'bridged': {
      const phase = { name: 'bridged', stage: 'dialling', deadlineAt } as const;
      return { ok: true, call: { ...base, phase }, effects: place };
    }
    default:
      return assertNever(media, 'media');
  }
}

/** A teammate's call on its way to us: a call of its own, which rings until the relay's deadline. */
function handedOver(address: CallAddress, handover: Handover, now: number): Step {
  const { callId, providerCallId, why, from, note, party, deadlineAt } = handover;
  const base: Omit<Call, 'phase'> = {
    id: address.id,
    accountId: address.accountId,
    direction: 'inbound',
    party,
    route: 'anchored',
    handover: { callId, why, from: from.name, note, deadlineAt },
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
    hold: { state: 'none' },
    alone: false,
  } as const;
  return { ok: true, call: { ...base, phase }, effects: [{ do: 'media.answer', offer: '' }] };
}
