import { assertNever } from '../../shared/lib/assert-never.ts';
import { randomUUID } from 'node:crypto';
import type { Agent, LogBody } from '../../shared/relay/protocol.ts';
import { opaqueOf } from '../../shared/call/ids.ts';
import { step, type CallEvent } from '../coordination/handover.ts';
import { deadlineOf, engaged, mayTalk, ownerOf } from '../coordination/situation.ts';
import { reasonOf } from '../log.ts';
import type { HostGone } from '../media-host/host.ts';
import type { AnchorEvent } from '../media/anchor.ts';
import type { AnchoredRecord, Situation } from '../store/anchored-record.ts';
import type { Member } from '../store/store.ts';
import { AgentLegs } from './legs.ts';
import { refused, type AnchoredPorts, type Outcome } from './ports.ts';
import { routingOf } from './routing-of.ts';
import { Vigil } from './vigil.ts';

type ProviderEvent = Extract<LogBody, { type: 'provider' }>['event'];

/** When WhatsApp's media ends, its word on why follows within this, in ms. */
const PROVIDER_WORD_MS = 5_000;

/**
 * One anchored call: keeps its record in the store, its media in line with it, and speaks with the provider. What
 * concerns it happens one after the other; requests to the provider do not hold the rest up.
 */
export class AnchoredCall {
  readonly legs = new AgentLegs();
  readonly #ports: AnchoredPorts;
  #record: AnchoredRecord;
  #queue: Promise<unknown> = Promise.resolve();
  #cancelDeadline: () => void = () => undefined;
  #cancelFuneral: () => void = () => undefined;
  readonly #vigil: Vigil;
  /** The provider is being told that it is over. */
  #ending: Promise<void> = Promise.resolve();
  /** Our answer to WhatsApp's offer was made, or could not be. */
  #ready: Promise<boolean> = Promise.resolve(true);

  constructor(ports: AnchoredPorts, record: AnchoredRecord) {
    this.#ports = ports;
    this.#record = record;
    this.#vigil = new Vigil(ports, this, (agentId) => void this.#lose(agentId));
  }

  get record(): AnchoredRecord {
    return this.#record;
  }

  get situation(): Situation {
    return this.#record.situation;
  }

  get isOver(): boolean {
    return this.situation.kind === 'ended';
  }

  /** Whether it goes by this id: its own, or that of a handover of it. */
  isNamed(id: string): boolean {
    return this.#record.callId === id || this.#record.handovers.includes(id);
  }

  /** Whether an agent may bring a leg; supervisors may before they listen. */
  mayHaveLeg(agent: Member): boolean {
    if (agent.role === 'supervisor') return true;
    return agent.calls !== 'none' && mayTalk(this.situation, agent.id);
  }

