import { t } from '../../shared/i18n/i18n.ts';
import { mapResult } from '../../shared/lib/result.ts';
import { capabilities } from '../../shared/providers/capabilities.ts';
import type { Answer } from '../../shared/providers/client.ts';
import {
  pilotCallEvents,
  type PilotCall,
} from '../../shared/providers/pilot-status/call-events.ts';
import { PilotMetaClient, PilotWebClient } from '../../shared/providers/pilot-status/client.ts';
import type { Provider } from '../calls/ports.ts';
import type { PilotAccount } from './account.ts';
import { sdpCalls } from './cloud-provider.ts';
import { notSupported } from './not-supported.ts';
import type { ProviderOptions } from './options.ts';
import { readsOf } from './reads.ts';

/**
 * The realtime socket's audio format is undocumented; this is the best evidence
 * (docs/providers/pilot-status.md#realtime-session).
 */
const USUAL_AUDIO = { sampleRate: 16_000, frameMs: 20 };

/** One of Meta's numbers behind Pilot Status: calls by SDP. */
export function createPilotMetaProvider(
  account: PilotAccount,
  apiKey: string,
  options: ProviderOptions,
): Provider {
  const client = new PilotMetaClient({ apiBase: account.apiBase, apiKey, ...options });
  return {
    capabilities: capabilities['pilot-meta'],
    reads: pilotReads(account, client, options),
    ...sdpCalls(client, options),
    requestPermission: async (to, request) =>
      request.kind === 'template'
        ? notSupported(t('ownMessages.onlyInWindow'))
        : mapResult(await client.requestPermission(to, request.text), () => ({})),
  };
}

/**
 * A web number, connected by QR code: Pilot Status is the media end of its calls and streams raw
 * audio to us.
 */
export function createPilotWebProvider(
  account: PilotAccount,
  apiKey: string,
  options: ProviderOptions,
): Provider {
  const client = new PilotWebClient({ apiBase: account.apiBase, apiKey, ...options });
  const audio = account.audio ?? USUAL_AUDIO;
  const asksNobody = async () => notSupported(t('ownMessages.noPermissionNeeded'));
  return {
    capabilities: capabilities['pilot-web'],
    reads: pilotReads(account, client, options),
    calls: {
      place: ({ to }) => client.place(to),
      preAccept: async () => notSupported(t('ownMessages.nothingToPrepare')),
      accept: (callId) => client.accept(callId),
      reject: (callId) => client.reject(callId),
      terminate: (callId) => client.terminate(callId),
    },
    permission: asksNobody,
    requestPermission: asksNobody,
    stream: async (callId) =>
      mapResult(await client.realtime(callId), (session) => ({ ...session, ...audio })),
    play: (callId, mediaUrl) => client.play(callId, mediaUrl),
  };
}

function pilotReads(
  { id: accountId }: PilotAccount,
  client: {
    call: (callId: string) => Promise<Answer<PilotCall>>;
    callsSince: (since: number) => Promise<Answer<readonly PilotCall[]>>;
  },
  { clock }: ProviderOptions,
) {
  return readsOf<PilotCall>({
    accountId,
    call: (callId) => client.call(callId),
    callsSince: (since) => client.callsSince(since),
    reportsOf: (call) => pilotCallEvents(call, { receivedAt: clock.now() }),
  });
}
