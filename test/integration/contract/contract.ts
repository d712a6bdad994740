import { valueOf } from '../../unit/main/providers/failure.ts';
import { onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import type { Provider, ProviderCalls, Recipient } from '../../../src/main/calls/ports.ts';
import { createProvider } from '../../../src/main/providers/index.ts';
import { RelayClient } from '../../../src/main/relay-client/relay-client.ts';
import { systemClock } from '../../../src/shared/lib/clock.ts';
import type { ProviderEvent } from '../../../src/shared/providers/events.ts';
import { createSimulator, type SimulatorConfigInput } from '../../../src/simulator/simulator.ts';
import { memoryCursor } from '../../fakes/cursor-store.ts';
import { FakeLog } from '../../fakes/log.ts';
import { relayConfig, startRelay, temporaryFolder } from '../relay/harness.ts';
import { BusinessPeer } from '../simulator/business-peer.ts';
import type { ContractNumber } from './numbers.ts';

type Kind = ProviderEvent['kind'];
type EventOf<K extends Kind> = Extract<ProviderEvent, { kind: K }>;

export const ANA = { waId: '5511999991234', name: 'Ana' } as const;

/** One number with a real relay, adapter and relay client around a simulated WhatsApp. */
export async function openContract(
  number: ContractNumber,
  simulated: Partial<Pick<SimulatorConfigInput, 'customers' | 'timing'>> = {},
) {
  const folder = temporaryFolder();
  const relay = await startRelay(relayConfig(folder.dir, { accounts: [number.relay] }));
  const simulator = await createSimulator({
    version: 1,
    listen: { port: 0 },
    accounts: [{ ...number.simulated, webhookUrl: `${relay.url}/webhooks/${number.webhook}` }],
    customers: simulated.customers ?? [{ ...ANA, permission: 'temporary', answerAfterMs: 50 }],
    timing: {
      connectWebhookAfterMs: 20,
      ringingAfterMs: 20,
      permissionReplyAfterMs: 20,
      messageDeliveredAfterMs: 20,
      messageReadAfterMs: 20,
      recordingAfterMs: 20,
      webhookRetryMs: 20,
      ...simulated.timing,
    },
  });
  const listener = await RelayListener.join(relay, number.simulated.id);
  const open = (secret: string): Provider =>
    createProvider(number.account(simulator.baseUrl), secret, {
      fetch,
      clock: systemClock,
      log: new FakeLog(),
    });
  onTestFinished(async () => {
    listener.stop();
    await simulator.close();
    await relay.close();
    folder.remove();
  });
  const provider = open(number.secret);
  return new Contract({ simulator, relay, listener, provider, stranger: open('a-wrong-key') });
}

type Parts = Pick<Contract, 'simulator' | 'relay' | 'listener' | 'provider' | 'stranger'>;

/** The steps and observations of the contract, in words that fit every kind of number. */
class Contract {
  readonly simulator: Awaited<ReturnType<typeof createSimulator>>;
  readonly relay: Awaited<ReturnType<typeof startRelay>>;
  readonly listener: RelayListener;
  readonly provider: Provider;
  /** The same number's adapter with a key that the provider does not know. */
  readonly stranger: Provider;

  constructor({ simulator, relay, listener, provider, stranger }: Parts) {
    this.simulator = simulator;
    this.relay = relay;
    this.listener = listener;
    this.provider = provider;
    this.stranger = stranger;
  }

  get path() {
    return this.provider.capabilities.path;
  }

  /** A customer calls; resolves when the console knows. */
  async rung(plan: Partial<Parameters<Parts['simulator']['startCall']>[0]> = {}) {
    const { callId } = await this.simulator.startCall({ customer: ANA, ...plan });
    const reported = await this.begun(callId);
    return {
      callId,
      reported,
      sdp: reported.kind === 'offer' ? await this.answerTo(reported.sdp ?? '') : '',
    };
  }

  /** The first event of a customer's call. */
  get beginning() {
    return this.path === 'direct' ? 'offer' : 'announced';
  }

  begun(callId: string): Promise<EventOf<'offer'> | EventOf<'announced'>> {
    return this.listener.event<'offer' | 'announced'>(callId, this.beginning);
  }

  /** How the telephone that calls are forwarded to behaves, where there is one. */
  destination(how: Parameters<Parts['simulator']['setDestination']>[0]): void {
    if (this.path === 'external') this.simulator.setDestination(how);
  }

  /** A call's recording is available, announced by itself or with the end. */
  async recorded(callId: string): Promise<string | undefined> {
    const end = await this.end(callId);
    return end.recorded === true
      ? undefined
      : (await this.listener.event(callId, 'recording')).mediaId;
  }

  /** Accepts the call: here, or at its destination if only that can. */
  async take({ callId, sdp }: { callId: string; sdp: string }): Promise<void> {
    const { accept } = this.provider.capabilities;
    if (accept === 'available') await valueOf(this.provider.calls.accept(callId, sdp));
    await this.simulator.waitFor(() => this.simulator.report(callId)?.phase === 'accepted');
  }

  async place(to: Recipient = { waId: ANA.waId }): ReturnType<ProviderCalls['place']> {
    const sdp = this.path === 'direct' ? await openPeer().offer() : '';
    const call = { to, sdp, callbackData: 'ours', once: `once-${Math.random()}` };
    return this.provider.calls.place(call);
  }

  /** @returns the provider's id of the call */
  async placed(to?: Recipient): Promise<string> {
    return (await valueOf(this.place(to))).providerCallId;
  }

  /** A status of a call: from a webhook, or by polling where the provider sends none. */
  async status(callId: string, status: EventOf<'status'>['status']): Promise<void> {
    if (this.path !== 'external') {
      await this.listener.event(callId, 'status', (event) => event.status === status);
      return;
    }
    const phase = status === 'ringing' ? 'ringing' : 'accepted';
    await this.simulator.waitFor(() => this.simulator.report(callId)?.phase === phase);
    const read = (await valueOf(this.provider.reads?.call(callId))) ?? [];
    if (read.some(({ event }) => event.kind === 'status' && event.status === status)) return;
    throw new Error(`read nothing of ${status}: ${JSON.stringify(read)}`);
  }

  /** How the call ended. */
  end(callId: string): Promise<EventOf<'terminated'>> {
    return this.listener.event(callId, 'terminated');
  }

  private answerTo(offerSdp: string): Promise<string> {
    return openPeer().answer(offerSdp);
  }
}

/** A relay client that records every provider event. */
class RelayListener {
  readonly client: RelayClient;
  private readonly reported: { callId: string | undefined; event: ProviderEvent }[] = [];
  private readonly waiting = new Set<() => void>();

  private constructor(client: RelayClient, accountId: string) {
    this.client = client;
    client.on('entry', ({ body }) => {
      if (body.type !== 'provider' || body.accountId !== accountId) return;
      this.reported.push({ callId: body.providerCallId, event: body.event });
      for (const wake of this.waiting) wake();
    });
  }

  static async join(
    relay: Awaited<ReturnType<typeof startRelay>>,
    accountId: string,
  ): Promise<RelayListener> {
    const { token } = await relay.agents.add({ id: 'ana', name: 'Ana' });
    const client = new RelayClient({
      url: `${relay.url.replace('http', 'ws')}/v1/agents`,
      token,
      WebSocket,
      clock: systemClock,
      random: () => 0,
      cursorStore: memoryCursor(),
      log: new FakeLog(),
    });
    const listener = new RelayListener(client, accountId);
    const welcome = new Promise((resolve) => client.once('welcome', resolve));
    client.start();
    await welcome;
    return listener;
  }

  stop(): void {
    this.client.close();
  }

  /** The events of a call, in order; without a call, those about people and the number. */
  events(callId: string | undefined): ProviderEvent[] {
    return this.reported.flatMap((one) => (one.callId === callId ? [one.event] : []));
  }

  /** The first event of a kind, now or later. */
  async event<K extends Kind>(
    callId: string | undefined,
    kind: K,
    fits: (event: EventOf<K>) => boolean = () => true,
  ): Promise<EventOf<K>> {
    const isIt = (event: ProviderEvent): event is EventOf<K> => event.kind === kind;
    for (;;) {
      const found = this.events(callId)
        .filter(isIt)
        .find((event) => fits(event));
      if (found) return found;
      await new Promise<void>((resolve) => {
        const wake = () => {
          this.waiting.delete(wake);
          resolve();
        };
        this.waiting.add(wake);
      });
    }
  }
}

function openPeer(): BusinessPeer {
  const peer = new BusinessPeer();
  onTestFinished(() => peer.close());
  return peer;
}
