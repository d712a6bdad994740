import { assertNever } from '../lib/assert-never.ts';
import type { CallTerminated } from '../providers/events.ts';
import type { CallEvent } from './events.ts';
import type { Effect } from './effects.ts';
import type { Call, EndReason, Phase } from './model.ts';
import { ended, ignored, moved, type Step } from './step.ts';
import { mergeParty, withRecording, withProviderResult } from './facts.ts';
import { timing } from './timing.ts';

/** A call we place, in any phase but ended. */
export function outbound(call: Call, event: CallEvent, now: number): Step {
  switch (event.from) {
    case 'provider':
      return fromProvider(call, event, now);
    case 'api':
      return fromApi(call, event, now);
    case 'media':
      return fromMedia(call, event, now);
    case 'agent':
      if (event.kind !== 'hang-up') return ignored('already dialled');
      return ended(
        call,
        { kind: isUp(call) ? 'agent-hung-up' : 'cancelled' },
        now,
        ...terminate(call),
      );
    case 'clock':
      return timedOut(call, now);
    case 'app':
      return ended(call, { kind: 'interrupted' }, now, ...terminate(call));
    case 'relay':
      return ignored('the relay does not decide about a call we place');
    default:
      return assertNever(event, 'event');
  }
}

function isUp(call: Call): boolean {
  return call.phase.name === 'connected';
}

/** The provider can only end what it has named; otherwise the late name brings the terminate (`ended.ts`). */
function terminate(call: Call): Effect[] {
  return call.providerCallId === undefined ? [] : [{ do: 'api.terminate' }];
}

function fromProvider(
  call: Call,
  event: Extract<CallEvent, { from: 'provider' }>,
  now: number,
): Step {
  const { event: told } = event;
  const named = { ...call, providerCallId: call.providerCallId ?? event.providerCallId };
  switch (told.kind) {
    case 'answer': {
      const { phase } = named;
      if (
        phase.name !== 'placing' &&
        phase.name !== 'calling' &&
        phase.name !== 'customer-ringing'
      ) {
        return ignored('no answer is awaited');
      }
      if (phase.answered) return ignored('a repeated answer');
      const party = mergeParty(named.party, told.party);
      // The customer may be heard before ACCEPTED arrives (docs/providers/meta.md#call-status), so
      // nothing waits for it.
      return moved(
        { ...named, party },
        // Webhooks overtake each other: ACCEPTED may have been first.
        named.connectedAt === undefined ? { ...phase, answered: true } : { name: 'connected' },
        { do: 'media.apply-answer', sdp: told.sdp },
        { do: 'media.live' },
      );
    }
    case 'status':
      return status(named, told.status, told.at, now);
    case 'terminated': {
      return ended(withProviderResult(named, told), endOf(told), now);
    }
    case 'offer':
      return ignored("belongs to a customer's call, not to one we placed");
    case 'announced':
      return ignored('announced before');
    case 'recording':
      return withRecording(named, told);
    default:
      return assertNever(told, 'provider event');
  }
}

function isAnswered(phase: Phase): boolean {
  return 'answered' in phase && phase.answered;
}

function endOf(told: CallTerminated): EndReason {
  const [error] = told.errors;
  if (told.failed && error) return { kind: 'failed', error };
  return told.startedAt !== undefined ? { kind: 'customer-hung-up' } : { kind: 'unanswered' };
}

function status(
  call: Call,
  status: 'ringing' | 'accepted' | 'rejected',
  at: number,
  now: number,
): Step {
  const { phase } = call;
  switch (status) {
    case 'ringing':
      if (phase.name !== 'placing' && phase.name !== 'calling') return ignored('it rang already');
      return moved(call, {
        name: 'customer-ringing',
        deadlineAt: now + timing.customerRing,
        answered: phase.answered,
      });
    case 'accepted': {
      if (phase.name === 'preparing') return ignored('nothing was placed yet');
      if (phase.name === 'connected') return ignored('already connected');
      if (call.connectedAt !== undefined) return ignored('a repeated status');
      const picked = { ...call, connectedAt: Math.min(Math.max(at, call.createdAt), now) };
      // Without the customer's SDP there is nothing to hear yet.
      if (!isAnswered(phase)) return { ok: true, call: picked, effects: [] };
      return moved(picked, { name: 'connected' });
    }
    case 'rejected':
      if (phase.name === 'connected') return ignored('already connected');
      return ended(call, { kind: 'declined-by-customer' }, now);
    default:
      return assertNever(status, 'status');
  }
}

function fromApi(call: Call, event: Extract<CallEvent, { from: 'api' }>, now: number): Step {
  const { phase } = call;
  switch (event.kind) {
    case 'placed': {
      const named = { ...call, providerCallId: call.providerCallId ?? event.providerCallId };
      if (phase.name !== 'placing') {
        return call.providerCallId === undefined
          ? { ok: true, call: named, effects: [] }
          : ignored('already placed');
      }
      return moved(named, {
        name: 'calling',
        deadlineAt: now + timing.customerRing,
        answered: phase.answered,
      });
    }
    case 'place-failed':
      // The answer by webhook is proof enough that it was placed, whatever became of the HTTP answer.
      if (phase.name !== 'placing' || call.providerCallId !== undefined)
        return ignored('it was placed');
      return ended(call, { kind: 'failed', error: event.error }, now);
    case 'pre-accepted':
    case 'pre-accept-failed':
    case 'accepted':
    case 'accept-failed':
      return ignored('there is nothing to accept in a call we place');
    default:
      return assertNever(event, 'api event');
  }
}

function fromMedia(call: Call, event: Extract<CallEvent, { from: 'media' }>, now: number): Step {
  const { phase } = call;
  switch (event.kind) {
    case 'offer-ready': {
      if (phase.name !== 'preparing') return ignored('the offer is made already');
      const next: Phase = { name: 'placing', deadlineAt: now + timing.place, answered: false };
      return moved(call, next, { do: 'api.place', sdp: event.sdp });
    }
    case 'audio': {
      if (call.audioAt !== undefined) return ignored('already heard');
      if (!isUp(call) && !isAnswered(phase))
        return ignored('nothing can be heard before the answer');
      return moved(
        { ...call, audioAt: now, connectedAt: call.connectedAt ?? now },
        { name: 'connected' },
      );
    }
    case 'failed':
      return ended(call, { kind: 'media-failed', why: event.why }, now, ...terminate(call));
    case 'lost':
      return ended(call, { kind: 'media-failed', why: 'window-lost' }, now, ...terminate(call));
    case 'answer-ready':
    case 'connected':
      return ignored('nothing to do');
    default:
      return assertNever(event, 'media event');
  }
}

function timedOut(call: Call, now: number): Step {
  switch (call.phase.name) {
    case 'preparing':
      return ended(call, { kind: 'media-failed', why: 'offer-timeout' }, now);
    case 'placing': {
      const error = { code: 'timeout', message: '', transient: true } as const;
      return ended(call, { kind: 'failed', error }, now, ...terminate(call));
    }
    case 'calling':
    case 'customer-ringing':
      return ended(call, { kind: 'unanswered' }, now, ...terminate(call));
    case 'connected':
    case 'rejoining':
    case 'ringing':
    case 'accepting':
    case 'external':
    case 'ended':
      return ignored('no deadline in this phase');
    default:
      return assertNever(call.phase, 'phase');
  }
}
