import { assertNever } from '../../shared/lib/assert-never.ts';
import { randomUUID } from 'node:crypto';
import { Deadline } from '../../shared/lib/deadline.ts';
import type { Agent, LogBody } from '../../shared/protocol/frames.ts';
import { step } from './state-machine/transition.ts';
import type { CallEvent } from './state-machine/events.ts';
import { deadlineOf, engaged, mayTalk, ownerOf, patienceOf } from './state-machine/state.ts';
import { reasonOf } from '../log.ts';
import type { HostGone } from '../media-process/host.ts';
import type { AnchorEvent } from '../media/call-bridge.ts';
import type { RelayedCallRecord, RelayedCallState } from '../store/anchored-record.ts';
import type { Member } from '../store/store.ts';
import { CallRecordStore } from './call-record-store.ts';
import { AgentLegs } from './legs.ts';
import { CallSetup } from './call-setup.ts';
import { refused, type Outcome } from '../outcome.ts';
import type { RelayedCallPorts } from './ports.ts';
import { ProviderEnd } from './provider-actions.ts';
import { routingOf } from './routing.ts';
import { AgentLivenessMonitor } from './liveness-monitor.ts';

/** What a provider said, as the log holds it. */
export type ProviderEvent = Extract<LogBody, { type: 'provider' }>['event'];

/** Keys of a call that are kept. A menu takes a few; what plays tones for fun must not grow every frame. */
const MOST_KEYS = 200;

/** When WhatsApp's media ends, its word on why follows within this, in ms. */
const PROVIDER_WORD_MS = 5_000;

/**
 * One anchored call: brings record, media and provider in line. What concerns it happens one after the other; requests
 * to the provider do not hold the rest up.
 */
export class RelayedCall {
  readonly legs = new AgentLegs();
  readonly opening: CallSetup;
  readonly #ports: RelayedCallPorts;
  readonly #ledger: CallRecordStore;
  readonly #provider: ProviderEnd;
  /** Of the situation, and of the provider's word on why its media ended. */
  readonly #deadline: Deadline;
  readonly #funeral: Deadline;
  readonly #vigil: AgentLivenessMonitor;
  /** The provider is being told that it is over. */
  #ending: Promise<void> = Promise.resolve();

