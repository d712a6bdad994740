import { assertNever } from '../../shared/lib/assert-never.ts';
import { Deadline } from '../../shared/lib/deadline.ts';
import type { Agent } from '../../shared/protocol/agent.ts';
import { reasonOf } from '../log.ts';
import type { HostGone } from '../media-process/host.ts';
import type { BridgeEvent } from '../media/call-bridge.ts';
import type { RecorderReport } from '../media/recorder/call-recorder.ts';
import { refused, type Outcome } from '../outcome.ts';
import type { CallRecordStore } from './call-record-store.ts';
import { type AgentLeg, AgentLegs } from './legs.ts';
import type { RelayedCallPorts } from './ports.ts';
import { routingOf } from './routing.ts';

/** DTMF digits kept per call. A menu takes a few; endless tones must not make every frame grow. */
const MOST_KEYS = 200;

/** After WhatsApp's media ends, its terminate webhook follows within this, in ms. */
const PROVIDER_WORD_MS = 5_000;

type LegChange = 'connected' | 'media-back' | 'media-lost' | 'closed';

/** What the call does about its media. */
interface Handlers {
  /** Resolves to whether there is a customer to talk to. */
  isReady: () => Promise<boolean>;
  /** The customer can be heard. */
  handleCustomerHeard: () => Promise<void>;
  /** The media is lost for good. */
  handleGone: () => Promise<unknown>;
  handleAgentBack: (agentId: string) => Promise<void>;
  handleLegGone: (leg: AgentLeg) => Promise<void>;
  handleRecorder: (report: RecorderReport) => Promise<void>;
}

/** A call's media: the customer's leg, those of agents, and who hears whom. */
export class CallMedia {
  readonly legs = new AgentLegs();
  readonly #ports: RelayedCallPorts;
  readonly #store: CallRecordStore;
  readonly #handlers: Handlers;
  /** Ends the call if no terminate webhook follows the end of its media. */
  readonly #loss: Deadline;

  constructor(ports: RelayedCallPorts, store: CallRecordStore, handlers: Handlers) {
    this.#ports = ports;
    this.#store = store;
    this.#handlers = handlers;
    this.#loss = new Deadline(ports.clock, () => {
      handlers.handleGone().catch((error: unknown) => store.fail('step', reasonOf(error)));
    });
  }

  get #callId(): string {
    return this.#store.record.callId;
  }

  /** Finds the legs again that outlived the relay. */
  async adoptLegs(): Promise<void> {
    const report = await this.#ports.media.report(this.#callId);
    for (const [id, leg] of Object.entries(report?.agents ?? {})) {
      this.legs.adopt(id, leg.connected);
    }
  }

  /** Something happened on one of the call's legs. */
  async handleEvent(event: BridgeEvent | HostGone): Promise<void> {
    switch (event.type) {
      case 'host-gone':
        return void (await this.#handlers.handleGone());
      case 'dtmf':
        return this.#handleKey(event.digit);
      case 'first-audio':
        // The provider's status may come late.
        if (event.leg.side === 'customer') await this.#handlers.handleCustomerHeard();
        return;
      case 'connected':
      case 'media-back':
      case 'media-lost':
      case 'closed':
        return event.leg.side === 'agent'
          ? this.#handleLeg(event.type, event.leg.leg)
          : this.#handleCustomer(event.type);
      case 'recorder':
        return this.#handlers.handleRecorder(event.report);
      case 'rerouted':
        return;
      default:
        return assertNever(event, 'bridge event');
    }
  }

  #handleKey(digit: string): Promise<void> {
    return this.#store.enqueue(async () => {
      const { record } = this.#store;
      // It may be one of a card's number, which is to stand nowhere.
      if (record.recording?.state.step === 'paused') return;
      const dtmf = (record.dtmf + digit).slice(-MOST_KEYS);
      const entry = { type: 'dtmf', callId: record.callId, digit } as const;
      await this.#store.save({ ...record, dtmf }, [entry]);
    });
  }

  /** The provider reports the end of a call; its media only shows that WhatsApp's leg is gone. */
  #handleCustomer(what: LegChange): void {
    this.#ports.log.info(`call.customer.${what}`, { call: this.#callId });
    // Before the accept, too: WhatsApp takes no second answer, so the leg cannot be restored.
    if (what !== 'closed') return;
    this.#loss.set(this.#ports.clock.now() + PROVIDER_WORD_MS);
  }

  async #handleLeg(what: LegChange, id: string): Promise<void> {
    const leg = this.legs.find(id);
    if (!leg) return;
    const { agentId } = leg;
    this.#ports.log.info(`call.leg.${what}`, { call: this.#callId, agent: agentId });
    switch (what) {
      case 'connected':
      case 'media-back':
        leg.alive = true;
        leg.connected = true;
        await this.#handlers.handleAgentBack(agentId);
        // It may have been routed around while nothing came from it.
        return this.#store.enqueue(() => this.route());
      case 'closed':
        this.legs.delete(agentId);
        break;
      case 'media-lost':
        leg.alive = false;
        break;
      default:
        assertNever(what, 'leg event');
    }
    await this.#handlers.handleLegGone(leg);
  }

  /** Answers a console's offer for a leg; the agent's old leg goes when the new one is there. */
  async addLeg(agent: Agent, sdp: string): Promise<Outcome> {
    const { media, clock } = this.#ports;
    if (!(await this.#handlers.isReady())) return refused('media');
    const id = this.legs.newLegId(agent.id, clock.now());
    const answer = await media.addLeg(this.#callId, id, sdp);
    if (!answer.ok) return refused(answer.error);
    const old = this.legs.set(agent.id, id, false);
    await this.#store.enqueue(() => this.route());
    if (old) await media.removeLeg(this.#callId, old.id);
    return { kind: 'leg', sdp: answer.value };
  }

  async dropLeg(agentId: string): Promise<void> {
    const leg = this.legs.delete(agentId);
    if (leg) await this.#ports.media.removeLeg(this.#callId, leg.id);
  }

  /** Connects those who hear one another by the call's state. */
  async route(): Promise<void> {
    const { media, isConnected } = this.#ports;
    const { state, supervisors } = this.#store.record;
    if (state.kind === 'ended') return;
    const routed = await media.route(
      this.#callId,
      routingOf(state, supervisors, this.legs, isConnected),
    );
    // A leg has just gone; its own event follows.
    if (!routed.ok) await media.route(this.#callId, { kind: 'on-hold', playing: 'hold' });
  }

  /** The call is over. */
  async end(): Promise<void> {
    this.stopWaiting();
    await this.#ports.media.end(this.#callId);
  }

  /** Waits no longer for the provider's word on a customer whose media has ended. */
  stopWaiting(): void {
    this.#loss.set(undefined);
  }
}
