import type { Permission } from '../../shared/rules/facts.ts';
import type { Capabilities } from '../../shared/providers/capabilities.ts';
import type { CallClient } from '../../shared/providers/client.ts';
import type { CloudClient } from '../../shared/providers/meta/client.ts';
import { permissionOf } from '../../shared/providers/meta/permission.ts';
import type { PermissionRequest, Provider, Recipient, SettingsDesk } from '../calls/ports.ts';
import { taken } from './answers.ts';
import type { ProviderOptions } from './options.ts';

/** Whoever passes Meta's numbers on, passes their permissions and settings on, too. */
type SdpClient = CallClient & Pick<CloudClient, 'permission' | 'settings' | 'changeSettings'>;

/** What the providers of Meta's numbers have in common: calls by SDP, in the call service's terms. */
export abstract class SdpProvider implements Provider {
  abstract readonly capabilities: Capabilities;
  readonly settings: SettingsDesk;
  private readonly calls: SdpClient;
  private readonly clock: ProviderOptions['clock'];

  constructor(client: SdpClient, { clock }: ProviderOptions) {
    this.calls = client;
    this.clock = clock;
    this.settings = {
      get: async () => taken(await client.settings()),
      set: async (change) => void taken(await client.changeSettings(change)),
    };
  }

  abstract requestPermission(
    to: Recipient,
    request: PermissionRequest,
  ): Promise<{ messageId?: string | undefined }>;

  async place(call: Parameters<Provider['place']>[0]): Promise<{ providerCallId: string }> {
    return taken(await this.calls.place(call));
  }

  async preAccept(providerCallId: string, sdp: string): Promise<void> {
    taken(await this.calls.preAccept(providerCallId, sdp));
  }

  async accept(providerCallId: string, sdp: string): Promise<void> {
    taken(await this.calls.accept(providerCallId, sdp));
  }

  async reject(providerCallId: string): Promise<void> {
    taken(await this.calls.reject(providerCallId));
  }

  async terminate(providerCallId: string): Promise<void> {
    taken(await this.calls.terminate(providerCallId));
  }

  async permission(to: Recipient): Promise<Permission> {
    return permissionOf(taken(await this.calls.permission(to)), this.clock.now());
  }
}
