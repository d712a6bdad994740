import type { CallFacts } from '../../../shared/call/model.ts';
import type { CallPorts, SoundCall } from '../ports.ts';
import type { CallDriver } from './call-driver.ts';
import { providerIdOf, type ProviderRequests } from './provider-requests.ts';

/** Calls that a media server has, whose sound comes over a WebSocket. */
export function createStreamedDriver(requests: ProviderRequests, ports: CallPorts): CallDriver {
  return {
    ...requests,
    claim: (call) => ports.coordinator.claim(call.id),
    // The relay ends what it has itself; its provider has no way to.
    hangUp: (call) => {
      ports.sounds.hangUp(soundOf(call));
      return requests.hangUp(call);
    },
    goLive: (call) => ports.sounds.open(soundOf(call)),
    close: ({ id }) => {
      ports.sounds.close(id);
      ports.media({ do: 'close', callId: id });
    },
  };
}

function soundOf(call: CallFacts): SoundCall {
  return { callId: call.id, accountId: call.accountId, providerCallId: providerIdOf(call) };
}
