import { mapResult } from '../../shared/lib/result.ts';
import type { CallClient } from '../../shared/providers/client.ts';
import type { CloudClient } from '../../shared/providers/meta/client.ts';
import { permissionOf } from '../../shared/providers/meta/permission.ts';
import type { Provider } from '../calls/ports.ts';
import type { ProviderOptions } from './options.ts';

/**
 * The requests that Meta's numbers understand, directly or through a provider that forwards them.
 */
type SdpClient = CallClient & Pick<CloudClient, 'permission' | 'settings' | 'changeSettings'>;

/** Calls by SDP, permissions and settings of Meta's numbers. */
export function sdpCalls(client: SdpClient, { clock }: Pick<ProviderOptions, 'clock'>) {
  return {
    calls: client,
    permission: async (to) =>
      mapResult(await client.permission(to), (answer) => permissionOf(answer, clock.now())),
    settings: {
      get: () => client.settings(),
      set: (change) => client.changeSettings(change),
    },
  } satisfies Partial<Provider>;
}

/**
 * What numbers at Meta's Cloud API and at 360dialog, which forwards to it, have in common.
 *
 * @param headers the secret with which files are fetched
 */
export function cloudNumber(
  client: CloudClient,
  options: Pick<ProviderOptions, 'clock'>,
  headers: Readonly<Record<string, string>>,
) {
  return {
    ...sdpCalls(client, options),
    requestPermission: (to, request) =>
      request.kind === 'template'
        ? client.sendTemplate(to, request.template)
        : client.requestPermission(to, request.text),
    file: async (mediaId) =>
      mapResult(await client.media(mediaId), (file) => ({ ...file, headers })),
    messages: {
      sendText: (to, text, replyTo) => client.sendText(to, text, replyTo),
      sendTemplate: (to, template) => client.sendTemplate(to, template),
      sendCallButton: (to, button) => client.sendCallButton(to, button),
      sendContactRequest: (to, text) => client.sendContactRequest(to, text),
      templates: () => client.templates(),
    },
  } satisfies Partial<Provider>;
}
