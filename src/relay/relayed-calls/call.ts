import { assertNever } from '../../shared/lib/assert-never.ts';
import { randomUUID } from 'node:crypto';
import { Deadline } from '../../shared/lib/deadline.ts';
import type { Agent, LogBody } from '../../shared/protocol/frames.ts';
import { transition } from './state-machine/transition.ts';
import type { CallEvent } from './state-machine/events.ts';
import { deadlineOf, engaged, mayTalk, ownerOf, patienceOf } from './state-machine/state.ts';
import type { Policy } from '../config/media.ts';
import { reasonOf } from '../log.ts';
import type { HostGone } from '../media-process/host.ts';
import type { BridgeEvent } from '../media/call-bridge.ts';
import type { RelayedCallRecord, RelayedCallState } from '../store/relayed-call-record.ts';
import type { Member } from '../store/store.ts';
import { CallRecordStore } from './call-record-store.ts';
import { AgentLegs } from './legs.ts';
import { CallSetup } from './call-setup.ts';
import { refused, type Outcome } from '../outcome.ts';
import type { RelayedCallPorts } from './ports.ts';
import { ProviderActions } from './provider-actions.ts';
import { routingOf } from './routing.ts';
import { AgentLivenessMonitor } from './liveness-monitor.ts';
import { Supervision } from './supervision.ts';

/** A provider's event as stored in the log. */
export type ProviderEvent = Extract<LogBody, { type: 'provider' }>['event'];

/** DTMF digits kept per call. A menu takes a few; endless tones must not make every frame grow. */
const MOST_KEYS = 200;

/** After WhatsApp's media ends, its terminate webhook follows within this, in ms. */
const PROVIDER_WORD_MS = 5_000;

/**
 * One relayed call: keeps record, media and provider consistent. Its events are handled one at a
 * time; requests to the provider do not block them.
 */
export class RelayedCall {
  readonly legs = new AgentLegs();
  readonly setup: CallSetup;
  readonly #ports: RelayedCallPorts;
  readonly #store: CallRecordStore;
  readonly #provider: ProviderActions;
  readonly #supervision: Supervision;
  /** The deadline of the current state. */
  readonly #deadline: Deadline;
  /** Ends the call if no terminate webhook follows the end of its media. */
  readonly #mediaLossTimeout: Deadline;
  readonly #liveness: AgentLivenessMonitor;
  /** The request that ends the call at the provider. */
  #ending: Promise<void> = Promise.resolve();

  constructor(ports: RelayedCallPorts, record: RelayedCallRecord) {
    this.#ports = ports;
    this.#store = new CallRecordStore(ports, record);
    this.#provider = new ProviderActions(ports, this.#store);
    this.#supervision = new Supervision(ports, this.#store, this.legs);
    this.setup = new CallSetup(ports, this.#store, this.#provider, (event) => this.apply(event));
    this.#deadline = new Deadline(ports.clock, (at) => this.#handle({ type: 'deadline' }, at));
    this.#mediaLossTimeout = new Deadline(ports.clock, () => this.#handle({ type: 'media-gone' }));
    this.#liveness = new AgentLivenessMonitor(ports, this, (agentId) =>
      this.#handleAgentGone(agentId),
    );
  }

  get record(): RelayedCallRecord {
    return this.#store.record;
  }

  get state(): RelayedCallState {
    return this.record.state;
  }

  get isOver(): boolean {
    return this.state.kind === 'ended';
  }

  /** Whether this is its id, or that of one of its call offers. */
  isNamed(id: string): boolean {
    return this.record.callId === id || this.record.callOffers.includes(id);
  }

  /** Whether an agent may bring a leg; supervisors may before they listen. */
  mayHaveLeg(agent: Member): boolean {
    const { access } = this.#ports;
    const { accountId } = this.record;
    if (access.maySupervise(agent, accountId)) return true;
    if (!access.hears(agent, accountId) || !mayTalk(this.state, agent.id)) return false;
    const isTheirs = engaged(this.state).some(({ id }) => id === agent.id);
    return isTheirs ? agent.calls !== 'none' : access.mayTake(agent, accountId);
  }

