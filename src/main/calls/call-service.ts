import { EventEmitter } from 'node:events';
import type { CallEvent, FromRecorder } from '../../shared/call/events.ts';
import { outboundCallId, type CallAddress } from '../../shared/call/ids.ts';
import { deadlineOf, isEngaged, isLive, type Call } from '../../shared/call/model.ts';
import { transition } from '../../shared/call/transition.ts';
import type { Step } from '../../shared/call/step.ts';
import type { Answered } from '../../shared/ipc/errors.ts';
import type { MediaReport } from '../../shared/ipc/routes/media.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import type { Agent } from '../../shared/protocol/agent.ts';
import type { Log } from '../log.ts';
import { describeStep, type CallServiceEvents } from './call-service-events.ts';
import { CallReports } from './call-reports.ts';
import { Deadlines } from './deadlines.ts';
import { checkDial, type Dialled } from './dial.ts';
import { EffectRunner } from './effect-runner.ts';
import type { CallPorts } from './ports.ts';
import { providerRefusal, refuse } from '../refusal.ts';
import { RingBoard, type RingingFrame } from './ring-board.ts';

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
 * The only writer of calls. Every event takes the same way: the rule decides the change, the change is
 * committed, and only then are its effects carried out. So the log has whatever was done, even after `kill -9`.
 */
export class CallService extends EventEmitter<CallServiceEvents> {
  readonly #options: CallServiceOptions;
  readonly #calls = new Map<string, Call>();
  readonly #deadlines: Deadlines;
  readonly #effects: EffectRunner;
  readonly #rings: RingBoard;
  /** What the relay and providers report of calls. */
  readonly reports: CallReports;

