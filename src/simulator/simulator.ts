import { type Clock, systemClock } from '../shared/lib/clock.ts';
import { redact } from '../shared/lib/redact.ts';
import type { DecidePermission, Simulator, WriteMessage } from './api.ts';
import { ApiLog } from './api-log.ts';
import { madeFile } from './customers/sample-files.ts';
import { planCall, type StartCall, startCallSchema } from './calls/plan.ts';
import { type CallReport, type MessageReport, reportCall, reportMessage } from './reports.ts';
import {
  type DestinationInput,
  destinationSchema,
  parseConfig,
  type SimulatorConfig,
  type SimulatorConfigInput,
} from './config.ts';
import { parseWith } from './lib/parse.ts';
import { createControl } from './control/routes.ts';
import type { Call, WorldEvent } from './calls/call.ts';
import type { BehaviourPatch, CustomerRef } from './customers/behaviour.ts';
import { describe, type EventOf, type SimulatorEvent } from './events.ts';
import { type Faults, type FaultsPatch, noFaults, patchFaults } from './faults.ts';
import { type HttpReply, type HttpRequest, listen } from './http/server.ts';
import { Emitter } from './lib/emitter.ts';
import { type Log, silentLog } from './lib/log.ts';
import { unknownObject } from './meta/errors.ts';
import type { ApiRecord, Notice, Provider, RawWebhook, World } from './providers.ts';
import type { HandshakeResult } from './webhooks/handshake.ts';
import type { DeliveryRecord } from './webhooks/sender.ts';
import { openProvider, openWorld } from './world.ts';

export type { Simulator } from './api.ts';
export type { SimulatorConfigInput } from './config.ts';

const WAIT_MS = 15_000;

/**
 * Starts a world from a configuration (`config.ts`), validates it, and performs every account's
 * handshake.
 */
export async function createSimulator(
  input: SimulatorConfigInput,
  options: { clock?: Clock; log?: Log } = {},
): Promise<Simulator> {
  const config = parseConfig(input);
  const clock = options.clock ?? systemClock;
  const world = await openWorld(config, clock);
  const simulator = new RunningSimulator(config, world, options.log ?? silentLog);
  try {
    await simulator.start();
  } catch (error) {
    // E.g. a port in use: nothing may keep the process alive.
    await simulator.close();
    throw error;
  }
  return simulator;
}

class RunningSimulator implements Simulator {
  baseUrl = '';
  readonly #events = new Emitter<SimulatorEvent>();
  readonly #stop = new AbortController();
  readonly #config: SimulatorConfig;
  readonly #world: World;
  readonly #providers: readonly Provider[];
  readonly #apiLog: ApiLog;
  readonly #results = new Map<string, HandshakeResult>();
  #stopListening: (() => Promise<void>) | undefined;

