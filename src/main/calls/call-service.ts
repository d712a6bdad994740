import { EventEmitter } from 'node:events';
import { EarlyNews } from '../../shared/call/early-news.ts';
import type { CallEvent } from '../../shared/call/events.ts';
import { outboundCallId } from '../../shared/call/ids.ts';
import { deadlineOf, isEngaged, isLive, type Call } from '../../shared/call/model.ts';
import { transition } from '../../shared/call/transition.ts';
import type { CallAddress } from '../../shared/call/ids.ts';
import type { Step } from '../../shared/call/step.ts';
import type { Answered } from '../../shared/ipc/errors.ts';
import type { MediaReport } from '../../shared/ipc/routes.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import { routingOf } from '../../shared/providers/media-path.ts';
import type { ProviderReport } from '../../shared/providers/events.ts';
import type { Agent, RelayedCallStatus } from '../../shared/protocol/frames.ts';
import type { Log } from '../log.ts';
import { describeStep, type CallServiceEvents, type RelayEntry } from './call-service-events.ts';
import { Deadlines } from './deadlines.ts';
import { checkDial, type Dialled } from './dial.ts';
import { EffectRunner } from './effect-runner.ts';
import type { CallPorts } from './ports.ts';
import { providerRefusal, refuse } from '../refusal.ts';
import { RingBoard, type RingingFrame } from './ring-board.ts';
import { routeCall } from './event-router/call.ts';
import type { RouteContext } from './event-router/context.ts';
import { routeEntry, routeReport } from './event-router/entry.ts';

export interface CallServiceOptions {
  ports: CallPorts;
  clock: Clock;
  /** A UUID for each call placed. */
  newId: () => string;
  log: Log;
  /** This agent as the relay knows it; undefined before the first welcome. */
  self: () => Agent | undefined;
}

/**
 * The only writer of calls. Every event takes the same way: the rule says what changes, the change is committed, and only then
 * is anything done about it; so what was done is always in the log, even after `kill -9`.
 */
export class CallService extends EventEmitter<CallServiceEvents> {
  private readonly deps: CallServiceOptions;
  private readonly calls = new Map<string, Call>();
  private readonly deadlines: Deadlines;
  private readonly effects: EffectRunner;
  private readonly rings: RingBoard;
  /** Reports about calls whose ids are not known here yet. */
  private readonly early = new EarlyNews<CallEvent>();

  constructor(deps: CallServiceOptions) {
    super();
    this.deps = deps;
    this.rings = new RingBoard(() => deps.self()?.id);
    this.deadlines = new Deadlines(deps.clock, (callId) => {
      this.handleSafely(callId, { from: 'clock', kind: 'deadline' });
    });
    this.effects = new EffectRunner({
      ports: deps.ports,
      log: deps.log,
      clock: deps.clock,
      isSoleCandidate: (callId) => this.rings.isSoleCandidate(callId),
      handle: (callId, event) => this.handleSafely(callId, event),
    });
  }

  /** Calls going on, oldest first. */
  live(): readonly Call[] {
    return [...this.calls.values()].sort((a, b) => a.createdAt - b.createdAt);
  }

  /** Names of teammates whose consoles ring for this call as well. */
  alsoRings(callId: string): readonly string[] {
    return this.rings.others(callId);
  }

  /** Takes up the calls that were going on when the app stopped: before any other event, and when more of them are read later. */
  restore(): void {
    for (const call of this.deps.ports.log.unfinished()) {
      if (this.calls.has(call.id)) continue;
      this.remember(call);
      this.handleSafely(call.id, { from: 'app', kind: 'restarted' });
    }
  }

  accept(callId: string): Answered<null> {
    const call = this.find(callId);
    if (!call) return refuse('no-such-call');
    if (!isLive(call)) return refuse('too-late');
    if (call.phase.name === 'external') return refuse('not-offered');
    // Pressing twice is not an error.
    if (call.phase.name !== 'ringing') return { ok: true, value: null };
    if (this.engaged()) return refuse('busy');
    return this.ask(call, { from: 'agent', kind: 'accept' });
  }

  /** Sent after a moment, in which it can be undone. Pressing twice is not an error. */
  decline(callId: string): Answered<null> {
    const { phase } = this.find(callId) ?? {};
    if (phase?.name === 'ringing' && phase.declined) return { ok: true, value: null };
    return this.askLive(callId, { from: 'agent', kind: 'decline' });
  }

  /** It rings again, as if nobody had declined it. */
  undoDecline(callId: string): Answered<null> {
    return this.askLive(callId, { from: 'agent', kind: 'undo-decline' });
  }

  /** No sound of a ring here; it rings on for others. */
  silence(callId: string): Answered<null> {
    const { phase } = this.find(callId) ?? {};
    if (phase?.name === 'ringing' && phase.silenced) return { ok: true, value: null };
    return this.askLive(callId, { from: 'agent', kind: 'silence' });
  }

  /** Resolves when relay and provider have heard, or could not hear, all that was decided so far. */
  told(): Promise<void> {
    return this.effects.done();
  }

