import { capabilities } from '../../shared/providers/capabilities.ts';
import {
  pilotCallEvents,
  type PilotCall,
} from '../../shared/providers/pilot-status/call-events.ts';
import { PilotMetaClient } from '../../shared/providers/pilot-status/client.ts';
import type { PermissionRequest, Reads, Recipient } from '../calls/ports.ts';
import type { PilotAccount } from './account.ts';
import { notSupported, taken } from './answers.ts';
import type { ProviderOptions } from './options.ts';
import { oneByOne, reportsOf } from './routed.ts';
import { SdpProvider } from './sdp-provider.ts';
import { ownMessages } from '../../shared/providers/own-errors.ts';

/** A number of Meta's behind Pilot Status: calls by SDP. */
export class PilotMetaProvider extends SdpProvider {
  readonly capabilities = capabilities['pilot-meta'];
  readonly reads: Reads;
  private readonly client: PilotMetaClient;

  constructor({ id, apiBase }: PilotAccount, apiKey: string, deps: ProviderOptions) {
    const client = new PilotMetaClient({ apiBase, apiKey, ...deps });
    super(client, deps);
    this.client = client;
    const eventsOf = (call: PilotCall) =>
      reportsOf(id, pilotCallEvents(call, { receivedAt: deps.clock.now() }));
    this.reads = {
      call: async (callId) => eventsOf(taken(await client.call(callId))),
      callsSince: (since) => oneByOne(client.callsSince(since).then(taken), eventsOf),
    };
  }

  async requestPermission(to: Recipient, request: PermissionRequest): Promise<object> {
    if (request.kind === 'template') {
      throw notSupported(ownMessages.onlyInWindow);
    }
    taken(await this.client.requestPermission(to, request.text));
    return {};
  }
}
