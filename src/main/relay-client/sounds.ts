import type { FromConsole } from '../../shared/protocol/agent-frames.ts';
import type { RelaySounds } from '../calls/streams/pcm-stream-manager.ts';
import type { Outcome } from './outcome.ts';

/** The part of the relay's protocol that concerns calls whose sound a provider sends to the relay. */
export function createRelaySounds(
  url: string,
  ask: (frame: (id: number) => FromConsole) => Promise<Outcome>,
): RelaySounds {
  return {
    url,
    async stream(callId) {
      const outcome = await ask((id) => ({ type: 'stream', id, callId }));
      if (outcome.kind === 'stream' || outcome.kind === 'refused') return outcome;
      return { kind: 'unreachable' };
    },
    hangUp(callId) {
      void ask((id) => ({ type: 'hang-up', id, callId }));
    },
  };
}
