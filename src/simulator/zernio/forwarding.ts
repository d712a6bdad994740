import { assertNever } from '../../shared/lib/assert-never.ts';
import type { Call } from '../calls/call.ts';
import { connectBridge } from '../pcm/bridge.ts';
import type { ZernioNumber } from './number.ts';

/**
 * The destination of a number's calls: a person at a telephone, who behaves as configured, or a
 * media server at a `wss:` address, which receives the customer's audio.
 */
export class Forwarding {
  readonly #number: ZernioNumber;
  readonly #stops = new Map<string, () => void>();

  constructor(number: ZernioNumber) {
    this.#number = number;
  }

  /**
   * The destination rings: for a customer's call at once, for the business's call once the customer
   * has answered.
   */
  ring(call: Call): void {
    const to = this.#number.notes.get(call.id)?.forwardTo ?? '';
    if (/^wss?:/.test(to)) this.#bridge(call, to);
    else this.#telephone(call);
  }

  /** The call ended. */
  stop(call: Call): void {
    this.#stops.get(call.id)?.();
    this.#stops.delete(call.id);
  }

  #telephone(call: Call): void {
    const { world, destination } = this.#number;
    const { onCall, answerAfterMs, hangUpAfterMs } = destination;
    const later = (ms: number, task: () => void) =>
      this.#stops.set(call.id, world.scheduler.in(ms, task));
    switch (onCall) {
      case 'answer':
        later(answerAfterMs, () => {
          this.#taken(call);
          if (hangUpAfterMs !== undefined) later(hangUpAfterMs, () => this.#hangUp(call));
        });
        return;
      case 'reject':
        later(answerAfterMs, () => {
          this.#note(call, { sipHangupCause: '486' });
          if (call.direction === 'user-initiated') world.switchboard.reject(call.id);
          else this.#hangUp(call);
        });
        return;
      case 'ignore':
        later(world.timing.ringTimeoutMs, () => this.#hangUp(call));
        return;
      default:
        assertNever(onCall, 'onCall');
    }
  }

  #bridge(call: Call, url: string): void {
    if (call.media.kind === 'webrtc') return;
    const off = call.media.events.on((event) => {
      if (event.what !== 'connected') return;
      off();
      this.#taken(call);
    });
    const end = connectBridge({
      ...this.#number.account.bridge,
      url,
      callId: call.id,
      session: call.media,
      onClosed: () => this.#hangUp(call),
    });
    this.#stops.set(call.id, end);
  }

  #taken(call: Call): void {
    const { world, calling } = this.#number;
    this.#note(call, { transferredAt: world.clock.now() });
    if (call.direction === 'user-initiated') world.switchboard.accept(call.id, undefined);
    const { maxCallDurationSeconds: most } = calling;
    if (most !== null) world.scheduler.in(most * 1000, () => this.#hangUp(call));
  }

  #hangUp(call: Call): void {
    this.#number.world.switchboard.terminate(call.id);
  }

  #note(call: Call, more: { transferredAt?: number; sipHangupCause?: string }): void {
    const notes = this.#number.notes.get(call.id);
    if (notes) Object.assign(notes, more);
  }
}
