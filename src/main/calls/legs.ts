import type { MediaCommand } from '../../shared/ipc/events.ts';
import { assertNever } from '../../shared/lib/assert-never.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import type { IceServer } from '../../shared/protocol/frames.ts';
import type { RelayedApi } from './ports.ts';

/** Between two tries to reach the relay or to make a leg that failed, in ms. */
const AGAIN_MS = 500;

/** What becomes of a leg. */
export type LegOutcome = { kind: 'leg-ready' } | { kind: 'failed'; why: string };

export interface LegsPorts {
  media: (command: MediaCommand) => void;
  relayedApi: Pick<RelayedApi, 'leg'>;
  iceServers: () => readonly IceServer[];
  clock: Clock;
  report: (callId: string, report: LegOutcome) => void;
}

/**
 * Our legs to the relay's media: the softphone's offer goes to the relay, the relay's answer back to the softphone, and only
 * then is the leg reported as ready. A relay that cannot be reached is asked again for as long as the leg is wanted.
 */
export class Legs {
  readonly #ports: LegsPorts;
  readonly #legs = new Map<string, { cancel: () => void; madeAt: number }>();

  constructor(ports: LegsPorts) {
    this.#ports = ports;
  }

  /** Whether the softphone's offer for this call is one for a leg. */
  has(callId: string): boolean {
    return this.#legs.has(callId);
  }

  /** Makes a leg. One that keeps failing is not made anew without a pause. */
  open(callId: string): void {
    const { clock, media } = this.#ports;
    const before = this.#legs.get(callId);
    if (before) this.close(callId);
    const now = clock.now();
    const at = before === undefined ? now : Math.max(now, Math.min(before.madeAt, now) + AGAIN_MS);
    const make = () => {
      const iceServers = this.#ports.iceServers();
      media({ do: 'offer', callId, leg: { iceServers } });
    };
    const leg = { cancel: () => undefined as void, madeAt: at };
    this.#legs.set(callId, leg);
    if (at === now) make();
    else leg.cancel = clock.at(at, make);
  }

  /** The softphone has made its offer. */
  async handleOffer(callId: string, sdp: string): Promise<void> {
    const { relayedApi, clock, media, report } = this.#ports;
    const leg = this.#legs.get(callId);
    if (!leg) return;
    const outcome = await relayedApi.leg(callId, sdp);
    // Closed or replaced meanwhile.
    if (this.#legs.get(callId) !== leg) return;
    switch (outcome.kind) {
      case 'leg':
        media({ do: 'apply-answer', callId, sdp: outcome.sdp });
        return report(callId, { kind: 'leg-ready' });
      case 'unreachable':
        leg.cancel = clock.at(clock.now() + AGAIN_MS, () => void this.handleOffer(callId, sdp));
        return undefined;
      case 'refused':
        return report(callId, { kind: 'failed', why: 'leg-refused' });
      default:
        return assertNever(outcome, 'outcome');
    }
  }

  /** Makes a leg in place of whatever media the call has, even if its window is another one now. */
  replace(callId: string): void {
    if (!this.#legs.has(callId)) this.#ports.media({ do: 'close', callId });
    this.open(callId);
  }

  close(callId: string): void {
    this.#legs.get(callId)?.cancel();
    this.#legs.delete(callId);
    this.#ports.media({ do: 'close', callId });
  }
}