  hangUp(callId: string): Answered<null> {
    return this.askLive(callId, { from: 'agent', kind: 'hang-up' });
  }

  mute(callId: string, muted: boolean): Answered<null> {
    const call = this.find(callId);
    if (call && isLive(call) && 'muted' in call && call.muted === muted)
      return { ok: true, value: null };
    return this.askLive(callId, { from: 'agent', kind: 'mute', muted });
  }

  /** An external call: off the screen. It stays in the log as going on until its end is told. */
  dismiss(callId: string): Answered<null> {
    return this.askLive(callId, { from: 'agent', kind: 'dismiss' });
  }

  /** Calls somebody. */
  dial(wish: Dialled): Answered<{ callId: string }> {
    const checked = checkDial(
      wish,
      this.deps.ports.provider(wish.accountId),
      this.live(),
      this.deps.ports.relayPath(wish.accountId),
    );
    if (!checked.ok) return checked;
    const id = outboundCallId(this.deps.newId());
    const asked = this.ask({ id, accountId: wish.accountId }, checked.value);
    return asked.ok ? { ok: true, value: { callId: id } } : asked;
  }

  /** Plays a public sound file into a call. */
  async play(callId: string, mediaUrl: string): Promise<Answered<null>> {
    const call = this.find(callId);
    if (!call) return refuse('no-such-call');
    const provider = this.deps.ports.provider(call.accountId);
    if (!provider) return refuse('no-such-account');
    if (!isLive(call) || call.providerCallId === undefined) return refuse('too-late');
    if (!provider.play) return refuse('not-offered');
    const answer = await provider.play(call.providerCallId, mediaUrl);
    return answer.ok
      ? { ok: true, value: null }
      : { ok: false, error: providerRefusal(answer.error) };
  }

  /**
   * An entry of the relay's log. When this returns it is known for good: what the disk does not take waits in memory.
   */
  fromRelay({ cursor, at, body }: RelayEntry): void {
    const routed = routeEntry(body, this.routes(at));
    if (routed.kind === 'permission') {
      this.deps.ports.log.advance(cursor);
      this.notify(() => this.emit('permission', routed.accountId, routed.event));
      return;
    }
    if (routed.kind === 'early') {
      this.early.keep(routed.accountId, routed.ids, routed.event, this.deps.clock.now());
      this.deps.ports.log.advance(cursor);
      return;
    }
    const { events } = routed;
    // With the last of them all are stored; after a crash before it the others are repeated, which changes nothing.
    for (const [index, { address, event }] of events.entries()) {
      this.handle(address, event, index === events.length - 1 ? cursor : undefined);
    }
    if (events.length === 0) this.deps.ports.log.advance(cursor);
  }

  /**
   * Reports read at the provider. Each read repeats all earlier reports, so only what is new is stored.
   *
   * @param reconciled the relay may never have heard of calls that begin with these reports
   * @returns the calls it changed, as they now are
   */
  handleProviderReports(
    accountId: string,
    events: readonly ProviderReport[],
    { reconciled = false } = {},
  ): readonly Call[] {
    return events.flatMap((report) => {
      const routed = routeReport(report, this.routes(this.deps.clock.now()));
      if (routed.kind === 'permission') {
        this.notify(() => this.emit('permission', accountId, routed.event));
        return [];
      }
      // The next read repeats it, so there is nothing to keep.
      if (routed.kind === 'early') return [];
      return routed.events.flatMap(({ address, event }) => {
        const read = reconciled && event.from === 'provider';
        return this.handleProviderEvent(address, read ? { ...event, reconciled } : event);
      });
    });
  }

  private handleProviderEvent(address: CallAddress, event: CallEvent): readonly Call[] {
    const now = this.deps.clock.now();
    const before = this.find(address.id);
    const step = transition(before, event, address, now);
    if (step.ok) this.take(before, step, { callId: address.id, event, at: now });
    return step.ok ? [step.call] : [];
  }

  private routes(at: number): RouteContext {
    const { log, provider, relayPath } = this.deps.ports;
    return {
      at,
      log,
      live: this.live(),
      hasAccount: (accountId) => provider(accountId) !== undefined,
      routingOf(accountId) {
        const found = provider(accountId);
        if (!found) return { path: 'direct' };
        const { path } = found.capabilities;
        const hasStream = found.stream !== undefined;
        return routingOf({ path, hasStream, relayPath: relayPath(accountId) });
      },
      isKept: (accountId, ids) => this.early.has(accountId, ids),
      self: this.deps.self(),
      claimedHere: (callId) => this.effects.hasClaimed(callId),
    };
  }

  /** Who can take a ringing call, as the relay now says. */
  handleRinging(frame: RingingFrame): void {
    this.rings.put(frame);
    const call = this.calls.get(frame.callId);
    if (call) this.applyRinging(call);
  }

