import type { CallPorts } from '../ports.ts';
import type { CallDriver } from './call-driver.ts';
import type { ProviderRequests } from './provider-requests.ts';

/** Calls whose sound goes between this window and WhatsApp, by SDP. */
export function createDirectDriver(requests: ProviderRequests, ports: CallPorts): CallDriver {
  return {
    ...requests,
    claim: (call) => ports.coordinator.claim(call.id),
    goLive: ({ id }) => ports.media({ do: 'live', callId: id }),
    close: ({ id }) => ports.media({ do: 'close', callId: id }),
  };
}
