import { capabilities } from '../../shared/providers/capabilities.ts';
import {
  pilotCallEvents,
  type PilotCall,
} from '../../shared/providers/pilot-status/call-events.ts';
import { PilotWebClient } from '../../shared/providers/pilot-status/client.ts';
import type { PcmSession, Provider, Reads } from '../calls/ports.ts';
import type { PilotAccount } from './account.ts';
import { notSupported, taken } from './answers.ts';
import type { ProviderOptions } from './options.ts';
import { oneByOne, reportsOf } from './routed.ts';
import { ownMessages } from '../../shared/providers/own-errors.ts';

/**
 * What a realtime socket carries is documented nowhere; this is the nearest evidence
 * (docs/providers/pilot-status.md#realtime-session).
 */
const USUAL_AUDIO = { sampleRate: 16_000, frameMs: 20 };

/** A web number, connected by QR code: Pilot Status holds its calls and hands us raw sound. */
export class PilotWebProvider implements Provider {
  readonly capabilities = capabilities['pilot-web'];
  readonly reads: Reads;
  private readonly client: PilotWebClient;
  private readonly audio: { sampleRate: number; frameMs: number };

  constructor({ id, apiBase, audio }: PilotAccount, apiKey: string, deps: ProviderOptions) {
    const client = new PilotWebClient({ apiBase, apiKey, ...deps });
    const eventsOf = (call: PilotCall) =>
      reportsOf(id, pilotCallEvents(call, { receivedAt: deps.clock.now() }));
    this.client = client;
    this.audio = audio ?? USUAL_AUDIO;
    this.reads = {
      call: async (callId) => eventsOf(taken(await client.call(callId))),
      callsSince: (since) => oneByOne(client.callsSince(since).then(taken), eventsOf),
    };
  }

  async place({ to }: Parameters<Provider['place']>[0]): Promise<{ providerCallId: string }> {
    return taken(await this.client.place(to));
  }

  preAccept(): Promise<never> {
    return Promise.reject(notSupported(ownMessages.nothingToPrepare));
  }

  async accept(callId: string): Promise<void> {
    taken(await this.client.accept(callId));
  }

  async reject(callId: string): Promise<void> {
    taken(await this.client.reject(callId));
  }

  async terminate(callId: string): Promise<void> {
    taken(await this.client.terminate(callId));
  }

  permission(): Promise<never> {
    return Promise.reject(notSupported(ownMessages.noPermissionNeeded));
  }

  requestPermission(): Promise<never> {
    return this.permission();
  }

  async stream(callId: string): Promise<PcmSession> {
    return { ...taken(await this.client.realtime(callId)), ...this.audio };
  }

  async play(callId: string, mediaUrl: string): Promise<void> {
    taken(await this.client.play(callId, mediaUrl));
  }
}
