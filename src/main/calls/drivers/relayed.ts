import type { CallEvent } from '../../../shared/call/events.ts';
import type { CallFacts } from '../../../shared/call/model.ts';
import { assertNever } from '../../../shared/lib/assert-never.ts';
import type { Clock } from '../../../shared/lib/clock.ts';
import type { Legs } from '../legs.ts';
import type { CallPorts, Verdict } from '../ports.ts';
import type { CallDriver } from './call-driver.ts';
import { ownError } from '../../../shared/providers/own-errors.ts';
import { errorOf } from './relay-refusal.ts';

/** How often, and for how long, a hang-up is sent to a relay that does not answer. In ms. */
const AGAIN_MS = 500;
const PATIENCE_MS = 30_000;

interface RelayedDriverPorts {
  ports: Pick<CallPorts, 'relayedApi' | 'media'>;
  requests: Pick<CallDriver, 'preAccept' | 'accept'>;
  legs: Legs;
  clock: Clock;
}

/**
 * Calls whose media end towards the customer is the relay. It accepts with the claim, places and
 * ends them; the softphone has a leg to the relay.
 */
export class RelayedDriver implements CallDriver {
  readonly preAccept: CallDriver['preAccept'];
  readonly accept: CallDriver['accept'];
  readonly #ports: RelayedDriverPorts['ports'];
  readonly #legs: Legs;
  readonly #clock: Clock;
  readonly #hangingUp = new Set<string>();

  constructor({ ports, requests, legs, clock }: RelayedDriverPorts) {
    // No rule asks for these while the relay carries the call.
    this.preAccept = requests.preAccept;
    this.accept = requests.accept;
    this.#ports = ports;
    this.#legs = legs;
    this.#clock = clock;
  }

  claim({ id }: CallFacts): Promise<Verdict> {
    return this.#ports.relayedApi.claim(id);
  }

  async place(call: CallFacts): Promise<CallEvent> {
    const { id: callId, accountId, party } = call;
    const { waId: to, userId } = party;
    const outcome = await this.#ports.relayedApi.place({ callId, accountId, to, userId });
    switch (outcome.kind) {
      case 'placed':
        return { from: 'api', kind: 'placed', providerCallId: outcome.providerCallId };
      case 'refused':
        return { from: 'api', kind: 'place-failed', error: errorOf(outcome) };
      case 'unreachable':
        return { from: 'api', kind: 'place-failed', error: ownError('relaySilent') };
      default:
        return assertNever(outcome, 'outcome');
    }
  }

  /**
   * Ends a call. A relay that only lost us keeps the call for us, so the hang-up is repeated until it
   * answers. Should it never hear of it, because the app stops, the hang-up is sent again when the
   * relay shows that it still keeps the call (`../event-router/call.ts`).
   */
  async hangUp({ id: callId }: CallFacts): Promise<void> {
    if (this.#hangingUp.has(callId)) return;
    this.#hangingUp.add(callId);
    const until = this.#clock.now() + PATIENCE_MS;
    try {
      while (this.#clock.now() < until) {
        const verdict = await this.#ports.relayedApi.hangUp(callId);
        if (verdict.kind !== 'unreachable') return;
        await new Promise<void>((resolve) => {
          this.#clock.at(this.#clock.now() + AGAIN_MS, resolve);
        });
      }
    } finally {
      this.#hangingUp.delete(callId);
    }
  }

  /** Whether a hang-up is on its way to the relay. */
  isHangingUp(callId: string): boolean {
    return this.#hangingUp.has(callId);
  }

  /** The relay rejects what it carries itself. */
  reject(): Promise<void> {
    return Promise.resolve();
  }

  goLive({ id }: CallFacts): void {
    this.#ports.media({ do: 'live', callId: id });
  }

  close({ id }: CallFacts): void {
    this.#legs.close(id);
  }
}
