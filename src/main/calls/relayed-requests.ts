import type { CallEvent } from '../../shared/call/events.ts';
import type { Call } from '../../shared/call/model.ts';
import { assertNever } from '../../shared/lib/assert-never.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import type { ProviderError } from '../../shared/providers/events.ts';
import type { RelayedApi, Refused } from './ports.ts';
import { ownErrors } from '../../shared/providers/own-errors.ts';

/** Between two tries to tell the relay that a call is over, and for how long. In ms. */
const AGAIN_MS = 500;
const PATIENCE_MS = 30_000;

/** What is asked of the relay instead of the provider, because the relay carries the call. */
export class RelayedRequests {
  private readonly relayedApi: RelayedApi;
  private readonly clock: Clock;
  private readonly hangingUp = new Set<string>();

  constructor(relayedApi: RelayedApi, clock: Clock) {
    this.relayedApi = relayedApi;
    this.clock = clock;
  }

  /** Places a call by the relay. */
  async place(call: Call): Promise<CallEvent> {
    const { id: callId, accountId, party } = call;
    const { waId: to, userId } = party;
    const outcome = await this.relayedApi.place({ callId, accountId, to, userId });
    switch (outcome.kind) {
      case 'placed':
        return { from: 'api', kind: 'placed', providerCallId: outcome.providerCallId };
      case 'refused':
        return { from: 'api', kind: 'place-failed', error: errorOf(outcome) };
      case 'unreachable':
        return { from: 'api', kind: 'place-failed', error: ownErrors.relaySilent };
      default:
        return assertNever(outcome, 'outcome');
    }
  }

  /**
   * Ends a call. The relay would keep it for us if it only lost us, so it is told again until it has heard it. What it
   * has not heard by then, or because the app stops, it is told when it shows that it keeps the call for us
   * (`event-router/call.ts`).
   */
  async hangUp(callId: string): Promise<void> {
    if (this.hangingUp.has(callId)) return;
    this.hangingUp.add(callId);
    const until = this.clock.now() + PATIENCE_MS;
    try {
      while (this.clock.now() < until) {
        const verdict = await this.relayedApi.hangUp(callId);
        if (verdict.kind !== 'unreachable') return;
        await new Promise<void>((resolve) => {
          this.clock.at(this.clock.now() + AGAIN_MS, resolve);
        });
      }
    } finally {
      this.hangingUp.delete(callId);
    }
  }

  isHangingUp(callId: string): boolean {
    return this.hangingUp.has(callId);
  }
}

/** The provider's words where it was the provider that refused, else the relay's. */
function errorOf({ error, why }: Refused): ProviderError {
  return error ?? { code: 'relay', message: why, transient: false };
}
