import type { CallPorts } from '../ports.ts';
import type { CallDriver } from './call-driver.ts';
import type { ProviderRequests } from './provider-requests.ts';

/** Calls spoken on another telephone or media server. They have no media in the softphone. */
export function createExternalDriver(requests: ProviderRequests, ports: CallPorts): CallDriver {
  return {
    ...requests,
    claim: (call) => ports.coordinator.claim(call.id),
    goLive: () => undefined,
    close: () => undefined,
  };
}