  /** Resumes a call from before a restart. Without its media, WhatsApp's leg cannot be restored. */
  async resume(hasMedia: boolean, claimedBy: Agent | undefined): Promise<void> {
    const { state, offerSdp } = this.record;
    this.#liveness.handleRestart();
    if (state.kind === 'ringing' && offerSdp !== undefined && !hasMedia) this.setup.answer();
    else if (!hasMedia) return void (await this.apply({ type: 'media-gone' }));
    const report = await this.#ports.media.report(this.record.callId);
    for (const [id, leg] of Object.entries(report?.agents ?? {}))
      this.legs.adopt(id, leg.connected);
    // The relay died between the claim and the provider's answer to the accept.
    if (state.kind === 'ringing' && claimedBy)
      this.#inBackground(this.setup.accept(claimedBy, true));
    else await this.#applyState(state);
  }

  /** Notes the provider's id of a call that we place; the first one stays. */
  async setProviderCallId(providerCallId: string): Promise<void> {
    if (this.record.providerCallId !== undefined) return;
    await this.#store.change((record) => ({
      ...record,
      providerCallId: record.providerCallId ?? providerCallId,
    }));
  }

  /** The provider reported something about this call. */
  async handleProviderEvent(event: ProviderEvent, sdp: string | undefined): Promise<void> {
    switch (event.kind) {
      case 'answer':
        return this.setup.handleAnswer(sdp);
      case 'status':
        if (event.status === 'accepted') await this.setup.handlePickedUp();
        return;
      case 'terminated':
        await this.apply({ type: 'caller-gone' });
        return;
      case 'offer':
      case 'announced':
      case 'recording':
      case 'permission':
      case 'message':
      case 'message-status':
      case 'moved':
      case 'number':
        return;
      default:
        return assertNever(event, 'provider event');
    }
  }

  /** Something happened on one of the call's legs. */
  async handleMediaEvent(event: BridgeEvent | HostGone): Promise<void> {
    switch (event.type) {
      case 'host-gone':
        return void (await this.apply({ type: 'media-gone' }));
      case 'dtmf':
        return this.#store.change(
          (record) => ({ ...record, dtmf: (record.dtmf + event.digit).slice(-MOST_KEYS) }),
          [{ type: 'dtmf', callId: this.record.callId, digit: event.digit }],
        );
      case 'first-audio':
        // The provider's status may come late.
        if (event.leg.side === 'customer') await this.setup.handlePickedUp();
        return;
      case 'connected':
      case 'media-back':
      case 'media-lost':
      case 'closed':
        return event.leg.side === 'agent'
          ? this.#handleLegMedia(event.type, event.leg.leg)
          : this.#handleCustomerMedia(event.type);
      case 'rerouted':
        return;
      default:
        return assertNever(event, 'bridge event');
    }
  }

  /** The provider reports the end of a call; its media only shows that WhatsApp's leg is gone. */
  async #handleCustomerMedia(
    what: 'connected' | 'media-back' | 'media-lost' | 'closed',
  ): Promise<void> {
    this.#ports.log.info(`call.customer.${what}`, { call: this.record.callId });
    // Before the accept, too: WhatsApp takes no second answer, so the leg cannot be restored.
    if (what !== 'closed') return;
    const { clock } = this.#ports;
    this.#mediaLossTimeout.set(clock.now() + PROVIDER_WORD_MS);
  }

  async #handleLegMedia(
    what: 'connected' | 'media-back' | 'media-lost' | 'closed',
    id: string,
  ): Promise<void> {
    const leg = this.legs.find(id);
    if (!leg) return;
    const { agentId } = leg;
    this.#ports.log.info(`call.leg.${what}`, { call: this.record.callId, agent: agentId });
    switch (what) {
      case 'connected':
      case 'media-back':
        leg.alive = true;
        leg.connected = true;
        this.#liveness.handleMedia(agentId);
        await this.apply({ type: 'back', agentId });
        // It may have been routed around while nothing came from it.
        return this.#store.enqueue(() => this.#route());
      case 'closed':
        this.legs.delete(agentId);
        break;
      case 'media-lost':
        leg.alive = false;
        break;
      default:
        assertNever(what, 'leg event');
    }
    await this.#handleAgentGone(agentId);
  }

  /** An agent is gone; a supervisor stops listening. */
  async #handleAgentGone(agentId: string): Promise<void> {
    const listener = this.#supervision.find(agentId);
    if (listener) await this.supervise(listener.agent, 'off');
    await this.apply({ type: 'gone', agentId });
  }

  /** Answers a console's offer for a leg; the agent's old leg goes when the new one is there. */
  async addLeg(agent: Agent, sdp: string): Promise<Outcome> {
    const { media, clock } = this.#ports;
    const { callId } = this.record;
    if (!(await this.setup.ready)) return refused('media');
    const id = this.legs.newLegId(agent.id, clock.now());
    const answer = await media.addLeg(callId, id, sdp);
    if (!answer.ok) return refused(answer.error);
    const old = this.legs.set(agent.id, id, false);
    await this.#store.enqueue(() => this.#route());
    if (old) await media.removeLeg(callId, old.id);
    return { kind: 'leg', sdp: answer.value };
  }

  /** A supervisor listens, whispers or stops. */
  async supervise(agent: Agent, mode: 'listen' | 'whisper' | 'off'): Promise<Outcome> {
    return this.#store.enqueue(async () => {
      if (this.isOver) return refused('ended');
      if (mode === 'off' && !this.#supervision.find(agent.id)) return { kind: 'granted' };
      const outcome = await this.#supervision.set(agent, mode);
      if (outcome.kind !== 'granted') return outcome;
      await this.#route();
      if (mode === 'off') await this.dropLeg(agent.id);
      return outcome;
    });
  }

  /**
   * An agent's rights have changed; undefined: they may no longer connect. They lose at once what
   * they may no longer have: their leg, what they listen to, and the call itself, which is handled
   * as if their console had disconnected.
   */
  handleRights(agentId: string, agent: Member | undefined): void {
    if (this.isOver || !this.#concerns(agentId)) return;
    const { access } = this.#ports;
    const { accountId } = this.record;
    const may = (member: Member) =>
      this.#supervision.find(agentId)
        ? this.#supervision.mayListen(member)
        : access.hears(member, accountId) && member.calls !== 'none';
    if (agent && may(agent)) return;
    this.#inBackground(this.dropLeg(agentId).then(() => this.#handleAgentGone(agentId)));
  }

  #concerns(agentId: string): boolean {
    const { state } = this.record;
    if (this.legs.get(agentId) || this.#supervision.find(agentId)) return true;
    if (engaged(state).some(({ id }) => id === agentId)) return true;
    return state.kind === 'transfer-offered' && state.callOffer.to.id === agentId;
  }

  async dropLeg(agentId: string): Promise<void> {
    const leg = this.legs.delete(agentId);
    if (leg) await this.#ports.media.removeLeg(this.record.callId, leg.id);
  }

  /**
   * An agent's console has disconnected or reconnected. Media may continue without it for a while.
   */
  handleAgentDisconnected(agentId: string): void {
    if (this.isOver) return;
    this.#liveness.handleDisconnected(agentId);
    this.#routeFor(agentId);
  }

  handleAgentConnected(agentId: string): void {
    this.#liveness.handleConnected(agentId);
    this.#routeFor(agentId);
  }

  /**
   * How soon hold music covers an agent's silence depends on whether their console is connected.
   */
  #routeFor(agentId: string): void {
    if (ownerOf(this.state)?.id === agentId)
      this.#inBackground(this.#store.enqueue(() => this.#route()));
  }

  /**
   * Applies an event to the call; requests that make no sense are refused.
   *
   * @param dueAt the deadline that fired, with the event `deadline`
   */
  apply(event: CallEvent, dueAt = 0): Promise<Outcome> {
    return this.#store.enqueue(() => this.#apply(event, dueAt));
  }

  #handle(event: CallEvent, dueAt?: number): void {
    this.#inBackground(this.apply(event, dueAt));
  }

  /** Runs a task that nothing awaits; its failure is logged. */
  #inBackground(task: Promise<unknown>): void {
    task.catch((error: unknown) => this.#store.fail('step', reasonOf(error)));
  }

  get #policy(): Policy {
    return this.#ports.policyOf(this.record.accountId);
  }

  get #timeouts() {
    const { rejoinGraceSeconds, waitingSeconds, transferSeconds } = this.#policy;
    return {
      rejoinGraceMs: rejoinGraceSeconds * 1000,
      waitingMs: waitingSeconds * 1000,
      transferMs: transferSeconds * 1000,
    };
  }

  async #apply(event: CallEvent, dueAt: number): Promise<Outcome> {
    const { clock, log } = this.#ports;
    const before = this.state;
    const { callId, accountId, providerCallId = 'unknown', direction, party } = this.record;
    const moved = transition(before, event, {
      // A deadline that fired is due, even if the clock was set back since.
      now: Math.max(clock.now(), dueAt),
      newId: `offer/${randomUUID()}`,
      call: { callId, accountId, providerCallId, direction, party },
      policy: this.#timeouts,
    });
    if (!moved.ok) return { kind: 'refused', why: moved.why, ...(moved.by && { by: moved.by }) };
    if (moved.state === before && moved.effects.length === 0) return { kind: 'granted' };
    const bodies = moved.effects.flatMap((effect) => (effect.type === 'log' ? [effect.body] : []));
    const started = moved.state.kind === 'talking' ? clock.now() : undefined;
    // A supervisor who takes the call stops listening.
    const talking = new Set(engaged(moved.state).map(({ id }) => id));
    const { supervisors, entries } = this.#supervision.without(talking);
    await this.#store.save(
      {
        ...this.record,
        supervisors,
        startedAt: this.record.startedAt ?? started,
        callOffers: [
          ...this.record.callOffers,
          ...bodies.flatMap((body) =>
            body.type === 'call-offer' ? [body.callOffer.callOfferId] : [],
          ),
        ],
        state: moved.state,
      },
      [...bodies, ...entries],
    );
    log.info('call.moved', { call: callId, by: event.type, to: this.state.kind });
    await this.#applyState(before);
    for (const { type } of moved.effects) {
      if (type === 'terminate') this.#ending = this.#provider.terminate();
      if (type === 'reject') this.#ending = this.#provider.rejectOrTerminate();
    }
    return { kind: 'granted' };
  }

  /** Applies the state to media, timers and the liveness monitor. */
  async #applyState(before: RelayedCallState): Promise<void> {
    this.#deadline.set(deadlineOf(this.state), patienceOf(this.state, this.#timeouts));
    if (this.isOver) {
      this.#mediaLossTimeout.set(undefined);
      this.#liveness.close();
      await this.#ports.media.end(this.record.callId);
      return;
    }
    await this.#route();
    const now = engaged(this.state);
    for (const { id } of now) this.#liveness.watch(id);
    // A teammate with an offer must only be connected; after a restart that is not yet known.
    if (this.state.kind === 'transfer-offered') this.#liveness.watch(this.state.callOffer.to.id);
    const listeners = new Set(this.record.supervisors.map(({ agent }) => agent.id));
    for (const { agentId } of this.legs.all()) {
      if (listeners.has(agentId) || mayTalk(this.state, agentId)) continue;
      if (mayTalk(before, agentId)) this.#inBackground(this.dropLeg(agentId));
    }
  }

  async #route(): Promise<void> {
    if (this.isOver) return;
    const { callId } = this.record;
    const routed = await this.#ports.media.route(
      callId,
      routingOf(this.state, this.record.supervisors, this.legs, this.#ports.isConnected),
    );
    // A leg has just gone; its own event follows.
    if (!routed.ok) await this.#ports.media.route(callId, { kind: 'on-hold', playing: 'hold' });
  }

  /** Stops timers and the liveness monitor; `goesOn`: record and media stay as they are. */
  async close(goesOn: boolean): Promise<void> {
    if (!goesOn && this.state.kind !== 'ringing') await this.apply({ type: 'media-gone' });
    this.#deadline.set(undefined);
    this.#mediaLossTimeout.set(undefined);
    this.#liveness.close();
    await this.#store.idle();
    await this.#ending;
  }
}
