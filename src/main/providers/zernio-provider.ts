import { t } from '../../shared/i18n/i18n.ts';
import { mapResult } from '../../shared/lib/result.ts';
import { capabilitiesOf } from '../../shared/providers/capabilities.ts';
import type { Answer } from '../../shared/providers/client.ts';
import { permissionOf } from '../../shared/providers/meta/permission.ts';
import {
  saidIn,
  zernioCallEvents,
  type ZernioCall,
} from '../../shared/providers/zernio/call-events.ts';
import { ZernioClient } from '../../shared/providers/zernio/client.ts';
import type { Provider } from '../calls/ports.ts';
import type { ZernioAccount } from './account.ts';
import { notSupported } from './not-supported.ts';
import type { ProviderOptions } from './options.ts';
import { readsOf } from './reads.ts';
import { completed, shown } from './relay-address.ts';

/**
 * A number at Zernio, which connects its calls to a telephone, a SIP or a media server. If that
 * media server is our relay (`softphone`), calls are accepted and ended there, without Zernio.
 */
export function createZernioProvider(
  account: ZernioAccount,
  apiKey: string,
  options: ProviderOptions,
): Provider {
  const { clock, relayAddress } = options;
  const client = new ZernioClient({ ...account, apiKey, ...options });
  const isToRelay = account.softphone === 'relay';
  const atDestination = async (): Promise<Answer> =>
    isToRelay ? { ok: true, value: true } : notSupported(t('ownMessages.answeredElsewhere'));
  /** The relay's address, for an outbound call of a number that is forwarded elsewhere. */
  const toRelay = async (): Promise<string | undefined> => {
    if (!isToRelay || relayAddress === undefined) return undefined;
    const settings = await client.settings();
    const usual = settings.ok ? settings.value.forwarding?.to : undefined;
    return usual === relayAddress ? undefined : relayAddress;
  };
  return {
    capabilities: capabilitiesOf(account),
    reads: readsOf<ZernioCall>({
      accountId: account.id,
      call: (callId) => client.call(callId),
      callsSince: (since) => client.calls({ since: new Date(since).toISOString() }),
      reportsOf: (call) => zernioCallEvents(call, clock.now()),
    }),
    settings: {
      get: async () => mapResult(await client.settings(), shown),
      set: (change) => client.changeSettings(completed(change, relayAddress)),
    },
    calls: {
      place: async (call) =>
        client.place({ ...call, forwardTo: call.forwardTo ?? (await toRelay()) }),
      preAccept: async () => notSupported(t('ownMessages.nothingToPrepare')),
      accept: atDestination,
      reject: atDestination,
      terminate: atDestination,
    },
    permission: async (to) =>
      mapResult(await client.permission(to), (answer) => permissionOf(answer, clock.now())),
    requestPermission: async (to, request) =>
      request.kind === 'template'
        ? notSupported(t('ownMessages.onlyInWindow'))
        : mapResult(await client.requestPermission(to, request.text), () => ({})),
    recording: ({ providerCallId }) => client.recording(providerCallId),
    transcript: async (callId) => mapResult(await client.call(callId), saidIn),
    estimate: async (to, minutes) =>
      mapResult(await client.estimate(to, { minutes }), ({ perMinute, bill }) => ({
        perMinute,
        bill,
      })),
  };
}
