import type { CallFacts } from '../../../shared/call/model.ts';
import type { CallPorts, StreamAddress } from '../ports.ts';
import type { CallDriver } from './call-driver.ts';
import { providerIdOf, type ProviderRequests } from './provider-requests.ts';

/** Calls that a media server has, whose sound comes over a WebSocket. */
export function createStreamedDriver(requests: ProviderRequests, ports: CallPorts): CallDriver {
  return {
    ...requests,
    claim: (call) => ports.coordinator.claim(call.id),
    // The relay ends what it has itself; its provider has no way to.
    hangUp: (call) => {
      ports.streams.hangUp(streamOf(call));
      return requests.hangUp(call);
    },
    goLive: (call) => ports.streams.open(streamOf(call)),
    close: ({ id }) => {
      ports.streams.close(id);
      ports.media({ do: 'close', callId: id });
    },
  };
}

function streamOf(call: CallFacts): StreamAddress {
  return { callId: call.id, accountId: call.accountId, providerCallId: providerIdOf(call) };
}
