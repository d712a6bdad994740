import { assertNever } from '../lib/assert-never.ts';
import type { NotProvider } from './events.ts';
import type { DirectCall, StreamedCall } from './model.ts';
import type { Ended } from './phases.ts';
import { interrupted, mediaGone } from './outbound.ts';
import { ended, heard, ignored, type InPhase, type Step } from './step.ts';

/** A call that is up and that nobody but us can end for the customer, or the provider. */
export function connected<C extends DirectCall | StreamedCall>(
  call: C,
  event: NotProvider,
  now: number,
): Step<C | InPhase<C, Ended>> {
  switch (event.from) {
    case 'agent':
      if (event.kind !== 'hang-up') return ignored('already connected');
      return ended(call, { kind: 'agent-hung-up' }, now, { do: 'api.terminate' });
    case 'media':
      switch (event.kind) {
        case 'audio':
          return heard(call, now);
        case 'failed':
        case 'lost':
          return mediaGone(call, event, now);
        case 'connected':
        case 'answer-ready':
        case 'offer-ready':
        case 'leg-ready':
          return ignored('already connected');
        default:
          return assertNever(event, 'media event');
      }
    case 'app':
      return interrupted(call, now);
    case 'relay':
    case 'api':
    case 'clock':
      return ignored('already connected');
    default:
      return assertNever(event, 'event');
  }
}
