import { ConsolePeer } from '../../integration/relay-media/console-peer.ts';
import type { CallOffer, LogBody } from '../../../src/shared/protocol/log-entry.ts';
import type { FromRelayFrame, RelayedCallStatus } from '../../../src/shared/protocol/frames.ts';
import { numberOf, type BusinessNumber } from '../fleet.ts';
import { HistoryWriter, readHistory, type ConsoleEvent } from '../history.ts';
import { Chance, monotonicMs } from '../lib.ts';
import { answers, type PlannedCall, type PlannedRights, type Step } from '../plan.ts';
import { askProvider, placeAtProvider } from './direct-call.ts';
import { act, atPlanned, type Actor, type ConsoleOrder } from './orders.ts';
import { RelayLink, type Outcome } from './relay-link.ts';

/** How long agents talk unless the plan says otherwise. */
const TALK_MS = 8_000;
const LEG_MS = 8_000;

interface Caller {
  account: string;
  waId: string;
  providerCallId: string;
}

/** An agent's console: follows the log, takes calls and handles them according to the plan. */
class Console implements Actor {
  readonly #order: ConsoleOrder;
  readonly #link: RelayLink;
  readonly #callers = new Map<string, Caller>();
  readonly #offers = new Map<string, CallOffer>();
  /** Calls and offers that this console has reacted to or that are over. */
  readonly #settled = new Set<string>();
  readonly #owned = new Set<string>();
  /** Teammates. */
  readonly #available = new Set<string>();
  readonly #legs = new Map<string, ConsolePeer>();
  /** For each open offer, how to report its end to the code that made it. */
  readonly #offerEnds = new Map<string, (end: string) => void>();
  readonly #planned: NodeJS.Timeout[] = [];
  #finishing = false;

  private constructor(order: ConsoleOrder) {
    this.#order = order;
    const { relays, token, historyFile, agent } = order;
    const history = new HistoryWriter<ConsoleEvent>(historyFile);
    for (const event of readHistory<ConsoleEvent>(historyFile)) {
      if (event.what === 'entry') this.#read(event.body);
    }
    history.write({ what: 'started' });
    const onFrame = (frame: FromRelayFrame) => this.#receive(frame);
    const first = agent.charCodeAt(0);
    this.#link = new RelayLink({ relays, token, history, historyFile, onFrame, first });
    this.#link.connect();
  }

  static async open(order: ConsoleOrder): Promise<Console> {
    return new Console(order);
  }

  begin(at: number): void {
    const { plan, agent } = this.#order;
    // A restarted console skips what was planned for earlier.
    const isPast = (when: number) => at + when < monotonicMs() - 1_000;
    for (const one of plan.sent) {
      if (one.agent !== agent || isPast(one.at)) continue;
      this.#planned.push(atPlanned(at, one.at, () => void this.#report(one.account, one.waId)));
    }
    const own = plan.rights.filter(({ by, at: when }) => by === agent && !isPast(when));
    void this.#changeRights(at, own);
    for (const call of plan.placed) {
      if (call.reactions[agent] === undefined || isPast(call.at)) continue;
      this.#planned.push(atPlanned(at, call.at, () => void this.#place(call)));
    }
  }

  finish(): void {
    this.#finishing = true;
    for (const timer of this.#planned.splice(0)) clearTimeout(timer);
    for (const callId of this.#owned) void this.#hangUp(callId);
  }

  state() {
    const { connected, cursor } = this.#link;
    return { is: 'state', pending: 0, connected, cursor: cursor ?? 0 } as const;
  }

  #receive(frame: FromRelayFrame): void {
    if (frame.type === 'entry') this.#read(frame.body);
    if (frame.type === 'ringing' && frame.agents.some(({ id }) => id === this.#order.agent)) {
      void this.#answer(frame.callId);
    }
    if (frame.type === 'call') this.#follow(frame.call);
    if (frame.type === 'team') this.#noteTeam(frame);
  }

  #noteTeam(frame: Extract<FromRelayFrame, { type: 'team' }>): void {
    if (frame.whole) this.#available.clear();
    for (const id of frame.gone) this.#available.delete(id);
    for (const { id, presence } of frame.agents) {
      if (presence === 'available') this.#available.add(id);
      else this.#available.delete(id);
    }
  }

  /** Handles what the log reports about calls. */
  #read(body: LogBody): void {
    switch (body.type) {
      case 'provider': {
        const { event, accountId, providerCallId } = body;
        if (providerCallId === undefined) return;
        const callId = `${accountId}/${providerCallId}`;
        if ((event.kind === 'offer' || event.kind === 'announced') && event.party.waId) {
          const { waId } = event.party;
          this.#callers.set(callId, { account: accountId, waId, providerCallId });
        }
        if (event.kind === 'terminated') this.#forget(callId);
        return;
      }
      case 'claimed':
        if (body.by.id !== this.#order.agent) this.#settled.add(body.callId);
        return;
      case 'call-offer':
        this.#offers.set(body.callOffer.callOfferId, body.callOffer);
        return;
      case 'call-offer-ended':
        this.#settled.add(body.callOfferId);
        this.#offerEnds.get(body.callId)?.(body.end);
        this.#offerEnds.delete(body.callId);
        return;
      case 'ended':
        return this.#forget(body.callId);
      default:
    }
  }

  #forget(callId: string): void {
    this.#settled.add(callId);
    this.#owned.delete(callId);
    this.#offerEnds.get(callId)?.('ended');
    this.#offerEnds.delete(callId);
    void this.#legs.get(callId)?.close();
    this.#legs.delete(callId);
  }

