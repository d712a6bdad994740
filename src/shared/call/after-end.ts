import type { CallEvent } from './events.ts';
import type { Call } from './state.ts';
import { ignored, type Step } from './step.ts';
import { mergeParty, withVerdict } from './facts.ts';

/**
 * An ended call stays ended. What still counts: the provider's verdict, a name that was missing, and a call that
 * came into being after we gave it up, which has to be ended at the provider too.
 */
export function afterEnd(call: Call, event: CallEvent): Step {
  if (event.from === 'provider') {
    const told = event.event;
    if (told.kind === 'terminated') {
      const next = withVerdict(
        { ...call, providerCallId: call.providerCallId ?? event.providerCallId },
        told,
      );
      return { ok: true, call: next, effects: [] };
    }
    if (told.kind === 'offer') {
      const party = mergeParty(call.party, told.party);
      const next = { ...call, party, payload: call.payload ?? told.payload, createdAt: told.at };
      return { ok: true, call: next, effects: [] };
    }
    if (told.kind === 'answer' && call.providerCallId === undefined) {
      return orphan(call, event.providerCallId);
    }
    return ignored('the call is over');
  }
  if (event.from === 'api' && event.kind === 'placed' && call.providerCallId === undefined) {
    return orphan(call, event.providerCallId);
  }
  return ignored('the call is over');
}

/** A call we gave up before the provider had named it. */
function orphan(call: Call, providerCallId: string): Step {
  return { ok: true, call: { ...call, providerCallId }, effects: [{ do: 'api.terminate' }] };
}