  constructor(options: CallServiceOptions) {
    super();
    this.#options = options;
    this.#rings = new RingBoard(() => options.self()?.id);
    this.#deadlines = new Deadlines(options.clock, (callId) => {
      this.#handleSafely(callId, { from: 'clock', kind: 'deadline' });
    });
    this.#effects = new EffectRunner({
      ports: options.ports,
      log: options.log,
      clock: options.clock,
      isSoleCandidate: (callId) => this.#rings.isSoleCandidate(callId),
      handle: (callId, event) => this.#handleSafely(callId, event),
    });
    this.reports = new CallReports({
      ports: options.ports,
      clock: options.clock,
      self: options.self,
      live: () => this.live(),
      hasClaimed: (callId) => this.#effects.hasClaimed(callId),
      isHangingUp: (callId) => this.#effects.isHangingUp(callId),
      handle: (address, event, cursor) => void this.handle(address, event, cursor),
      handleSafely: (callId, event) => this.#handleSafely(callId, event),
      handleNews: (address, event) => this.#handleNews(address, event),
      handlePermission: (accountId, event) =>
        this.#notify(() => this.emit('permission', accountId, event)),
    });
  }

  /** Calls going on, oldest first. */
  live(): readonly Call[] {
    return [...this.#calls.values()].sort((a, b) => a.createdAt - b.createdAt);
  }

  /** Names of teammates whose consoles ring for this call as well. */
  alsoRings(callId: string): readonly string[] {
    return this.#rings.others(callId);
  }

  /** Takes up the calls that were going on when the app stopped: before any other event, and when more of them are read later. */
  restore(): void {
    for (const call of this.#options.ports.log.unfinished()) {
      if (this.#calls.has(call.id)) continue;
      this.#remember(call);
      this.#handleSafely(call.id, { from: 'app', kind: 'restarted' });
    }
  }

  accept(callId: string): Answered<null> {
    const call = this.#find(callId);
    if (!call) return refuse('no-such-call');
    if (!isLive(call)) return refuse('too-late');
    if (call.phase.name === 'external') return refuse('not-offered');
    // Pressing twice is not an error.
    if (call.phase.name !== 'ringing') return { ok: true, value: null };
    if (this.#engaged()) return refuse('busy');
    return this.#decide(call, { from: 'agent', kind: 'accept' });
  }

  /** Sent after a moment, in which it can be undone. Pressing twice is not an error. */
  decline(callId: string): Answered<null> {
    const { phase } = this.#find(callId) ?? {};
    if (phase?.name === 'ringing' && phase.declined) return { ok: true, value: null };
    return this.#decideLive(callId, { from: 'agent', kind: 'decline' });
  }

  /** It rings again, as if nobody had declined it. */
  undoDecline(callId: string): Answered<null> {
    return this.#decideLive(callId, { from: 'agent', kind: 'undo-decline' });
  }

  /** No sound of a ring here; it rings on for others. */
  silence(callId: string): Answered<null> {
    const { phase } = this.#find(callId) ?? {};
    if (phase?.name === 'ringing' && phase.silenced) return { ok: true, value: null };
    return this.#decideLive(callId, { from: 'agent', kind: 'silence' });
  }

  /** Resolves when relay and provider have heard, or could not hear, all that was decided so far. */
  settled(): Promise<void> {
    return this.#effects.done();
  }

  hangUp(callId: string): Answered<null> {
    return this.#decideLive(callId, { from: 'agent', kind: 'hang-up' });
  }

  mute(callId: string, muted: boolean): Answered<null> {
    const call = this.#find(callId);
    if (call && isLive(call) && 'muted' in call && call.muted === muted)
      return { ok: true, value: null };
    return this.#decideLive(callId, { from: 'agent', kind: 'mute', muted });
  }

  /** An external call: off the screen. It stays in the log as going on until its end is told. */
  dismiss(callId: string): Answered<null> {
    return this.#decideLive(callId, { from: 'agent', kind: 'dismiss' });
  }

  /** Calls somebody. */
  dial(wish: Dialled): Answered<{ callId: string }> {
    const checked = checkDial(
      wish,
      this.#options.ports.provider(wish.accountId),
      this.live(),
      this.#options.ports.relayPath(wish.accountId),
    );
    if (!checked.ok) return checked;
    const id = outboundCallId(this.#options.newId());
    const decided = this.#decide({ id, accountId: wish.accountId }, checked.value);
    return decided.ok ? { ok: true, value: { callId: id } } : decided;
  }

  /** Plays a public sound file into a call. */
  async play(callId: string, mediaUrl: string): Promise<Answered<null>> {
    const call = this.#find(callId);
    if (!call) return refuse('no-such-call');
    const provider = this.#options.ports.provider(call.accountId);
    if (!provider) return refuse('no-such-account');
    if (!isLive(call) || call.providerCallId === undefined) return refuse('too-late');
    if (!provider.play) return refuse('not-offered');
    const answer = await provider.play(call.providerCallId, mediaUrl);
    return answer.ok
      ? { ok: true, value: null }
      : { ok: false, error: providerRefusal(answer.error) };
  }

  /** Who can take a ringing call, as the relay now says. */
  handleRinging(frame: RingingFrame): void {
    this.#rings.put(frame);
    const call = this.#calls.get(frame.callId);
    if (call) this.#applyRinging(call);
  }

  /** What the softphone reports about a call. */
  handleMediaReport(callId: string, report: MediaReport): void {
    const { legs } = this.#effects;
    if (report.kind === 'offer-ready' && legs.has(callId)) {
      void legs.handleOffer(callId, report.sdp);
      return;
    }
    this.#handleSafely(
      callId,
      report.kind === 'failed'
        ? { ...report, from: 'media', graceMs: this.#graceMs() }
        : { ...report, from: 'media' },
    );
  }

  /** A call as it is now, or was when it ended. */
  find(callId: string): Call | undefined {
    return this.#find(callId);
  }

  /** What a recorder says of a call. */
  handleRecorder(callId: string, event: FromRecorder): void {
    if (this.#find(callId)) this.#handleSafely(callId, event);
  }

  /** The window that carried the media is gone, and every peer connection with it. */
  handleSoftphoneLost(): void {
    const graceMs = this.#graceMs();
    for (const call of this.live()) {
      this.#handleSafely(call.id, { from: 'media', kind: 'lost', graceMs });
    }
  }

  #graceMs(): number | undefined {
    return this.#options.ports.rejoinGraceMs?.();
  }

  /**
   * One event: rule, commit, effects.
   *
   * @param cursor the relay's log entry that the event came with
   */
  handle(address: CallAddress, event: CallEvent, cursor?: number): Step {
    const { ports, clock } = this.#options;
    const before = this.#find(address.id);
    const now = Math.max(
      clock.now(),
      (event.from === 'clock' && before && deadlineOf(before)) || 0,
    );
    const step = transition(before, event, address, now);
    const entry = { callId: address.id, event, at: now, cursor };
    if (step.ok) {
      this.#take(before, step, entry);
      return step;
    }
    ports.log.commit({ ...entry, call: before, ignored: step.ignored });
    this.#notify(() => this.emit('ignored', address.id, event, step.ignored));
    if (!before && event.from === 'provider' && event.event.kind === 'announced') {
      this.#notify(() => this.emit('announced', address.accountId, event.providerCallId));
    }
    return step;
  }

  /** The same for an event that is repeated again and again: what it does not change is not stored. */
  #handleNews(address: CallAddress, event: CallEvent): Call | undefined {
    const now = this.#options.clock.now();
    const before = this.#find(address.id);
    const step = transition(before, event, address, now);
    if (!step.ok) return undefined;
    this.#take(before, step, { callId: address.id, event, at: now });
    return step.call;
  }

  /** Commits a step, and does what it says. */
  #take(
    before: Call | undefined,
    { call, effects }: Extract<Step, { ok: true }>,
    entry: { callId: string; event: CallEvent; at: number; cursor?: number | undefined },
  ): void {
    const { ports, log } = this.#options;
    ports.log.commit({ ...entry, call });
    this.#remember(call);
    log.info(describeStep(before, call, entry.event));
    this.#effects.add(call, effects);
    this.#notify(() => this.emit('changed', call));
    if (!isLive(call) && (before === undefined || isLive(before)))
      this.#notify(() => this.emit('ended', call));
    this.#effects.run();
    if (!before && isLive(call)) this.#applyRinging(call);
    if (
      call.providerCallId !== before?.providerCallId ||
      call.secondaryId !== before?.secondaryId
    ) {
      this.#handleNamed(call);
    }
  }

  #handleNamed(call: Call): void {
    const ids = this.reports.handleNamed(call);
    this.#notify(() => this.emit('named', call.accountId, ids));
  }

  #handleSafely(callId: string, event: CallEvent): void {
    try {
      this.handle(this.#find(callId) ?? { id: callId, accountId: '' }, event);
    } catch (error) {
      this.#options.log.error(`call ${callId}: ${event.from} was not dealt with: ${String(error)}`);
    }
  }

  #remember(call: Call): void {
    if (isLive(call)) {
      this.#calls.set(call.id, call);
      this.#deadlines.set(call.id, deadlineOf(call));
      return;
    }
    this.#calls.delete(call.id);
    this.#deadlines.set(call.id, undefined);
  }

  #find(callId: string): Call | undefined {
    return this.#calls.get(callId) ?? this.#options.ports.log.get(callId);
  }

  #engaged(): boolean {
    return this.live().some(isEngaged);
  }

  #decideLive(callId: string, event: CallEvent): Answered<null> {
    const call = this.#find(callId);
    if (!call) return refuse('no-such-call');
    return isLive(call) ? this.#decide(call, event) : refuse('too-late');
  }

  #decide(address: CallAddress, event: CallEvent): Answered<null> {
    const step = this.handle(address, event);
    return step.ok ? { ok: true, value: null } : refuse('too-late', step.ignored);
  }

  #applyRinging(call: Call): void {
    const soleCandidate = this.#rings.isSoleCandidate(call.id);
    if (call.phase.name === 'ringing' && call.phase.soleCandidate !== soleCandidate) {
      this.#handleSafely(call.id, { from: 'relay', kind: 'candidates', soleCandidate });
      return;
    }
    this.#notify(() => this.emit('changed', call));
  }

  /** A listener that throws must not stop what has to be done about a call. */
  #notify(emit: () => void): void {
    try {
      emit();
    } catch (error) {
      this.#options.log.error(`a listener of the calls failed: ${String(error)}`);
    }
  }
}