  /** Handles the current state of a relayed call. */
  #follow(call: RelayedCallStatus): void {
    const { callId, state, owner } = call;
    if (state === 'ended') return this.#forget(callId);
    const isMine = owner?.id === this.#order.agent;
    if (!isMine) {
      this.#owned.delete(callId);
      return;
    }
    const isNew = !this.#owned.has(callId);
    this.#owned.add(callId);
    if (isNew || state === 'agent-disconnected') void this.#bringLeg(callId);
    if (this.#finishing) void this.#hangUp(callId);
  }

  async #answer(callId: string): Promise<void> {
    if (this.#settled.has(callId)) return;
    this.#settled.add(callId);
    const offer = this.#offers.get(callId);
    if (offer) return this.#answerOffer(offer);
    const caller = this.#callers.get(callId);
    const planned = caller && this.#plannedOf(caller.waId);
    const reaction = planned?.reactions[this.#order.agent];
    if (!planned || !reaction) return;
    await pause(reaction.afterMs);
    switch (reaction.does) {
      case 'ignore':
        return;
      case 'decline':
        await this.#link.ask({ type: 'decline', callId });
        return;
      case 'reserve': {
        const reserved = await this.#link.ask({ type: 'reserve', callId });
        if (reserved?.kind !== 'granted') return;
        await pause(300);
        return this.#take(callId, caller, planned);
      }
      case 'claim':
        return this.#take(callId, caller, planned);
    }
  }

  async #take(callId: string, caller: Caller, planned: PlannedCall): Promise<void> {
    const outcome = await this.#link.ask({ type: 'claim', callId });
    // Let it ring again on the next connection.
    if (outcome === undefined) this.#settled.delete(callId);
    if (!isGranted(outcome)) return;
    this.#owned.add(callId);
    const number = numberOf(caller.account);
    if (number.path === 'relayed') {
      await this.#bringLeg(callId);
      return this.#handle(callId, planned);
    }
    if (number.path !== 'direct') return;
    const { provider, agent } = this.#order;
    const ask = (action: 'accept' | 'terminate') =>
      askProvider(provider, number, caller.providerCallId, action, agent);
    if (!(await ask('accept'))) {
      await this.#link.ask({ type: 'release', callId, why: 'the provider refused' });
      return;
    }
    if (planned.agentEndsAfterMs === undefined) return;
    await pause(planned.agentEndsAfterMs);
    if (this.#owned.has(callId)) await ask('terminate');
  }

  /** Carries out the plan for a relayed call while this agent has it. */
  async #handle(callId: string, planned: PlannedCall): Promise<void> {
    for (const step of planned.steps) {
      await pause(step.afterMs);
      if (!this.#owned.has(callId)) return;
      await this.#step(callId, step);
    }
    if (planned.agentEndsAfterMs === undefined) return;
    await pause(planned.agentEndsAfterMs);
    await this.#hangUp(callId);
  }

  async #step(callId: string, step: Step): Promise<void> {
    if (step.does !== 'transfer') {
      await this.#link.ask({ type: step.does, callId });
      return;
    }
    const { mode, consultation } = step;
    const to = step.to.find((id) => id !== this.#order.agent && this.#available.has(id));
    if (to === undefined) return;
    const ended = new Promise<string>((resolve) => this.#offerEnds.set(callId, resolve));
    if (!isGranted(await this.#link.ask({ type: 'transfer', callId, to, mode }))) return;
    if ((await ended) !== 'accepted' || mode === 'blind') return;
    await pause(1_000);
    if (consultation === 'hang-up') return this.#hangUp(callId);
    await this.#link.ask({ type: `transfer-${consultation}`, callId });
  }

  async #answerOffer({ callOfferId, callId, party, why }: CallOffer): Promise<void> {
    const { agent, plan } = this.#order;
    const waId = party.waId ?? '';
    const planned = this.#plannedOf(waId);
    const chance = Chance.of(plan.seed, `${why} ${waId} ${agent}`);
    const answer = chance.pick(answers);
    await pause(chance.between(100, 4_000));
    if (answer === 'nothing') return;
    if (answer === 'vanish') return this.#link.vanish(chance.between(1_000, 12_000));
    if (answer === 'decline') {
      await this.#link.ask({ type: 'decline', callId: callOfferId });
      return;
    }
    if (!isGranted(await this.#link.ask({ type: 'claim', callId: callOfferId }))) return;
    await this.#bringLeg(callId);
    await pause(planned?.agentEndsAfterMs ?? TALK_MS);
    await this.#hangUp(callId);
  }

  async #place({ account, waId, steps, agentEndsAfterMs }: PlannedCall): Promise<void> {
    const number = numberOf(account);
    if (number.path === 'direct') return this.#placeDirectly(number, waId, agentEndsAfterMs);
    const callId = `out/${waId}`;
    const outcome = await this.#link.ask({ type: 'place', callId, accountId: account, to: waId });
    if (outcome?.kind !== 'placed') return;
    this.#owned.add(callId);
    await this.#bringLeg(callId);
    const planned = this.#plannedOf(waId);
    if (planned) await this.#handle(callId, { ...planned, steps, agentEndsAfterMs });
  }

  async #placeDirectly(
    number: BusinessNumber,
    waId: string,
    endsAfterMs: number | undefined,
  ): Promise<void> {
    const { provider, agent } = this.#order;
    const providerCallId = await placeAtProvider(provider, number, waId);
    if (providerCallId === undefined || endsAfterMs === undefined) return;
    await pause(endsAfterMs);
    await askProvider(provider, number, providerCallId, 'terminate', agent);
  }

  async #hangUp(callId: string): Promise<void> {
    if (!this.#owned.has(callId)) return;
    if (this.#callers.has(callId) && !this.#legs.has(callId)) return;
    await this.#link.ask({ type: 'hang-up', callId });
  }

  /** Changes others' rights, one after the other, each until the relay has done it. */
  async #changeRights(beganAt: number, planned: readonly PlannedRights[]): Promise<void> {
    for (const { at, agent: agentId, numbers, calls } of planned) {
      await pause(Math.max(0, beganAt + at - monotonicMs()));
      const change = { numbers: numbers === 'all' ? numbers : [...numbers], calls };
      const request = { do: 'update', agentId, change } as const;
      while (!this.#finishing) {
        if (isGranted(await this.#link.ask({ type: 'admin', request }))) break;
        await pause(500);
      }
    }
  }

  /** Reports a message to a customer until the relay has it, as a reconnected console does. */
  async #report(accountId: string, waId: string): Promise<void> {
    const outcome = await this.#link.ask({
      type: 'sent',
      accountId,
      party: { waId },
      messageId: `wamid.sent-${waId}`,
      sent: { what: 'text', text: `To ${waId}` },
    });
    if (outcome !== undefined || this.#finishing) return;
    await pause(1_000);
    return this.#report(accountId, waId);
  }

  async #bringLeg(callId: string): Promise<void> {
    const { host } = this.#order;
    const peer = await ConsolePeer.open({
      additionalHostAddresses: [host],
      interfaceAddresses: { udp4: host },
    });
    const outcome = await this.#link.ask({ type: 'leg', callId, sdp: peer.offer });
    await this.#legs.get(callId)?.close();
    this.#legs.delete(callId);
    if (outcome?.kind !== 'leg') return peer.close();
    this.#legs.set(callId, peer);
    const connected = peer.connect(outcome.sdp).then(() => peer.speak({ kind: 'tone', hz: 900 }));
    await Promise.race([connected.catch(() => undefined), pause(LEG_MS)]);
  }

  #plannedOf(waId: string): PlannedCall | undefined {
    const { calls, placed } = this.#order.plan;
    return [...calls, ...placed].find((one) => one.waId === waId);
  }
}

const isGranted = (outcome: Outcome | undefined): boolean => outcome?.kind === 'granted';

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

act((order) => {
  if (order.actor !== 'console') throw new Error(`an order for a ${order.actor}`);
  return Console.open(order);
});