  constructor(ports: RelayedCallPorts, record: RelayedCallRecord) {
    this.#ports = ports;
    this.#ledger = new CallRecordStore(ports, record);
    this.#provider = new ProviderEnd(ports, this.#ledger);
    this.opening = new CallSetup(ports, this.#ledger, this.#provider, (event) => this.apply(event));
    this.#deadline = new Deadline(ports.clock, (at) => this.#happens({ type: 'deadline' }, at));
    this.#funeral = new Deadline(ports.clock, () => this.#happens({ type: 'media-gone' }));
    this.#vigil = new AgentLivenessMonitor(ports, this, (agentId) => this.#lose(agentId));
  }

  get record(): RelayedCallRecord {
    return this.#ledger.record;
  }

  get situation(): RelayedCallState {
    return this.record.situation;
  }

  get isOver(): boolean {
    return this.situation.kind === 'ended';
  }

  /** Whether it goes by this id: its own, or that of a callOffer of it. */
  isNamed(id: string): boolean {
    return this.record.callId === id || this.record.callOffers.includes(id);
  }

  /** Whether an agent may bring a leg; supervisors may before they listen. */
  mayHaveLeg(agent: Member): boolean {
    if (agent.role === 'supervisor') return true;
    return agent.calls !== 'none' && mayTalk(this.situation, agent.id);
  }

  /** Takes up a call from before a restart. Without its media, WhatsApp's side of it cannot be had again. */
  async resume(hasMedia: boolean, claimedBy: Agent | undefined): Promise<void> {
    const { situation, offerSdp } = this.record;
    this.#vigil.expectBack();
    if (situation.kind === 'ringing' && offerSdp !== undefined && !hasMedia) this.opening.answer();
    else if (!hasMedia) return void (await this.apply({ type: 'media-gone' }));
    const report = await this.#ports.media.report(this.record.callId);
    for (const [id, leg] of Object.entries(report?.agents ?? {}))
      this.legs.adopt(id, leg.connected);
    // The relay died between the claim and the provider's answer to the accept.
    if (situation.kind === 'ringing' && claimedBy) this.#alone(this.opening.accept(claimedBy));
    else await this.#settle(situation);
  }

  /** Notes the provider's id of a call that we place; the first word stays. */
  async name(providerCallId: string): Promise<void> {
    if (this.record.providerCallId !== undefined) return;
    await this.#ledger.change((record) => ({
      ...record,
      providerCallId: record.providerCallId ?? providerCallId,
    }));
  }

  /** What the provider says of this call. */
  async tell(event: ProviderEvent, sdp: string | undefined): Promise<void> {
    switch (event.kind) {
      case 'answer':
        return this.opening.connect(sdp);
      case 'status':
        if (event.status === 'accepted') await this.opening.pickedUp();
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

  /** What happens on the call's legs. */
  async hear(event: AnchorEvent | HostGone): Promise<void> {
    switch (event.type) {
      case 'host-gone':
        return void (await this.apply({ type: 'media-gone' }));
      case 'dtmf':
        return this.#ledger.change(
          (record) => ({ ...record, dtmf: (record.dtmf + event.digit).slice(-MOST_KEYS) }),
          [{ type: 'dtmf', callId: this.record.callId, digit: event.digit }],
        );
      case 'first-audio':
        // The status that says so may come late.
        if (event.leg.side === 'customer') await this.opening.pickedUp();
        return;
      case 'connected':
      case 'media-back':
      case 'media-lost':
      case 'closed':
        return event.leg.side === 'agent'
          ? this.#hearLeg(event.type, event.leg.leg)
          : this.#hearCustomer(event.type);
      case 'rerouted':
        return;
      default:
        return assertNever(event, 'anchor event');
    }
  }

  /** The provider says when the call is over; only its media tells that there is none any more. */
  async #hearCustomer(what: 'connected' | 'media-back' | 'media-lost' | 'closed'): Promise<void> {
    this.#ports.log.info(`call.customer.${what}`, { call: this.record.callId });
    // Before the accept, too: WhatsApp takes no second answer, so nobody could be heard any more.
    if (what !== 'closed') return;
    const { clock } = this.#ports;
    this.#funeral.set(clock.now() + PROVIDER_WORD_MS);
  }

  async #hearLeg(
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
        this.#vigil.found(agentId);
        await this.apply({ type: 'back', agentId });
        // It may have been routed around while nothing came from it.
        return this.#ledger.enqueue(() => this.#route());
      case 'closed':
        this.legs.delete(agentId);
        break;
      case 'media-lost':
        leg.alive = false;
        break;
      default:
        assertNever(what, 'leg event');
    }
    await this.#lose(agentId);
  }

  /** An agent is gone; one who only listened stops listening. */
  async #lose(agentId: string): Promise<void> {
    const listener = this.record.supervisors.find(({ agent }) => agent.id === agentId);
    if (listener) await this.supervise(listener.agent, 'off');
    await this.apply({ type: 'gone', agentId });
  }

  /** Takes a console's offer for a leg; its old one goes when the new one is there. */
  async leg(agent: Agent, sdp: string): Promise<Outcome> {
    const { media, clock } = this.#ports;
    const { callId } = this.record;
    if (!(await this.opening.ready)) return refused('media');
    const id = this.legs.name(agent.id, clock.now());
    const answer = await media.addLeg(callId, id, sdp);
    if (!answer.ok) return refused(answer.error);
    const old = this.legs.set(agent.id, id, false);
    await this.#ledger.enqueue(() => this.#route());
    if (old) await media.removeLeg(callId, old.id);
    return { kind: 'leg', sdp: answer.value };
  }

  /** A supervisor listens, whispers or stops. Any number may listen; the agent hears one whisper. */
  async supervise(agent: Agent, mode: 'listen' | 'whisper' | 'off'): Promise<Outcome> {
    return this.#ledger.enqueue(async () => {
      const { supervisors } = this.record;
      if (this.isOver) return refused('ended');
      const others = supervisors.filter((one) => one.agent.id !== agent.id);
      if (mode === 'off' && others.length === supervisors.length) return { kind: 'granted' };
      if (engaged(this.situation).some(({ id }) => id === agent.id)) return refused('busy');
      if (mode !== 'off' && !this.legs.get(agent.id)) return refused('no-leg');
      const whisperer = others.find((one) => one.mode === 'whisper');
      if (mode === 'whisper' && whisperer) {
        return { kind: 'refused', why: 'taken', by: whisperer.agent };
      }
      const now = mode === 'off' ? others : [...others, { agent, mode }];
      await this.#ledger.save({ ...this.record, supervisors: now }, this.#told(agent, mode));
      await this.#route();
      if (mode === 'off') await this.dropLeg(agent.id);
      return { kind: 'granted' };
    });
  }

  /** Every console reads the log: what its agents are not to know is in none of its entries, but in the relay's own. */
  #told(by: Agent, mode: 'listen' | 'whisper' | 'off'): readonly LogBody[] {
    const { log, policy } = this.#ports;
    const { callId } = this.record;
    log.info('call.supervision', { call: callId, by: by.id, mode });
    if (policy.hideSupervision) return [];
    return [{ type: 'supervision', callId, by, mode, shown: true }];
  }

  async dropLeg(agentId: string): Promise<void> {
    const leg = this.legs.delete(agentId);
    if (leg) await this.#ports.media.removeLeg(this.record.callId, leg.id);
  }

  /** An agent's console has gone or come back. Media may go on without it for a while. */
  consoleLeft(agentId: string): void {
    if (this.isOver) return;
    this.#vigil.left(agentId);
    this.#routeFor(agentId);
  }

  consoleCame(agentId: string): void {
    this.#vigil.seen(agentId);
    this.#routeFor(agentId);
  }

  /** How soon an agent's silence is covered for depends on whether their console is there. */
  #routeFor(agentId: string): void {
    if (ownerOf(this.situation)?.id === agentId)
      this.#alone(this.#ledger.enqueue(() => this.#route()));
  }

  /**
   * Moves the call on by an event; requests that make no sense are refused.
   *
   * @param dueAt the deadline that has come, with the event `deadline`
   */
  apply(event: CallEvent, dueAt = 0): Promise<Outcome> {
    return this.#ledger.enqueue(() => this.#apply(event, dueAt));
  }

  #happens(event: CallEvent, dueAt?: number): void {
    this.#alone(this.apply(event, dueAt));
  }

  /** Something goes on of which nobody waits for the end. */
  #alone(task: Promise<unknown>): void {
    task.catch((error: unknown) => this.#ledger.fail('step', reasonOf(error)));
  }

  get #patience() {
    const { rejoinGraceSeconds, waitingSeconds, transferSeconds } = this.#ports.policy;
    return {
      rejoinGraceMs: rejoinGraceSeconds * 1000,
      waitingMs: waitingSeconds * 1000,
      transferMs: transferSeconds * 1000,
    };
  }

  async #apply(event: CallEvent, dueAt: number): Promise<Outcome> {
    const { clock, log } = this.#ports;
    const before = this.situation;
    const { callId, accountId, providerCallId = 'unknown', direction, party } = this.record;
    const moved = step(before, event, {
      // What is due now is due, whatever the clock says meanwhile.
      now: Math.max(clock.now(), dueAt),
      newId: `handover/${randomUUID()}`,
      call: { callId, accountId, providerCallId, direction, party },
      policy: this.#patience,
    });
    if (!moved.ok) return { kind: 'refused', why: moved.why, ...(moved.by && { by: moved.by }) };
    if (moved.situation === before && moved.effects.length === 0) return { kind: 'granted' };
    const bodies = moved.effects.flatMap((effect) => (effect.type === 'log' ? [effect.body] : []));
    const started = moved.situation.kind === 'talking' ? clock.now() : undefined;
    const busy = new Set(engaged(moved.situation).map(({ id }) => id));
    // Whoever listened and now has the call themselves listens no more.
    const talk = this.record.supervisors.filter(({ agent }) => busy.has(agent.id));
    await this.#ledger.save(
      {
        ...this.record,
        supervisors: this.record.supervisors.filter((one) => !talk.includes(one)),
        startedAt: this.record.startedAt ?? started,
        callOffers: [
          ...this.record.callOffers,
          ...bodies.flatMap((body) =>
            body.type === 'call-offer' ? [body.callOffer.callOfferId] : [],
          ),
        ],
        situation: moved.situation,
      },
      [...bodies, ...talk.flatMap(({ agent }) => this.#told(agent, 'off'))],
    );
    log.info('call.moved', { call: callId, by: event.type, to: this.situation.kind });
    await this.#settle(before);
    for (const { type } of moved.effects) {
      if (type === 'terminate') this.#ending = this.#provider.terminate();
      if (type === 'reject') this.#ending = this.#provider.turnAway();
    }
    return { kind: 'granted' };
  }

  /** Brings media, timers and watches in line with the situation. */
  async #settle(before: RelayedCallState): Promise<void> {
    this.#deadline.set(deadlineOf(this.situation), patienceOf(this.situation, this.#patience));
    if (this.isOver) {
      this.#funeral.set(undefined);
      this.#vigil.close();
      await this.#ports.media.end(this.record.callId);
      return;
    }
    await this.#route();
    const now = engaged(this.situation);
    for (const { id } of now) this.#vigil.watch(id);
    // Whoever is asked need only be there; after a restart that is not yet known.
    if (this.situation.kind === 'transfer-offered')
      this.#vigil.watch(this.situation.callOffer.to.id);
    const listeners = new Set(this.record.supervisors.map(({ agent }) => agent.id));
    for (const { agentId } of this.legs.all()) {
      if (listeners.has(agentId) || mayTalk(this.situation, agentId)) continue;
      if (mayTalk(before, agentId)) this.#alone(this.dropLeg(agentId));
    }
  }

  async #route(): Promise<void> {
    if (this.isOver) return;
    const { callId } = this.record;
    const routed = await this.#ports.media.route(
      callId,
      routingOf(this.situation, this.record.supervisors, this.legs, this.#ports.isConnected),
    );
    // A leg that has just gone; its own event says so.
    if (!routed.ok) await this.#ports.media.route(callId, { kind: 'on-hold', playing: 'hold' });
  }

  /** Lets go of clock and watches; `goesOn`: record and media stay as they are. */
  async close(goesOn: boolean): Promise<void> {
    if (!goesOn && this.situation.kind !== 'ringing') await this.apply({ type: 'media-gone' });
    this.#deadline.set(undefined);
    this.#funeral.set(undefined);
    this.#vigil.close();
    await this.#ledger.idle();
    await this.#ending;
  }
}
