import type { Effect } from '../../shared/call/effects.ts';
import type { CallEvent } from '../../shared/call/events.ts';
import type { MediaPath } from '../../shared/providers/media-path.ts';
import type { Call } from '../../shared/call/model.ts';
import { assertNever } from '../../shared/lib/assert-never.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import { KeyedQueue } from '../../shared/lib/keyed-queue.ts';
import type { Log } from '../log.ts';
import type { CallDriver } from './drivers/call-driver.ts';
import { createProviderDrivers } from './drivers/provider-drivers.ts';
import { errorOf } from './drivers/relay-refusal.ts';
import { RelayedDriver } from './drivers/relayed.ts';
import { Legs } from './legs.ts';
import type { CallPorts } from './ports.ts';

export interface EffectRunnerOptions {
  ports: CallPorts;
  log: Log;
  clock: Clock;
  /** Whether no other console can take the call, as the relay last said. */
  isSoleCandidate: (callId: string) => boolean;
  handle: (callId: string, event: CallEvent) => void;
}

/**
 * Carries effects out in the order they were decided, by the driver of the call's path. Requests
 * about one call go to the provider one after the other (an accept is over before its terminate is
 * sent); what comes of them returns as events.
 */
export class EffectRunner {
  readonly #options: EffectRunnerOptions;
  readonly #decided: { call: Call; effect: Effect }[] = [];
  readonly #requests: KeyedQueue;
  readonly #drivers: Readonly<Record<MediaPath, CallDriver>>;
  readonly #relayed: RelayedDriver;
  readonly legs: Legs;
  readonly #claims = new Set<string>();
  /** Requests to the relay that it has not answered yet. */
  readonly #asking = new Set<Promise<void>>();
  #running = false;

  constructor(options: EffectRunnerOptions) {
    this.#options = options;
    const { ports, clock } = options;
    this.legs = new Legs({
      media: ports.media,
      relayedApi: ports.relayedApi,
      iceServers: ports.iceServers,
      clock,
      report: (callId, report) => options.handle(callId, { ...report, from: 'media' }),
    });
    const drivers = createProviderDrivers(ports, options.log);
    this.#relayed = new RelayedDriver({
      ports,
      requests: drivers.direct,
      legs: this.legs,
      clock,
    });
    this.#drivers = { ...drivers, relayed: this.#relayed };
    this.#requests = new KeyedQueue((callId, error) => {
      options.log.error(`call ${callId}: a request failed unexpectedly: ${String(error)}`);
    });
  }

  add(call: Call, effects: readonly Effect[]): void {
    for (const effect of effects) this.#decided.push({ call, effect });
  }

  /** Does what was decided. An effect may bring a new event at once; its effects follow those decided before. */
  run(): void {
    if (this.#running) return;
    this.#running = true;
    try {
      for (let next = this.#decided.shift(); next; next = this.#decided.shift()) {
        this.#carryOut(next.call, next.effect);
      }
    } finally {
      this.#running = false;
    }
  }

  /** Whether this process has asked for the claim of a call. */
  hasClaimed(callId: string): boolean {
    return this.#claims.has(callId);
  }

  /** Whether a hang-up is on its way to the relay. */
  isHangingUp(callId: string): boolean {
    return this.#relayed.isHangingUp(callId);
  }

  #carryOut(call: Call, effect: Effect): void {
    const { ports } = this.#options;
    const callId = call.id;
    switch (effect.do) {
      case 'media.answer':
        return ports.media({ do: 'answer', callId, offer: effect.offer });
      case 'media.leg':
        return this.legs.open(callId);
      case 'media.offer':
        return ports.media({ do: 'offer', callId });
      case 'media.apply-answer':
        return ports.media({ do: 'apply-answer', callId, sdp: effect.sdp });
      case 'media.live':
        return this.#drivers[call.path].goLive(call);
      case 'media.mute':
        return ports.media({ do: 'mute', callId, muted: effect.muted });
      case 'media.close':
        return this.#drivers[call.path].close(call);
      case 'media.rejoin':
        return this.legs.replace(callId);
      case 'relay.reserve':
      case 'relay.claim':
      case 'relay.release':
      case 'relay.decline':
        this.#keep(this.#relay(call, effect));
        return undefined;
      case 'api.pre-accept':
      case 'api.accept':
      case 'api.place':
      case 'api.terminate':
        return this.#requests.add(callId, () => this.#api(call, effect));
      default:
        return assertNever(effect, 'effect');
    }
  }

  /** Resolves when relay and provider have answered all that was asked so far, well or not. */
  async done(): Promise<void> {
    await Promise.allSettled(this.#asking);
    await this.#requests.done();
  }

  #keep(request: Promise<void>): void {
    this.#asking.add(request);
    void request
      .catch((error: unknown) => this.#options.log.error(`relay: asking failed: ${String(error)}`))
      .finally(() => this.#asking.delete(request));
  }

  async #relay(call: Call, effect: Extract<Effect, { do: `relay.${string}` }>): Promise<void> {
    const { coordinator } = this.#options.ports;
    const report = (event: CallEvent) => this.#options.handle(call.id, event);
    switch (effect.do) {
      case 'relay.reserve': {
        const verdict = await coordinator.reserve(call.id);
        if (verdict.kind === 'unreachable') return report({ from: 'relay', kind: 'unreachable' });
        const kind = verdict.kind === 'granted' ? 'reservation-granted' : 'reservation-refused';
        return report({ from: 'relay', kind });
      }
      case 'relay.claim': {
        this.#claims.add(call.id);
        const verdict = await this.#drivers[call.path].claim(call);
        switch (verdict.kind) {
          case 'granted':
            return report({ from: 'relay', kind: 'claim-granted' });
          case 'unreachable':
            return report({ from: 'relay', kind: 'unreachable' });
          case 'refused':
            this.#claims.delete(call.id);
            // Read at the provider, so the relay does not know it: the provider decides who was first.
            if (verdict.why === 'unknown' && call.reconciled) {
              return report({ from: 'relay', kind: 'unreachable' });
            }
            return report({
              from: 'relay',
              kind: 'claim-refused',
              by: verdict.by?.name ?? '',
              // Nobody else has it: the relay's own media failed.
              error: verdict.why === 'media' ? errorOf(verdict) : verdict.error,
            });
          default:
            return assertNever(verdict, 'verdict');
        }
      }
      case 'relay.release':
        return coordinator.release(call.id, effect.why);
      case 'relay.decline': {
        const sole = this.#options.isSoleCandidate(call.id);
        const answer = await coordinator.decline(call.id);
        const last = answer.kind === 'declined' ? answer.last : sole;
        if (last) this.#requests.add(call.id, () => this.#drivers[call.path].reject(call));
        return undefined;
      }
      default:
        return assertNever(effect, 'effect');
    }
  }

  async #api(call: Call, effect: Extract<Effect, { do: `api.${string}` }>): Promise<void> {
    const driver = this.#drivers[call.path];
    const report = (event: CallEvent) => this.#options.handle(call.id, event);
    switch (effect.do) {
      case 'api.place':
        return report(await driver.place(call, effect));
      case 'api.pre-accept':
        return report(await driver.preAccept(call, effect.sdp));
      case 'api.accept':
        return report(await driver.accept(call, effect.sdp));
      case 'api.terminate':
        return driver.hangUp(call);
      default:
        return assertNever(effect, 'effect');
    }
  }
}
