import type { Permission } from '../../shared/ipc/model.ts';
import type { Capabilities } from '../../shared/providers/capabilities.ts';
import type { CloudClient } from '../../shared/providers/meta/client.ts';
import { permissionOf } from '../../shared/providers/meta/permission.ts';
import type {
  Messages,
  PermissionRequest,
  Provider,
  Recipient,
  SettingsDesk,
} from '../calls/ports.ts';
import { taken } from './answers.ts';
import type { ProviderDeps } from './index.ts';

/** What Meta and 360dialog have in common: the shared client in the call service's terms. */
export abstract class CloudProvider implements Provider {
  abstract readonly capabilities: Capabilities;
  readonly settings: SettingsDesk;
  readonly messages: Messages;
  protected readonly deps: ProviderDeps;
  private readonly cloud: CloudClient;

  constructor(client: CloudClient, deps: ProviderDeps) {
    this.cloud = client;
    this.deps = deps;
    this.settings = {
      get: async () => taken(await client.settings()),
      set: async (change) => void taken(await client.changeSettings(change)),
    };
    this.messages = {
      sendText: async (to, text) => taken(await client.sendText(to, text)),
      sendTemplate: async (to, template) => taken(await client.sendTemplate(to, template)),
      sendCallButton: async (to, button) => taken(await client.sendCallButton(to, button)),
      templates: async () => taken(await client.templates()),
    };
  }

  async place(call: Parameters<Provider['place']>[0]): Promise<{ providerCallId: string }> {
    return taken(await this.cloud.place(call));
  }

  async preAccept(providerCallId: string, sdp: string): Promise<void> {
    taken(await this.cloud.preAccept(providerCallId, sdp));
  }

  async accept(providerCallId: string, sdp: string): Promise<void> {
    taken(await this.cloud.accept(providerCallId, sdp));
  }

  async reject(providerCallId: string): Promise<void> {
    taken(await this.cloud.reject(providerCallId));
  }

  async terminate(providerCallId: string): Promise<void> {
    taken(await this.cloud.terminate(providerCallId));
  }

  async permission(to: Recipient): Promise<Permission> {
    return permissionOf(taken(await this.cloud.permission(to)), this.deps.clock.now());
  }

  async requestPermission(
    to: Recipient,
    request: PermissionRequest,
  ): Promise<{ messageId?: string | undefined }> {
    return taken(
      request.kind === 'template'
        ? await this.cloud.sendTemplate(to, request.template)
        : await this.cloud.requestPermission(to, request.text),
    );
  }
}
