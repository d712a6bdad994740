import type { Permission } from '../../shared/rules/facts.ts';
import { capabilitiesOf, type Capabilities } from '../../shared/providers/capabilities.ts';
import { permissionOf } from '../../shared/providers/meta/permission.ts';
import { zernioCallEvents, type ZernioCall } from '../../shared/providers/zernio/call-events.ts';
import { ZernioClient } from '../../shared/providers/zernio/client.ts';
import type {
  PermissionRequest,
  Provider,
  Reads,
  Recipient,
  SettingsDesk,
} from '../calls/ports.ts';
import type { ZernioAccount } from './account.ts';
import { notSupported, taken } from './answers.ts';
import type { ProviderOptions } from './options.ts';
import { completed, shown } from './relay-address.ts';
import { oneByOne, reportsOf } from './routed.ts';
import { ownMessages } from '../../shared/providers/own-errors.ts';

/**
 * A number at Zernio, which connects its calls to a telephone, a SIP or a media server: dialled and watched from here.
 * Where that media server is our relay (`softphone`), calls are taken and ended there, so Zernio is told nothing of it.
 */
export class ZernioProvider implements Provider {
  readonly capabilities: Capabilities;
  readonly reads: Reads;
  readonly settings: SettingsDesk;
  private readonly client: ZernioClient;
  private readonly account: ZernioAccount;
  private readonly deps: ProviderOptions;

  constructor(account: ZernioAccount, apiKey: string, deps: ProviderOptions) {
    const client = new ZernioClient({ ...account, apiKey, ...deps });
    const eventsOf = (call: ZernioCall) =>
      reportsOf(account.id, zernioCallEvents(call, deps.clock.now()));
    this.capabilities = capabilitiesOf(account);
    this.client = client;
    this.account = account;
    this.deps = deps;
    this.reads = {
      call: async (callId) => eventsOf(taken(await client.call(callId))),
      callsSince: (since) => {
        const calls = client.calls({ since: new Date(since).toISOString() });
        return oneByOne(calls.then(taken), eventsOf);
      },
    };
    this.settings = {
      get: async () => shown(taken(await client.settings())),
      set: async (change) =>
        void taken(await client.changeSettings(completed(change, deps.relayAddress))),
    };
  }

  async place(call: Parameters<Provider['place']>[0]): Promise<{ providerCallId: string }> {
    const forwardTo = call.forwardTo ?? (await this.toRelay());
    return taken(await this.client.place({ ...call, forwardTo }));
  }

  preAccept(): Promise<never> {
    return Promise.reject(notSupported(ownMessages.nothingToPrepare));
  }

  accept(): Promise<void> {
    return this.atDestination();
  }

  reject(): Promise<void> {
    return this.atDestination();
  }

  terminate(): Promise<void> {
    return this.atDestination();
  }

  async permission(to: Recipient): Promise<Permission> {
    return permissionOf(taken(await this.client.permission(to)), this.deps.clock.now());
  }

  async requestPermission(to: Recipient, request: PermissionRequest): Promise<object> {
    if (request.kind === 'template') {
      throw notSupported(ownMessages.onlyInWindow);
    }
    taken(await this.client.requestPermission(to, request.text));
    return {};
  }

  async recording({ providerCallId }: { providerCallId: string }): Promise<{ url: string }> {
    return taken(await this.client.recording(providerCallId));
  }

  async estimate(to: Recipient, minutes: number) {
    const { perMinute, bill } = taken(await this.client.estimate(to, { minutes }));
    return { perMinute, bill };
  }

  /** The relay's address, for a call of ours that would go elsewhere; a number that is forwarded to it needs none. */
  private async toRelay(): Promise<string | undefined> {
    const { relayAddress } = this.deps;
    if (this.account.softphone !== 'relay' || relayAddress === undefined) return undefined;
    const settings = await this.client.settings();
    const usual = settings.ok ? settings.value.forwarding?.to : undefined;
    return usual === relayAddress ? undefined : relayAddress;
  }

  private async atDestination(): Promise<void> {
    if (this.account.softphone === 'relay') return;
    throw notSupported(ownMessages.answeredElsewhere);
  }
}
