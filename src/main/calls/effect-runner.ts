import type { Answer } from '../../shared/providers/client.ts';
import type { Effect } from '../../shared/call/effects.ts';
import type { CallEvent } from '../../shared/call/events.ts';
import { callbackDataOf } from '../../shared/call/ids.ts';
import type { Call } from '../../shared/call/model.ts';
import { assertNever } from '../../shared/lib/assert-never.ts';
import type { ProviderError } from '../../shared/providers/events.ts';
import type { Log } from '../log.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import { RelayedRequests } from './relayed-requests.ts';
import { Legs } from './legs.ts';
import { KeyedQueue } from '../../shared/lib/keyed-queue.ts';
import type { CallPorts, Provider, SoundCall } from './ports.ts';
import { ownErrors } from '../../shared/providers/own-errors.ts';

export interface EffectRunnerDeps {
  ports: CallPorts;
  log: Log;
  clock: Clock;
  /** Whether no other console can take the call, as the relay last said. */
  isSoleCandidate: (callId: string) => boolean;
  handle: (callId: string, event: CallEvent) => void;
}

/**
 * Carries effects out in the order they were decided. Requests about one call go to the provider one after the other (an accept
 * is over before its terminate is sent); what comes of them returns as events.
 */
export class EffectRunner {
  private readonly deps: EffectRunnerDeps;
  private readonly decided: { call: Call; effect: Effect }[] = [];
  private readonly requests: KeyedQueue;
  private readonly relayed: RelayedRequests;
  readonly legs: Legs;
  private readonly claims = new Set<string>();
  /** What the relay is being told. */
  private readonly telling = new Set<Promise<void>>();
  private running = false;

  constructor(deps: EffectRunnerDeps) {
    this.deps = deps;
    const { ports, clock } = deps;
    this.relayed = new RelayedRequests(ports.relayedApi, clock);
    this.legs = new Legs({
      media: ports.media,
      relayedApi: ports.relayedApi,
      iceServers: ports.iceServers,
      clock,
      report: (callId, report) => deps.handle(callId, { ...report, from: 'media' }),
    });
    this.requests = new KeyedQueue((callId, error) => {
      deps.log.error(`call ${callId}: a request failed unexpectedly: ${String(error)}`);
    });
  }

  add(call: Call, effects: readonly Effect[]): void {
    for (const effect of effects) this.decided.push({ call, effect });
  }

  /** Does what was decided. An effect may bring a new event at once; its effects follow those decided before. */
  run(): void {
    if (this.running) return;
    this.running = true;
    try {
      for (let next = this.decided.shift(); next; next = this.decided.shift()) {
        this.carryOut(next.call, next.effect);
      }
    } finally {
      this.running = false;
    }
  }

  /** Whether this process has asked for the claim of a call. */
  hasClaimed(callId: string): boolean {
    return this.claims.has(callId);
  }

  /** Whether the relay is being told that a call is over. */
  isHangingUp(callId: string): boolean {
    return this.relayed.isHangingUp(callId);
  }

