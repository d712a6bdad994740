import type { RTCCertificate } from 'werift';
import { assertNever } from '../../shared/lib/assert-never.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import type { SimulatorConfig } from '../config.ts';
import type { PermissionService } from '../customers/permission-service.ts';
import { type Faults, patchFaults } from '../faults.ts';
import { Emitter } from '../lib/emitter.ts';
import { ok, refuse, type Result } from '../lib/result.ts';
import { parseRemote } from '../media/sdp-parse.ts';
import { type CallMedia, type MediaKind, openMedia } from './call-media.ts';
import type { MediaEvent } from '../media/session.ts';
import {
  type BusinessCallPlan,
  type Call,
  type CallEnd,
  newCall,
  type Refusal,
  type SwitchboardEvent,
  type UserCallPlan,
  type WorldEvent,
} from './call.ts';
import { watchSilence } from './silence.ts';
import { CallTimers } from './timers.ts';

/** Every call of every account: the single place where a call's phase changes. */
export class Switchboard {
  readonly events = new Emitter<SwitchboardEvent>();
  faults: Faults;
  readonly #calls = new Map<string, Call>();
  readonly #timers: CallTimers;
  readonly #config: SimulatorConfig;
  readonly #clock: Clock;
  readonly #permissions: PermissionService;
  readonly #certificate: RTCCertificate;

  constructor(options: {
    config: SimulatorConfig;
    clock: Clock;
    permissions: PermissionService;
    certificate: RTCCertificate;
    faults: Faults;
  }) {
    this.#config = options.config;
    this.#clock = options.clock;
    this.#timers = new CallTimers(options.clock);
    this.#permissions = options.permissions;
    this.#certificate = options.certificate;
    this.faults = options.faults;
  }

