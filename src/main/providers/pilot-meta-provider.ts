import type { Permission } from '../../shared/ipc/model.ts';
import { capabilities } from '../../shared/providers/capabilities.ts';
import { permissionOf } from '../../shared/providers/meta/permission.ts';
import {
  pilotCallEvents,
  type PilotCall,
} from '../../shared/providers/pilot-status/call-events.ts';
import { PilotMetaClient } from '../../shared/providers/pilot-status/client.ts';
import type {
  PermissionRequest,
  Provider,
  Reads,
  Recipient,
  SettingsDesk,
} from '../calls/ports.ts';
import type { PilotAccount } from './account.ts';
import { notSupported, taken } from './answers.ts';
import type { ProviderDeps } from './index.ts';
import { oneByOne, routed } from './routed.ts';

/** A number of Meta's behind Pilot Status: calls by SDP. */
export class PilotMetaProvider implements Provider {
  readonly capabilities = capabilities['pilot-meta'];
  readonly reads: Reads;
  readonly settings: SettingsDesk;
  private readonly client: PilotMetaClient;
  private readonly deps: ProviderDeps;

  constructor({ id, apiBase }: PilotAccount, apiKey: string, deps: ProviderDeps) {
    const client = new PilotMetaClient({ apiBase, apiKey, ...deps });
    const eventsOf = (call: PilotCall) =>
      routed(id, pilotCallEvents(call, { receivedAt: deps.clock.now() }));
    this.client = client;
    this.deps = deps;
    this.reads = {
      call: async (callId) => eventsOf(taken(await client.call(callId))),
      callsSince: (since) => oneByOne(client.callsSince(since).then(taken), eventsOf),
    };
    this.settings = {
      get: async () => taken(await client.settings()),
      set: async (change) => void taken(await client.changeSettings(change)),
    };
  }

  async place(call: Parameters<Provider['place']>[0]): Promise<{ providerCallId: string }> {
    return taken(await this.client.place(call));
  }

  async preAccept(callId: string, sdp: string): Promise<void> {
    taken(await this.client.preAccept(callId, sdp));
  }

  async accept(callId: string, sdp: string): Promise<void> {
    taken(await this.client.accept(callId, sdp));
  }

  async reject(callId: string): Promise<void> {
    taken(await this.client.reject(callId));
  }

  async terminate(callId: string): Promise<void> {
    taken(await this.client.terminate(callId));
  }

  async permission(to: Recipient): Promise<Permission> {
    return permissionOf(taken(await this.client.permission(to)), this.deps.clock.now());
  }

  async requestPermission(to: Recipient, request: PermissionRequest): Promise<object> {
    if (request.kind === 'template') {
      throw notSupported('Pilot Status asks for permission only inside the service window.');
    }
    taken(await this.client.requestPermission(to, request.text));
    return {};
  }
}