  /** Answers WhatsApp's offer and pre-accepts: the relay alone is the media end, so several consoles may ring. */
  open(): void {
    this.#ready = this.#open().catch((error: unknown) => {
      this.#fail('media', reasonOf(error));
      return false;
    });
    this.#ready
      // It would ring, and could not be accepted.
      .then((isAnswered) => (isAnswered ? undefined : this.apply({ type: 'media-gone' })))
      .catch((error: unknown) => this.#fail('media', reasonOf(error)));
  }

  async #open(): Promise<boolean> {
    const { callId, accountId, providerCallId, offerSdp } = this.#record;
    const { media } = this.#ports;
    if (providerCallId === undefined || offerSdp === undefined) return false;
    const answer = await media.answerCustomer(callId, offerSdp);
    if (!answer.ok) {
      this.#fail('offer', answer.why);
      return false;
    }
    await this.#change((record) => ({ ...record, offerSdp: undefined, answerSdp: answer.value }));
    const done = await this.#ports.provider(accountId)?.preAccept(providerCallId, answer.value);
    if (done?.ok) await media.startCustomer(callId);
    // The accept carries the same SDP, so that only time is lost.
    else this.#fail('pre-accept', done?.error.message ?? 'no such account');
    return true;
  }

  /** Takes up a call from before a restart. Without its media, WhatsApp's side of it cannot be had again. */
  async resume(hasMedia: boolean, claimedBy: Agent | undefined): Promise<void> {
    const { situation, offerSdp } = this.#record;
    this.#vigil.expectBack();
    if (situation.kind === 'ringing' && offerSdp !== undefined && !hasMedia) this.open();
    else if (!hasMedia) return void (await this.apply({ type: 'media-gone' }));
    const report = await this.#ports.media.report(this.#record.callId);
    for (const [id, leg] of Object.entries(report?.agents ?? {}))
      this.legs.adopt(id, leg.connected);
    // The relay died between the claim and the provider's answer to the accept.
    if (situation.kind === 'ringing' && claimedBy) void this.accept(claimedBy);
    else await this.#settle(situation);
  }

  /** Accepts at the provider for an agent who has won the claim. */
  async accept(agent: Agent): Promise<Outcome> {
    const { media } = this.#ports;
    const ready = await this.#ready;
    const { callId, accountId, providerCallId, answerSdp } = this.#record;
    const provider = this.#ports.provider(accountId);
    if (!ready || !provider || providerCallId === undefined || answerSdp === undefined) {
      await this.#release(agent, 'media');
      return refused(this.isOver ? 'ended' : 'media');
    }
    const answer = await provider.accept(providerCallId, answerSdp);
    if (!answer.ok) {
      await this.#release(agent, answer.error.message);
      return { kind: 'refused', why: this.isOver ? 'ended' : 'provider', error: answer.error };
    }
    if (!this.isOver) {
      await media.startCustomer(callId);
      await media.openGate(callId);
      await this.apply({ type: 'accepted', by: agent });
    }
    // The customer may have hung up in the meantime, or the media have gone.
    return ownerOf(this.situation)?.id === agent.id ? { kind: 'granted' } : refused('ended');
  }

  async #release(agent: Agent, why: string): Promise<void> {
    const { store, clock, appended, log } = this.#ports;
    log.warn('call.accept.failed', { call: this.#record.callId, agent: agent.id, why });
    await store.release(this.#record.callId, agent, why, clock.now());
    appended();
  }

  /** Makes our offer and calls the customer. */
  async place(to: string): Promise<Outcome> {
    const { callId, accountId } = this.#record;
    const { media, log } = this.#ports;
    const provider = this.#ports.provider(accountId);
    const offer = await media.offerCustomer(callId);
    if (!provider || !offer.ok) {
      await this.apply({ type: 'caller-gone' });
      return refused(offer.ok ? 'unknown-account' : 'media');
    }
    const answer = await provider.place({ to, sdp: offer.value, opaque: opaqueOf(callId) });
    if (!answer.ok) {
      log.warn('call.place.failed', { call: callId, why: answer.error.message });
      await this.apply({ type: 'caller-gone' });
      return { kind: 'refused', why: 'provider', error: answer.error };
    }
    const { providerCallId } = answer.value;
    await this.#change((record) => ({ ...record, providerCallId }));
    // Hung up while the provider was still being asked.
    if (this.isOver) await this.#terminate();
    return { kind: 'placed', providerCallId };
  }

  /** What the provider says of this call. */
  async tell(event: ProviderEvent, sdp: string | undefined): Promise<void> {
    const { media } = this.#ports;
    const { callId } = this.#record;
    switch (event.kind) {
      case 'answer': {
        const taken = await media.applyCustomerAnswer(callId, sdp ?? '');
        if (!taken.ok) this.#fail('answer', taken.why);
        return;
      }
      case 'status':
        if (event.status === 'accepted') await this.#pickedUp();
        return;
      case 'terminated':
        await this.apply({ type: 'caller-gone' });
        return;
      case 'offer':
      case 'permission':
        return;
      default:
        return assertNever(event, 'provider event');
    }
  }

  async #pickedUp(): Promise<void> {
    if (this.situation.kind !== 'placing') return;
    await this.#ports.media.openGate(this.#record.callId);
    await this.apply({ type: 'answered' });
  }

  /** What happens on the call's legs. */
  async hear(event: AnchorEvent | HostGone): Promise<void> {
    switch (event.type) {
      case 'host-gone':
        return void (await this.apply({ type: 'media-gone' }));
      case 'key':
        return this.#change(
          (record) => ({ ...record, keys: record.keys + event.digit }),
          [{ type: 'key', callId: this.#record.callId, digit: event.digit }],
        );
      case 'first-audio':
        // The status that says so may come late.
        if (event.leg.side === 'customer') await this.#pickedUp();
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
    this.#ports.log.info(`call.customer.${what}`, { call: this.#record.callId });
    if (what !== 'closed' || this.#record.startedAt === undefined) return;
    const { clock } = this.#ports;
    this.#cancelFuneral = clock.at(clock.now() + PROVIDER_WORD_MS, () => {
      void this.apply({ type: 'media-gone' });
    });
  }

  async #hearLeg(
    what: 'connected' | 'media-back' | 'media-lost' | 'closed',
    id: string,
  ): Promise<void> {
    const leg = this.legs.find(id);
    if (!leg) return;
    const { agentId } = leg;
    this.#ports.log.info(`call.leg.${what}`, { call: this.#record.callId, agent: agentId });
    switch (what) {
      case 'connected':
      case 'media-back':
        leg.alive = true;
        leg.connected = true;
        this.#vigil.found(agentId);
        await this.apply({ type: 'back', agentId });
        // It may have been routed around while nothing came from it.
        return this.#enqueue(() => this.#route());
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
    const listener = this.#record.supervisor?.agent;
    if (listener?.id === agentId) await this.supervise(listener, 'off');
    await this.apply({ type: 'gone', agentId });
  }

  /** Takes a console's offer for a leg; its old one goes when the new one is there. */
  async leg(agent: Agent, sdp: string): Promise<Outcome> {
    const { media, clock } = this.#ports;
    const { callId } = this.#record;
    if (!(await this.#ready)) return refused('media');
    const id = this.legs.name(agent.id, clock.now());
    const answer = await media.addLeg(callId, id, sdp);
    if (!answer.ok) return refused(answer.why);
    const old = this.legs.set(agent.id, id, false);
    await this.#enqueue(() => this.#route());
    if (old) await media.removeLeg(callId, old.id);
    return { kind: 'leg', sdp: answer.value };
  }

  /** A supervisor listens, whispers or stops. */
  async supervise(agent: Agent, mode: 'listen' | 'whisper' | 'off'): Promise<Outcome> {
    const { supervisor, callId } = this.#record;
    if (this.isOver) return refused('ended');
    if (supervisor && supervisor.agent.id !== agent.id) {
      return { kind: 'refused', why: 'taken', by: supervisor.agent };
    }
    if (mode === 'off' && !supervisor) return { kind: 'granted' };
    if (mode !== 'off' && !this.legs.get(agent.id)) return refused('no-leg');
    const shown = !this.#ports.policy.hideSupervision;
    await this.#change(
      (record) => ({ ...record, supervisor: mode === 'off' ? undefined : { agent, mode } }),
      [{ type: 'supervision', callId, by: agent, mode, shown }],
    );
    await this.#enqueue(() => this.#route());
    if (mode === 'off') await this.dropLeg(agent.id);
    return { kind: 'granted' };
  }

  async dropLeg(agentId: string): Promise<void> {
    const leg = this.legs.delete(agentId);
    if (leg) await this.#ports.media.removeLeg(this.#record.callId, leg.id);
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
    if (ownerOf(this.situation)?.id === agentId) void this.#enqueue(() => this.#route());
  }

  /** Moves the call on by an event; requests that make no sense are refused. */
  apply(event: CallEvent): Promise<Outcome> {
    return this.#enqueue(() => this.#apply(event));
  }

  async #apply(event: CallEvent): Promise<Outcome> {
    const { clock, policy, log } = this.#ports;
    const before = this.situation;
    const { callId, accountId, providerCallId = 'unknown', direction, party } = this.#record;
    const moved = step(before, event, {
      now: clock.now(),
      newId: `handover/${randomUUID()}`,
      call: { callId, accountId, providerCallId, direction, party },
      policy: {
        rejoinGraceMs: policy.rejoinGraceSeconds * 1000,
        waitingMs: policy.waitingSeconds * 1000,
        transferMs: policy.transferSeconds * 1000,
      },
    });
    if (!moved.ok) return { kind: 'refused', why: moved.why, ...(moved.by && { by: moved.by }) };
    if (moved.situation === before && moved.effects.length === 0) return { kind: 'granted' };
    const bodies = moved.effects.flatMap((effect) => (effect.type === 'log' ? [effect.body] : []));
    const started = moved.situation.kind === 'talking' ? clock.now() : undefined;
    await this.#save(
      {
        ...this.#record,
        startedAt: this.#record.startedAt ?? started,
        handovers: [
          ...this.#record.handovers,
          ...bodies.flatMap((body) => (body.type === 'handover' ? [body.handover.handoverId] : [])),
        ],
        situation: moved.situation,
      },
      bodies,
    );
    log.info('call.moved', { call: callId, by: event.type, to: this.situation.kind });
    await this.#settle(before);
    for (const { type } of moved.effects) {
      if (type === 'terminate') this.#ending = this.#terminate();
      if (type === 'reject') this.#ending = this.#turnAway();
    }
    return { kind: 'granted' };
  }

  /** Brings media, timers and watches in line with the situation. */
  async #settle(before: Situation): Promise<void> {
    const { clock } = this.#ports;
    this.#cancelDeadline();
    const deadlineAt = deadlineOf(this.situation);
    if (deadlineAt !== undefined) {
      this.#cancelDeadline = clock.at(deadlineAt, () => void this.apply({ type: 'deadline' }));
    }
    if (this.isOver) {
      this.#cancelFuneral();
      this.#vigil.close();
      await this.#ports.media.end(this.#record.callId);
      return;
    }
    await this.#route();
    const now = engaged(this.situation);
    for (const { id } of now) this.#vigil.watch(id);
    // Whoever is asked need only be there; after a restart that is not yet known.
    if (this.situation.kind === 'asking') this.#vigil.watch(this.situation.handover.to.id);
    const supervisor = this.#record.supervisor?.agent.id;
    for (const { agentId } of this.legs.all()) {
      if (agentId === supervisor || mayTalk(this.situation, agentId)) continue;
      if (mayTalk(before, agentId)) void this.dropLeg(agentId);
    }
  }

  async #route(): Promise<void> {
    if (this.isOver) return;
    const { callId } = this.#record;
    const routed = await this.#ports.media.route(
      callId,
      routingOf(this.situation, this.#record.supervisor, this.legs, this.#ports.isConnected),
    );
    // A leg that has just gone; its own event says so.
    if (!routed.ok) await this.#ports.media.route(callId, { kind: 'parked', playing: 'hold' });
  }

  /** Rejects a ringing call that nobody will take any more. */
  async reject(by: Agent): Promise<void> {
    const { callId, accountId, providerCallId } = this.#record;
    await this.#change((record) => record, [{ type: 'ended', callId, by, why: 'declined' }]);
    if (providerCallId === undefined) return;
    const answer = await this.#ports.provider(accountId)?.reject(providerCallId);
    if (!answer?.ok) this.#fail('reject', answer?.error.message ?? 'no such account');
    await this.apply({ type: 'caller-gone' });
  }

  /** Rejects a call that nobody has accepted, as far as is known here: an accept may be on its way. */
  async #turnAway(): Promise<void> {
    const { accountId, providerCallId } = this.#record;
    if (providerCallId === undefined) return;
    const answer = await this.#ports.provider(accountId)?.reject(providerCallId);
    if (!answer?.ok) await this.#terminate();
  }

  async #terminate(): Promise<void> {
    const { accountId, providerCallId } = this.#record;
    // Still being placed: `place` ends it once it has a name.
    if (providerCallId === undefined) return;
    const answer = await this.#ports.provider(accountId)?.terminate(providerCallId);
    if (!answer?.ok) this.#fail('terminate', answer?.error.message ?? 'no such account');
  }

  #fail(what: string, why: string): void {
    this.#ports.log.error('call.failed', { call: this.#record.callId, what, why });
  }

  #change(
    change: (record: AnchoredRecord) => AnchoredRecord,
    bodies: readonly LogBody[] = [],
  ): Promise<void> {
    return this.#enqueue(() => this.#save(change(this.#record), bodies));
  }

  async #save(record: AnchoredRecord, bodies: readonly LogBody[]): Promise<void> {
    const { store, clock, appended, changed } = this.#ports;
    const saved = await store.saveAnchored(record, bodies, clock.now());
    this.#record = saved.record;
    if (saved.entries.length > 0) appended();
    changed();
  }

  #enqueue<T>(task: () => Promise<T>): Promise<T> {
    const done = this.#queue.then(task);
    this.#queue = done.catch((error: unknown) => this.#fail('step', reasonOf(error)));
    return done;
  }

  /** Lets go of clock and watches; `goesOn`: record and media stay as they are. */
  async close(goesOn: boolean): Promise<void> {
    if (!goesOn && this.situation.kind !== 'ringing') await this.apply({ type: 'media-gone' });
    this.#cancelDeadline();
    this.#cancelFuneral();
    this.#vigil.close();
    await this.#queue;
    await this.#ending;
  }
}
