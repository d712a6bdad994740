import type { CloudClient } from '../../shared/providers/meta/client.ts';
import type { Messages, PermissionRequest, Recipient } from '../calls/ports.ts';
import { taken } from './answers.ts';
import type { ProviderOptions } from './options.ts';
import { SdpProvider } from './sdp-provider.ts';

/** What Meta and 360dialog have in common besides: messages. */
export abstract class CloudProvider extends SdpProvider {
  readonly messages: Messages;
  private readonly cloud: CloudClient;

  constructor(client: CloudClient, deps: ProviderOptions) {
    super(client, deps);
    this.cloud = client;
    this.messages = {
      sendText: async (to, text) => taken(await client.sendText(to, text)),
      sendTemplate: async (to, template) => taken(await client.sendTemplate(to, template)),
      sendCallButton: async (to, button) => taken(await client.sendCallButton(to, button)),
      templates: async () => taken(await client.templates()),
    };
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
