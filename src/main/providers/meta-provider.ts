import { mapResult } from '../../shared/lib/result.ts';
import { capabilities } from '../../shared/providers/capabilities.ts';
import { MetaClient } from '../../shared/providers/meta/client.ts';
import { ownError } from '../../shared/providers/own-errors.ts';
import type { Provider } from '../calls/ports.ts';
import type { MetaAccount } from './account.ts';
import { cloudNumber } from './cloud-provider.ts';
import type { ProviderOptions } from './options.ts';

/** A number at Meta's Cloud API, called directly. */
export function createMetaProvider(
  account: MetaAccount,
  token: string,
  options: ProviderOptions,
): Provider {
  const recording = options.recording ?? (() => account.recording);
  const client = new MetaClient({ ...account, ...options, recording, accessToken: token });
  const headers = { authorization: `Bearer ${token}` };
  return {
    capabilities: capabilities.meta,
    ...cloudNumber(client, options, headers),
    // The address of a recording or transcript is valid for 5 minutes and requires the token.
    recording: async ({ mediaId }) =>
      mediaId === undefined
        ? { ok: false, error: ownError('noRecording') }
        : mapResult(await client.media(mediaId), ({ url }) => ({
            url,
            headers,
          })),
    standing: client,
    uploadAnnouncement: (sound) => client.uploadAnnouncement(sound),
    analytics: (from, to) =>
      client.analytics({ from, to, number: account.number.replace(/\D/g, '') }),
  };
}
