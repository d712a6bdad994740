import type { LiveCall, Snapshot } from '../../shared/ipc/model.ts';
import { partyName } from '../lib/party.ts';
import { useDesk } from '../state/desk.ts';
import { toast } from '../state/ui.ts';
import { endWords } from '../words.ts';

/** Three seconds of a card are too short for why a call failed and what to do: a message stays longer. */
export function tellFailures(): void {
  useDesk.subscribe(({ snapshot }, before) => {
    for (const call of newlyFailed(snapshot, before.snapshot)) {
      if (call.phase.name !== 'ended') continue;
      const { what, ...more } = endWords(call.phase.reason, partyName(call.party));
      toast('bad', what, more);
    }
  });
}

/** The calls that went on a moment ago and are now over because something failed. */
export function newlyFailed(
  now: Snapshot | undefined,
  before: Snapshot | undefined,
): readonly LiveCall[] {
  return (now?.calls ?? []).filter(({ id, phase }) => {
    if (phase.name !== 'ended') return false;
    if (phase.reason.kind !== 'failed' && phase.reason.kind !== 'media-failed') return false;
    const was = before?.calls.find((call) => call.id === id);
    return was !== undefined && was.phase.name !== 'ended';
  });
}
