import { assertNever } from '../../shared/lib/assert-never.ts';
import { randomUUID } from 'node:crypto';
import { Deadline } from '../../shared/lib/deadline.ts';
import type { Agent } from '../../shared/protocol/agent.ts';
import type { LogBody } from '../../shared/protocol/log-entry.ts';
import { transition } from './state-machine/transition.ts';
import type { CallEvent } from './state-machine/events.ts';
import {
  askedIn,
  deadlineOf,
  engaged,
  mayTalk,
  ownerOf,
  patienceOf,
} from './state-machine/state.ts';
import type { Policy } from '../config/media.ts';
import { reasonOf } from '../log.ts';
import type { HostGone } from '../media-process/host.ts';
import type { BridgeEvent } from '../media/call-bridge.ts';
import type { RelayedCallRecord, RelayedCallState } from '../store/relayed-call-record.ts';
import type { Member } from '../store/agent-store.ts';
import { CallRecordStore } from './call-record-store.ts';
import { CallMedia } from './call-media.ts';
import { CallRecording, recordingAtEnd } from './recording.ts';
import type { AgentLeg, AgentLegs } from './legs.ts';
import { CallSetup } from './call-setup.ts';
import { refused, type Outcome } from '../outcome.ts';
import type { RelayedCallPorts } from './ports.ts';
import { ProviderActions } from './provider-actions.ts';
import { AgentLivenessMonitor } from './liveness-monitor.ts';
import { Supervision } from './supervision.ts';

/** A provider's event as stored in the log. */
export type ProviderEvent = Extract<LogBody, { type: 'provider' }>['event'];

/**
 * One relayed call: keeps record, media and provider consistent. Its events are handled one at a
 * time; requests to the provider do not block them.
 */
export class RelayedCall {
  readonly setup: CallSetup;
  readonly #ports: RelayedCallPorts;
  readonly #store: CallRecordStore;
  readonly #provider: ProviderActions;
  readonly #media: CallMedia;
  readonly #supervision: Supervision;
  readonly recording: CallRecording;
  /** The deadline of the current state. */
  readonly #deadline: Deadline;
  readonly #liveness: AgentLivenessMonitor;
  /** The request that ends the call at the provider. */
  #ending: Promise<void> = Promise.resolve();

  constructor(ports: RelayedCallPorts, record: RelayedCallRecord) {
    this.#ports = ports;
    this.#store = new CallRecordStore(ports, record);
    this.#provider = new ProviderActions(ports, this.#store);
    this.#media = new CallMedia(ports, this.#store, {
      isReady: () => this.setup.ready,
      handleCustomerHeard: () => this.setup.handlePickedUp(),
      handleGone: () => this.apply({ type: 'media-gone' }),
      handleAgentBack: (agentId) => this.#handleAgentBack(agentId),
      handleLegGone: (leg) => this.#handleLegGone(leg),
      handleRecorder: (report) => this.recording.handleReport(report),
    });
    this.recording = new CallRecording(ports, this.#store);
    this.#supervision = new Supervision(ports, this.#store, this.legs);
    this.setup = new CallSetup(ports, this.#store, this.#provider, (event) => this.apply(event));
    this.#deadline = new Deadline(ports.clock, (at) => this.#handle({ type: 'deadline' }, at));
    this.#liveness = new AgentLivenessMonitor(ports, this, (agentId) =>
      this.#handleAgentGone(agentId),
    );
  }

  get record(): RelayedCallRecord {
    return this.#store.record;
  }

  get legs(): AgentLegs {
    return this.#media.legs;
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
    await this.#media.adoptLegs();
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
  handleMediaEvent(event: BridgeEvent | HostGone): Promise<void> {
    return this.#media.handleEvent(event);
  }

  /** An agent's media is here, or here again. */
  async #handleAgentBack(agentId: string): Promise<void> {
    this.#liveness.handleMedia(agentId);
    await this.apply({ type: 'back', agentId });
  }

  /** An agent is gone; a supervisor stops listening. */
  async #handleAgentGone(agentId: string): Promise<void> {
    await this.#stopListening(agentId);
    await this.apply({ type: 'gone', agentId });
  }

  /** A leg is gone. A supervisor who only listened on it may be about to take the call on another. */
  async #handleLegGone({ agentId, supervises }: AgentLeg): Promise<void> {
    const talks = engaged(this.state).some(({ id }) => id === agentId);
    if (talks || !supervises) return this.#handleAgentGone(agentId);
    await this.#stopListening(agentId);
  }

  async #stopListening(agentId: string): Promise<void> {
    const listener = this.#supervision.find(agentId);
    if (listener) await this.supervise(listener.agent, 'off');
  }

  /** Answers a console's offer for a leg. */
  addLeg(agent: Agent, sdp: string): Promise<Outcome> {
    return this.#media.addLeg(agent, sdp);
  }

  /** A supervisor listens, whispers, speaks to both, or stops. */
  async supervise(agent: Agent, mode: 'listen' | 'whisper' | 'barge' | 'off'): Promise<Outcome> {
    return this.#store.enqueue(async () => {
      if (this.isOver) return refused('ended');
      if (mode === 'off' && !this.#supervision.find(agent.id)) return { kind: 'granted' };
      const outcome = await this.#supervision.set(agent, mode);
      if (outcome.kind !== 'granted') return outcome;
      await this.#media.route();
      const leg = this.legs.get(agent.id);
      if (!leg) return outcome;
      // When supervision ends, this may already be another leg, on which they take the call.
      if (mode !== 'off') leg.supervises = true;
      else if (leg.supervises || !mayTalk(this.state, agent.id))
        await this.#media.dropLeg(agent.id);
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
    this.#inBackground(this.#media.dropLeg(agentId).then(() => this.#handleAgentGone(agentId)));
  }

  #concerns(agentId: string): boolean {
    const { state } = this.record;
    if (this.legs.get(agentId) || this.#supervision.find(agentId)) return true;
    if (engaged(state).some(({ id }) => id === agentId)) return true;
    return askedIn(state).some(({ id }) => id === agentId);
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
      this.#inBackground(this.#store.enqueue(() => this.#media.route()));
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
      speaking: this.#supervision.speaking,
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
        ...(moved.state.kind === 'ended' && recordingAtEnd(this.record)),
        state: moved.state,
      },
      [...bodies, ...entries],
    );
    log.info('call.moved', { call: callId, by: event.type, to: this.state.kind });
    await this.#applyState(before);
    await this.recording.handleMoved();
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
      this.#liveness.close();
      await this.#media.end();
      return;
    }
    await this.#media.route();
    const now = engaged(this.state);
    for (const { id } of now) this.#liveness.watch(id);
    // Teammates with an offer must only be connected; after a restart that is not yet known.
    for (const { id } of askedIn(this.state)) this.#liveness.watch(id);
    const listeners = new Set(this.record.supervisors.map(({ agent }) => agent.id));
    for (const { agentId } of this.legs.all()) {
      if (listeners.has(agentId) || mayTalk(this.state, agentId)) continue;
      if (mayTalk(before, agentId)) this.#inBackground(this.#media.dropLeg(agentId));
    }
  }

  /** Stops timers and the liveness monitor; `goesOn`: record and media stay as they are. */
  async close(goesOn: boolean): Promise<void> {
    if (!goesOn && this.state.kind !== 'ringing') await this.apply({ type: 'media-gone' });
    this.#deadline.set(undefined);
    this.#media.stopWaiting();
    this.#liveness.close();
    await this.#store.idle();
    await this.#ending;
  }
}