  constructor(config: SimulatorConfig, world: World, log: Log) {
    this.#config = config;
    this.#world = world;
    this.#apiLog = new ApiLog(world.clock);
    this.#providers = config.accounts.map((account) => openProvider(account, world));
    for (const { account } of this.#providers)
      this.#results.set(account.id, { state: 'not-tried' });
    world.switchboard.events.on((event) => {
      if (event.type === 'world') this.#publish(event.event);
      else this.#events.emit({ type: 'media', callId: event.call.id, media: event.event });
    });
    world.chats.events.on((event) => this.#publish(event));
    world.permissions.events.on((change) => this.#publish({ type: 'permission', change }));
    world.webhooks.events.on((webhook) => this.#events.emit({ type: 'webhook', webhook }));
    this.#apiLog.events.on((request) => this.#events.emit({ type: 'request', request }));
    this.#events.on((event) => log(redact(describe(event))));
  }

  async start(): Promise<void> {
    const control = createControl(this);
    const server = await listen(this.#config.listen, (request) =>
      request.path.startsWith('/sim/') ? control(request) : this.#handleApi(request),
    );
    this.baseUrl = server.baseUrl;
    this.#world.baseUrl = server.baseUrl;
    this.#stopListening = () => server.close();
    for (const { account } of this.#providers) void this.verifyWebhook(account.id);
  }

  async startCall(input: StartCall): Promise<CallReport> {
    const plan = parseWith(startCallSchema, input);
    const provider = this.#provider(plan.account);
    if (!provider.takesCalls()) throw new Error('Calling is disabled on this number');
    const customer = this.#world.directory.findOrAdd(plan.customer);
    const call = await this.#world.switchboard.startUserCall({
      ...planCall(plan, customer.behaviour),
      id: provider.newCallId(customer.waId, 'user-initiated'),
      accountId: provider.account.id,
      customer,
      media: provider.media,
    });
    return this.#reportOf(call);
  }

  writeMessage({ account, customer, text, file, replyTo }: WriteMessage): MessageReport {
    const { chats, directory, speechFile } = this.#world;
    const { id } = this.#provider(account).account;
    const made = file && { type: file.type, file: madeFile(file, speechFile) };
    const who = directory.findOrAdd(customer);
    return reportMessage(chats.receive(id, who, { text, file: made, replyTo }));
  }

  messages(): MessageReport[] {
    return this.#world.chats.all().map(reportMessage);
  }

  decide({ account, customer, decision }: DecidePermission): void {
    const { permissions, directory } = this.#world;
    permissions.decide(this.#provider(account).account.id, directory.findOrAdd(customer), decision);
  }

  announce(notice: Notice, account?: string): Promise<void> {
    return this.#provider(account).announce(notice);
  }

  changeSettings(settings: unknown, account?: string): void {
    this.#provider(account).changeSettings(settings);
  }

  setDestination(destination: DestinationInput, account?: string): void {
    const provider = this.#provider(account);
    if (!provider.setDestination) throw new Error('Calls of this number are not forwarded');
    provider.setDestination(parseWith(destinationSchema, destination));
  }

  hangUp(callId: string): boolean {
    return this.#world.switchboard.hangUp(callId);
  }

  cutAudio(callId: string): boolean {
    const media = this.#world.switchboard.find(callId)?.media;
    return media?.cut() ?? false;
  }

  setFaults(patch: FaultsPatch): Faults {
    const { switchboard } = this.#world;
    switchboard.faults = patchFaults(switchboard.faults, patch);
    return switchboard.faults;
  }

  clearFaults(): Faults {
    return this.setFaults(noFaults);
  }

  setCustomer(ref: CustomerRef, behaviour: BehaviourPatch): void {
    const { directory } = this.#world;
    directory.change(directory.findOrAdd(ref), behaviour);
  }

  report(callId: string): CallReport | undefined {
    const call = this.#world.switchboard.find(callId);
    return call && this.#reportOf(call);
  }

  calls(): CallReport[] {
    return this.#world.switchboard.all().map((call) => this.#reportOf(call));
  }

  requests(): readonly ApiRecord[] {
    return this.#apiLog.all();
  }

  webhooks(): readonly DeliveryRecord[] {
    return this.#world.webhooks.all();
  }

  async postWebhook(webhook: RawWebhook & { account?: string | undefined }): Promise<void> {
    await this.#provider(webhook.account).postRaw(webhook);
  }

  async setWebhookUrl(url: string, account?: string): Promise<HandshakeResult> {
    this.#provider(account).setWebhookUrl(url);
    return this.verifyWebhook(account);
  }

  async verifyWebhook(account?: string): Promise<HandshakeResult> {
    const provider = this.#provider(account);
    const result = await provider.verifyWebhook(this.#stop.signal);
    this.#results.set(provider.account.id, result);
    this.#events.emit({ type: 'handshake', accountId: provider.account.id, result });
    return result;
  }

  handshakes(): Readonly<Record<string, HandshakeResult>> {
    return Object.fromEntries(this.#results);
  }

  on<T extends SimulatorEvent['type']>(type: T, listener: (event: EventOf<T>) => void): () => void;
  on(type: '*', listener: (event: SimulatorEvent) => void): () => void;
  on(type: SimulatorEvent['type'] | '*', listener: (event: SimulatorEvent) => void): () => void {
    return this.#events.on((event) => {
      if (type === '*' || event.type === type) listener(event);
    });
  }

  waitFor<T>(
    probe: () => T | undefined | null | false,
    { timeoutMs = WAIT_MS, what = 'the expected state' } = {},
  ): Promise<T> {
    return new Promise((resolve, reject) => {
      const settle = (finish: () => void) => {
        off();
        clearTimeout(timer);
        finish();
      };
      const attempt = () => {
        try {
          const found = probe();
          if (found) settle(() => resolve(found));
        } catch (error) {
          settle(() => reject(error instanceof Error ? error : new Error(String(error))));
        }
      };
      const timer = setTimeout(
        () => settle(() => reject(new Error(`Waited ${timeoutMs} ms in vain for ${what}`))),
        timeoutMs,
      );
      const off = this.#events.on(attempt);
      attempt();
    });
  }

  async close(): Promise<void> {
    this.#stop.abort();
    this.#world.scheduler.close();
    this.#world.permissions.events.clear();
    this.#world.chats.events.clear();
    this.#world.webhooks.close();
    await this.#world.switchboard.close();
    await this.#world.realtime.close();
    this.#events.clear();
    await this.#stopListening?.();
  }

  async #handleApi(request: HttpRequest): Promise<HttpReply> {
    for (const provider of this.#providers) {
      const handle = provider.claim(request);
      if (handle) return this.#apiLog.run(request, provider.account.id, handle);
    }
    const id = request.path.split('/').find((part) => part !== '') ?? '';
    const reply =
      this.#providers.map((provider) => provider.turnAway(request)).find(Boolean) ??
      unknownObject(id);
    return this.#apiLog.run(request, null, () =>
      Promise.resolve({ reply, action: null, callId: undefined }),
    );
  }

  /** Notifies the account's provider and all subscribers. */
  #publish(event: WorldEvent): void {
    switch (event.type) {
      case 'permission': {
        const { accountId, customer, response } = event.change;
        void this.#provider(accountId).notify(event);
        const waId = customer.waId ?? null;
        this.#events.emit({ type: 'permission', waId, bsuid: customer.bsuid, response });
        return;
      }
      case 'message':
      case 'message-status':
        void this.#provider(event.message.accountId).notify(event);
        this.#events.emit({ type: 'message', message: reportMessage(event.message) });
        return;
      default: {
        const { call } = event;
        // A customer who calls or answers may be written to for a day
        // (docs/providers/meta.md#limits).
        if (event.type === 'offered' || event.type === 'picked-up') {
          this.#world.chats.heard(call.accountId, call.customer);
        }
        void this.#provider(call.accountId).notify(event);
        const { id, phase, end, violations } = call;
        this.#events.emit({ type: 'call', callId: id, phase, end: end ?? null, violations });
      }
    }
  }

  #reportOf(call: Call): CallReport {
    return reportCall(call, this.requests(), this.webhooks());
  }

  #provider(accountId: string | undefined): Provider {
    const found =
      accountId === undefined
        ? this.#providers[0]
        : this.#providers.find(({ account }) => account.id === accountId);
    if (!found) throw new Error(`No account ${accountId ?? ''}`);
    return found;
  }
}