  all(): readonly Call[] {
    return [...this.#calls.values()];
  }

  find(callId: string): Call | undefined {
    return this.#calls.get(callId);
  }

  faultsOf(call: Call | undefined): Faults {
    return patchFaults(this.faults, call?.faults);
  }

  /**
   * A customer calls: rings until the business accepts, the customer gives up or the deadline
   * passes.
   */
  async startUserCall(plan: UserCallPlan): Promise<Call> {
    const media = await this.#openMedia(plan.media, plan);
    const call = this.#add(
      newCall({
        ...plan,
        createdAt: this.#clock.now(),
        direction: 'user-initiated',
        phase: 'offered',
        media,
        offerSdp: media.kind === 'webrtc' ? media.offerSdp() : '',
      }),
    );
    this.#tell({ type: 'offered', call });
    if (plan.ringForMs !== undefined) {
      this.#timers.after(call, plan.ringForMs, () =>
        this.#finish(call, { by: 'customer', reason: 'hung-up' }),
      );
    }
    this.#timers.after(call, this.#config.timing.acceptDeadlineMs, () =>
      this.#finish(call, { by: 'network', reason: 'not-answered' }),
    );
    return call;
  }

  /**
   * The business calls: media is set up at once, before anybody picks up
   * (docs/providers/meta.md#business-initiated-connect). `proceed` lets it ring.
   */
  async placeBusinessCall(plan: BusinessCallPlan): Promise<Result<Call, Refusal>> {
    const { customer, accountId, offerSdp } = plan;
    const busy = this.all().some(
      (one) => one.accountId === accountId && one.customer === customer && one.phase !== 'ended',
    );
    if (busy) return refuse({ why: 'duplicate' });
    const offer = plan.media.kind === 'webrtc' ? parseRemote(offerSdp, 'offer') : undefined;
    if (offer?.ok === false) return refuse({ why: 'sdp', fault: offer.fault });
    const { sends, digits, hangUpAfterMs, faults } = customer.behaviour;
    const media = await this.#openMedia(plan.media, { voice: sends, presses: digits, faults });
    const call = this.#add(
      newCall({
        ...plan,
        createdAt: this.#clock.now(),
        direction: 'business-initiated',
        phase: 'dialling',
        media,
        hangUpAfterMs,
        faults,
      }),
    );
    if (media.kind === 'webrtc' && offer) {
      call.answerSdp = media.answerSdp(offer.value);
      media.connect(offer.value);
    }
    return ok(call);
  }

  /**
   * Sends the SDP answer to the business and rings the customer's phone; `delayMs` overrides the
   * configured pause.
   */
  proceed(call: Call, delayMs = this.#config.timing.connectWebhookAfterMs): void {
    this.#timers.after(call, delayMs, () => {
      this.#tell({ type: 'answered', call });
      this.#timers.after(call, this.#config.timing.ringingAfterMs, () => this.#ring(call));
    });
  }

  /** Builds ICE and DTLS early; the caller keeps ringing. */
  preAccept(callId: string, sdp: string): Result<Call, Refusal> {
    const answered = this.#applyAnswer(callId, sdp);
    if (!answered.ok) return answered;
    const call = answered.value;
    call.phase = 'pre-accepted';
    call.preAcceptedAt ??= this.#clock.now();
    return answered;
  }

  /**
   * Answers the call. Its SDP must be the very bytes of the pre-accept
   * (docs/providers/meta.md#call-actions); a streamed call has none.
   */
  accept(callId: string, sdp: string | undefined, callbackData?: string): Result<Call, Refusal> {
    const answered =
      sdp === undefined ? this.#answerableHeld(callId) : this.#applyAnswer(callId, sdp);
    if (!answered.ok) return answered;
    const call = answered.value;
    call.callbackData = callbackData;
    this.#pickUp(call);
    this.#tell({ type: 'accepted', call });
    return answered;
  }

  reject(callId: string): Result<Call, Refusal> {
    const found = this.#answerable(callId);
    if (found.ok) this.#finish(found.value, { by: 'business', reason: 'rejected' });
    return found;
  }

  terminate(callId: string): Result<Call, Refusal> {
    const call = this.#calls.get(callId);
    if (!call) return refuse({ why: 'unknown-call' });
    if (call.phase === 'ended') return refuse({ why: 'ended' });
    this.#finish(call, { by: 'business', reason: 'hung-up' });
    return ok(call);
  }

  /** The customer hangs up, whether the call was answered or not. */
  hangUp(callId: string): boolean {
    const call = this.#calls.get(callId);
    if (!call || call.phase === 'ended') return false;
    this.#finish(call, { by: 'customer', reason: 'hung-up' });
    return true;
  }

  /** Ends everything without notifying anybody. */
  async close(): Promise<void> {
    this.events.clear();
    for (const call of this.#calls.values()) this.#timers.clear(call);
    await Promise.all([...this.#calls.values()].map((call) => call.media.close()));
  }

  #answerable(callId: string): Result<Call, Refusal> {
    const call = this.#calls.get(callId);
    if (!call) return refuse({ why: 'unknown-call' });
    if (call.direction !== 'user-initiated') return refuse({ why: 'wrong-direction' });
    if (call.phase === 'ended') return refuse({ why: 'ended' });
    if (call.phase === 'accepted') return refuse({ why: 'already-accepted' });
    return ok(call);
  }

  #answerableHeld(callId: string): Result<Call, Refusal> {
    const found = this.#answerable(callId);
    if (!found.ok || found.value.media.kind === 'streamed') return found;
    return refuse({ why: 'other-media' });
  }

  /** The first answer of a call connects its media; a further one must be the same. */
  #applyAnswer(callId: string, sdp: string): Result<Call, Refusal> {
    const found = this.#answerable(callId);
    if (!found.ok) return found;
    const call = found.value;
    const { media } = call;
    if (media.kind === 'streamed') return refuse({ why: 'other-media' });
    if (call.answerSdp === sdp) return found;
    if (call.answerSdp !== undefined) return refuse({ why: 'sdp-differs' });
    const answer = parseRemote(sdp, 'answer');
    if (!answer.ok) return refuse({ why: 'sdp', fault: answer.fault });
    if (answer.value.mid !== 'audio') {
      return refuse({ why: 'sdp', fault: { details: 'mid must be "audio", as in the offer' } });
    }
    call.answerSdp = sdp;
    media.connect(answer.value);
    return found;
  }

  #ring(call: Call): void {
    call.phase = 'ringing';
    this.#tell({ type: 'ringing', call });
    const { onCall, answerAfterMs } = call.customer.behaviour;
    switch (onCall) {
      case 'answer':
        this.#timers.after(call, answerAfterMs, () => {
          this.#pickUp(call);
          this.#tell({ type: 'picked-up', call });
        });
        return;
      case 'decline':
        this.#timers.after(call, answerAfterMs, () => {
          this.#tell({ type: 'declined', call });
          this.#finish(call, { by: 'customer', reason: 'declined' });
        });
        return;
      case 'ignore':
        this.#timers.after(call, this.#config.timing.ringTimeoutMs, () =>
          this.#finish(call, { by: 'network', reason: 'not-answered' }),
        );
        return;
      default:
        assertNever(onCall, 'onCall');
    }
  }

  #pickUp(call: Call): void {
    this.#timers.clear(call);
    call.phase = 'accepted';
    call.acceptedAt = this.#clock.now();
    call.startedAt ??= call.acceptedAt;
    call.media.accept();
    this.#permissions.connected(call.accountId, call.customer, call.direction);
    if (call.hangUpAfterMs !== undefined) {
      this.#timers.after(call, call.hangUpAfterMs, () => this.hangUp(call.id));
    }
    if (call.media.kind === 'webrtc') {
      watchSilence(call, call.media, this.#timers, this.#config.timing, () =>
        this.#finish(call, { by: 'network', reason: 'no-media' }),
      );
    }
  }

  #finish(call: Call, end: CallEnd): void {
    if (call.phase === 'ended') return;
    this.#timers.clear(call);
    call.phase = 'ended';
    call.endedAt = this.#clock.now();
    call.end = end;
    call.finalMedia = call.media.report();
    void call.media.close();
    this.#tell({ type: 'ended', call });
    const unanswered = end.reason === 'not-answered' || end.reason === 'declined';
    if (call.direction === 'business-initiated' && unanswered) {
      this.#permissions.unanswered(call.accountId, call.customer);
    }
    if (call.startedAt !== undefined) this.#permissions.ended(call.accountId, call.customer);
  }

  #handleMedia(call: Call, event: MediaEvent): void {
    // Only a caller's clock starts with the first packet; in a BIC the business may send while it
    // rings.
    if (event.what === 'early-packet' && call.direction === 'user-initiated') {
      call.startedAt ??= this.#clock.now();
      call.violations.push({ kind: 'early-media', at: this.#clock.now() });
    }
    if (event.what === 'several-ssrcs') {
      call.violations.push({ kind: 'several-ssrcs', at: this.#clock.now() });
    }
    this.events.emit({ type: 'media', call, event });
    if (event.what === 'failed' && call.phase === 'accepted') {
      this.#finish(call, { by: 'network', reason: 'media-failed' });
    }
  }

  #openMedia(
    kind: MediaKind,
    customer: Pick<UserCallPlan, 'voice' | 'presses' | 'faults'>,
  ): Promise<CallMedia> {
    return openMedia(kind, {
      ...this.#config.media,
      certificate: this.#certificate,
      voice: customer.voice,
      presses: customer.presses,
      faults: patchFaults(this.faults, customer.faults).media,
    });
  }

  #add(call: Call): Call {
    this.#calls.set(call.id, call);
    call.media.events.on((event) => this.#handleMedia(call, event));
    return call;
  }

  #tell(event: WorldEvent): void {
    this.events.emit({ type: 'world', event });
  }
}