  private carryOut(call: Call, effect: Effect): void {
    const { ports } = this.deps;
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
        return this.goLive(call);
      case 'media.mute':
        return ports.media({ do: 'mute', callId, muted: effect.muted });
      case 'media.close':
        // What is talked elsewhere never was in the softphone.
        if (call.path === 'external') return undefined;
        if (call.path === 'streamed') ports.sounds.close(callId);
        return this.legs.close(callId);
      case 'media.rejoin':
        return this.legs.replace(callId);
      case 'relay.reserve':
      case 'relay.claim':
      case 'relay.release':
      case 'relay.decline':
        this.keep(this.relay(call, effect));
        return undefined;
      case 'api.pre-accept':
      case 'api.accept':
      case 'api.place':
      case 'api.terminate':
        return this.requests.add(callId, () => this.api(call, effect));
      default:
        return assertNever(effect, 'effect');
    }
  }

  /** Resolves when relay and provider have answered all that was asked so far, well or not. */
  async done(): Promise<void> {
    await Promise.allSettled(this.telling);
    await this.requests.done();
  }

  private keep(told: Promise<void>): void {
    this.telling.add(told);
    void told
      .catch((error: unknown) => this.deps.log.error(`relay: asking failed: ${String(error)}`))
      .finally(() => this.telling.delete(told));
  }

  private goLive(call: Call): void {
    const { sounds, media } = this.deps.ports;
    if (call.path !== 'streamed') media({ do: 'live', callId: call.id });
    else sounds.open(soundOf(call));
  }

  private async relay(
    call: Call,
    effect: Extract<Effect, { do: `relay.${string}` }>,
  ): Promise<void> {
    const { coordinator } = this.deps.ports;
    const say = (event: CallEvent) => this.deps.handle(call.id, event);
    switch (effect.do) {
      case 'relay.reserve': {
        const verdict = await coordinator.reserve(call.id);
        if (verdict.kind === 'unreachable') return say({ from: 'relay', kind: 'unreachable' });
        const kind = verdict.kind === 'granted' ? 'reservation-granted' : 'reservation-refused';
        return say({ from: 'relay', kind });
      }
      case 'relay.claim': {
        this.claims.add(call.id);
        const { relayedApi } = this.deps.ports;
        const verdict = await (call.path === 'relayed' ? relayedApi : coordinator).claim(call.id);
        switch (verdict.kind) {
          case 'granted':
            return say({ from: 'relay', kind: 'claim-granted' });
          case 'unreachable':
            return say({ from: 'relay', kind: 'unreachable' });
          case 'refused':
            this.claims.delete(call.id);
            // It was never told of this call, which was read at the provider: the provider decides who was first.
            if (verdict.why === 'unknown' && call.reconciled) {
              return say({ from: 'relay', kind: 'unreachable' });
            }
            return say({
              from: 'relay',
              kind: 'claim-refused',
              by: verdict.by?.name ?? '',
              error: verdict.error,
            });
          default:
            return assertNever(verdict, 'verdict');
        }
      }
      case 'relay.release':
        return coordinator.release(call.id, effect.why);
      case 'relay.decline': {
        const sole = this.deps.isSoleCandidate(call.id);
        const answer = await coordinator.decline(call.id);
        const last = answer.kind === 'declined' ? answer.last : sole;
        // The relay rejects what it carries itself.
        if (last && call.path !== 'relayed') this.requests.add(call.id, () => this.reject(call));
        return undefined;
      }
      default:
        return assertNever(effect, 'effect');
    }
  }

  private async api(call: Call, effect: Extract<Effect, { do: `api.${string}` }>): Promise<void> {
    const say = (event: CallEvent) => this.deps.handle(call.id, event);
    const id = call.providerCallId;
    switch (effect.do) {
      case 'api.place': {
        if (call.path === 'relayed') return say(await this.relayed.place(call));
        return this.request(
          call,
          (provider) =>
            provider.place({
              to: call.party,
              sdp: effect.sdp,
              callbackData: callbackDataOf(call.id),
              once: call.id,
              forwardTo: call.forwardTo,
              record: call.record,
            }),
          ({ providerCallId }) => say({ from: 'api', kind: 'placed', providerCallId }),
          (error) => say({ from: 'api', kind: 'place-failed', error }),
        );
      }
      case 'api.pre-accept':
        return this.request(
          call,
          (provider) => provider.preAccept(named(id), effect.sdp),
          () => say({ from: 'api', kind: 'pre-accepted' }),
          (error) => say({ from: 'api', kind: 'pre-accept-failed', error }),
        );
      case 'api.accept':
        return this.request(
          call,
          (provider) => provider.accept(named(id), effect.sdp),
          () => say({ from: 'api', kind: 'accepted' }),
          (error) => say({ from: 'api', kind: 'accept-failed', error }),
        );
      case 'api.terminate':
        if (call.path === 'relayed') return this.relayed.hangUp(call.id);
        if (call.path === 'streamed') this.deps.ports.sounds.hangUp(soundOf(call));
        return this.request(
          call,
          (provider) => provider.terminate(named(id)),
          () => undefined,
          (error) => this.warn(call, 'terminate', error),
        );
      default:
        return assertNever(effect, 'effect');
    }
  }

  private reject(call: Call): Promise<void> {
    return this.request(
      call,
      (provider) => provider.reject(named(call.providerCallId)),
      () => undefined,
      // Usually the customer was faster.
      (error) => this.warn(call, 'reject', error),
    );
  }

  private async request<T>(
    call: Call,
    ask: (provider: Provider) => Promise<Answer<T>>,
    done: (answer: T) => void,
    failed: (error: ProviderError) => void,
  ): Promise<void> {
    const provider = this.deps.ports.provider(call.accountId);
    if (!provider) return failed(ownErrors.noAccount);
    let answer: Answer<T>;
    try {
      answer = await ask(provider);
    } catch (error) {
      // Only a fault of our own ends here, and the call must still hear of it.
      answer = { ok: false, error: unexpected(error) };
    }
    return answer.ok ? done(answer.value) : failed(answer.error);
  }

  private warn(call: Call, what: string, error: ProviderError): void {
    this.deps.log.warn(`call ${call.id}: ${what} refused: ${error.code} ${error.message}`);
  }
}

function unexpected(error: unknown): ProviderError {
  return { code: 'unexpected', message: String(error), transient: false };
}

function soundOf({ id, accountId, providerCallId }: Call): SoundCall {
  return { callId: id, accountId, providerCallId: named(providerCallId) };
}

/** The rules ask the provider only about calls that it has named. */
function named(providerCallId: string | undefined): string {
  if (providerCallId === undefined) throw new Error('the provider has not named this call');
  return providerCallId;
}