  /** A relayed call as the relay now sees it. */
  handleRelayedCall(told: RelayedCallStatus): void {
    const { log } = this.deps.ports;
    const context = { log, live: this.live(), self: this.deps.self() };
    for (const { address, event } of routeCall(told, context)) {
      // Our word is on its way already.
      if (event.kind === 'still-ours' && this.effects.isHangingUp(address.id)) continue;
      this.handleSafely(address.id, event);
    }
  }

  /** What the softphone reports about a call. */
  fromMedia(callId: string, report: MediaReport): void {
    const { legs } = this.effects;
    if (report.kind === 'offer-ready' && legs.has(callId)) {
      void legs.offered(callId, report.sdp);
      return;
    }
    this.handleSafely(
      callId,
      report.kind === 'failed'
        ? { ...report, from: 'media', graceMs: this.graceMs() }
        : { ...report, from: 'media' },
    );
  }

  /** The window that carried the media is gone, and every peer connection with it. */
  handleSoftphoneLost(): void {
    const graceMs = this.graceMs();
    for (const call of this.live()) {
      this.handleSafely(call.id, { from: 'media', kind: 'lost', graceMs });
    }
  }

  private graceMs(): number | undefined {
    return this.deps.ports.rejoinGraceMs?.();
  }

  /**
   * One event: rule, commit, effects.
   *
   * @param cursor the relay's log entry that the event came with
   */
  handle(address: CallAddress, event: CallEvent, cursor?: number): Step {
    const { ports, clock } = this.deps;
    const before = this.find(address.id);
    const now = Math.max(
      clock.now(),
      (event.from === 'clock' && before && deadlineOf(before)) || 0,
    );
    const step = transition(before, event, address, now);
    const entry = { callId: address.id, event, at: now, cursor };
    if (step.ok) {
      this.take(before, step, entry);
      return step;
    }
    ports.log.commit({ ...entry, call: before, ignored: step.ignored });
    this.notify(() => this.emit('ignored', address.id, event, step.ignored));
    if (!before && event.from === 'provider' && event.event.kind === 'announced') {
      this.notify(() => this.emit('announced', address.accountId, event.providerCallId));
    }
    return step;
  }

  /** Commits a step, and does what it says. */
  private take(
    before: Call | undefined,
    { call, effects }: Extract<Step, { ok: true }>,
    entry: { callId: string; event: CallEvent; at: number; cursor?: number | undefined },
  ): void {
    const { ports, log } = this.deps;
    ports.log.commit({ ...entry, call });
    this.remember(call);
    log.info(describeStep(before, call, entry.event));
    this.effects.add(call, effects);
    this.notify(() => this.emit('changed', call));
    if (!isLive(call) && (before === undefined || isLive(before)))
      this.notify(() => this.emit('ended', call));
    this.effects.run();
    if (!before && isLive(call)) this.applyRinging(call);
    if (
      call.providerCallId !== before?.providerCallId ||
      call.secondaryId !== before?.secondaryId
    ) {
      this.catchUp(call);
    }
  }

  /** The provider has named the call: handle the reports that came before. */
  private catchUp({ id, accountId, providerCallId, secondaryId }: Call): void {
    const ids = [providerCallId, secondaryId].filter((one) => one !== undefined);
    for (const event of this.early.take(accountId, ids, this.deps.clock.now())) {
      this.handleSafely(id, event);
    }
    this.notify(() => this.emit('named', accountId, ids));
  }

  private handleSafely(callId: string, event: CallEvent): void {
    try {
      this.handle(this.find(callId) ?? { id: callId, accountId: '' }, event);
    } catch (error) {
      this.deps.log.error(`call ${callId}: ${event.from} was not dealt with: ${String(error)}`);
    }
  }

  private remember(call: Call): void {
    if (isLive(call)) {
      this.calls.set(call.id, call);
      this.deadlines.set(call.id, deadlineOf(call));
      return;
    }
    this.calls.delete(call.id);
    this.deadlines.set(call.id, undefined);
  }

  private find(callId: string): Call | undefined {
    return this.calls.get(callId) ?? this.deps.ports.log.get(callId);
  }

  private engaged(): boolean {
    return this.live().some(isEngaged);
  }

  private askLive(callId: string, event: CallEvent): Answered<null> {
    const call = this.find(callId);
    if (!call) return refuse('no-such-call');
    return isLive(call) ? this.ask(call, event) : refuse('too-late');
  }

  private ask(address: CallAddress, event: CallEvent): Answered<null> {
    const step = this.handle(address, event);
    return step.ok ? { ok: true, value: null } : refuse('too-late', step.ignored);
  }

  private applyRinging(call: Call): void {
    const soleCandidate = this.rings.isSoleCandidate(call.id);
    if (call.phase.name === 'ringing' && call.phase.soleCandidate !== soleCandidate) {
      this.handleSafely(call.id, { from: 'relay', kind: 'candidates', soleCandidate });
      return;
    }
    this.notify(() => this.emit('changed', call));
  }

  /** A listener that throws must not stop what has to be done about a call. */
  private notify(emit: () => void): void {
    try {
      emit();
    } catch (error) {
      this.deps.log.error(`a listener of the calls failed: ${String(error)}`);
    }
  }
}
