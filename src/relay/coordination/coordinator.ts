import { assertNever } from '../../shared/lib/assert-never.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import type { FromConsole, FromRelayFrame } from '../../shared/relay/protocol.ts';
import { reasonOf, type Log } from '../log.ts';
import type { Store, Verdict } from '../store/store.ts';
import { candidates } from './candidates.ts';
import type { Console } from './console.ts';

/** An offer older than this no longer rings anywhere: accept is due within 30 to 60 s (facts 2.8). In ms. */
export const RING_MS = 60_000;
/** How long a hold outlives its console's connection, so that a reconnect keeps it. In ms. */
export const HOLD_GRACE_MS = 10_000;

export type Request = Extract<FromConsole, { id: number }>;
type Outcome = Extract<FromRelayFrame, { type: 'result' }>['outcome'];

interface Ports {
  store: Store;
  clock: Clock;
  log: Log;
}

/**
 * Decides who takes a call. Who is connected is known here; what was decided is in the store, where each decision
 * is atomic and survives a restart.
 */
export class Coordinator {
  readonly #ports: Ports;
  /** By agent id: an agent has one console. */
  readonly #consoles = new Map<string, Console>();
  /** By agent id: cancels the end of an absent console's holds. */
  readonly #graces = new Map<string, () => void>();
  #refreshing: Promise<void> | undefined;
  #refreshAgain = false;
  #closed = false;

  constructor(ports: Ports) {
    this.#ports = ports;
  }

  /** Consoles from before a restart get the same grace to come back to what they hold. */
  async start(): Promise<void> {
    for (const agentId of await this.#ports.store.holders()) this.#startGrace(agentId);
  }

  get connected(): number {
    return this.#consoles.size;
  }

  consoles(): readonly Console[] {
    return [...this.#consoles.values()];
  }

  /** A console has said hello. The agent's earlier one is sent away. */
  enter(console: Console): void {
    const { id } = console.agent;
    this.#consoles.get(id)?.refuse('replaced', 'You connected from another console.');
    this.#consoles.set(id, console);
    this.#graces.get(id)?.();
    this.#graces.delete(id);
    this.#ports.log.info('agent.connected', { agent: id, presence: console.presence });
    this.#refresh();
  }

  /** A console's connection is gone. */
  leave(console: Console): void {
    const { id } = console.agent;
    // A console that was replaced has nothing left to leave.
    if (this.#consoles.get(id) !== console) return;
    this.#consoles.delete(id);
    if (!this.#closed) this.#startGrace(id);
    this.#ports.log.info('agent.disconnected', { agent: id, acked: console.acked });
    this.#refresh();
  }

  /** New entries are in the log. */
  appended(): void {
    for (const console of this.#consoles.values()) this.pump(console);
    this.#refresh();
  }

  /** Sends a console what it lacks. */
  pump(console: Console): void {
    console.pump().catch((error: unknown) => {
      this.#ports.log.error('log.unreadable', { why: reasonOf(error) });
      // It comes back by itself and starts again from its cursor.
      console.refuse('shutting-down', 'The relay could not read its log.');
    });
  }

  presence(console: Console, presence: Console['presence']): void {
    if (console.presence === presence) return;
    console.presence = presence;
    this.#refresh();
  }

  /** Decides a console's request. Rejects when the store fails; nothing is then decided. */
  async decide(console: Console, request: Request): Promise<Outcome> {
    const { store, clock } = this.#ports;
    const { agent } = console;
    const { callId } = request;
    switch (request.type) {
      case 'hold':
        return this.#settle(console, request, await this.#hold(console, callId));
      case 'claim':
        return this.#settle(console, request, await store.claim(callId, agent, clock.now()));
      case 'release': {
        const verdict = await store.release(callId, agent, request.why, clock.now());
        return this.#settle(console, request, verdict);
      }
      case 'decline': {
        const outcome = await this.#decline(console, callId);
        this.#refresh();
        return outcome;
      }
      default:
        return assertNever(request, 'request');
    }
  }

  async #hold(console: Console, callId: string): Promise<Verdict> {
    const { store } = this.#ports;
    const call = await store.call(callId);
    const able = call ? candidates(call, this.consoles()) : [];
    const other = able.some((agent) => agent.id !== console.agent.id);
    // Refusals that name the reason better, ended or taken, come from the store.
    if (call && !call.ended && !call.claimedBy && !call.heldBy && (other || able.length === 0)) {
      return { kind: 'refused', why: 'others' };
    }
    return store.hold(callId, console.agent);
  }

  async #decline(console: Console, callId: string): Promise<Outcome> {
    const { store, log } = this.#ports;
    const call = await store.decline(callId, console.agent.id);
    // The console knows it from elsewhere, and must decide by itself.
    if (!call) return { kind: 'refused', why: 'unknown' };
    // Whoever has it answers for it: only a call that is still open is to be rejected at the provider.
    const open = !call.ended && !call.claimedBy;
    const heldByOther = call.heldBy !== undefined;
    const last = open && !heldByOther && candidates(call, this.consoles()).length === 0;
    log.info('call.declined', { call: callId, agent: console.agent.id, last });
    return { kind: 'declined', last };
  }

  #settle(console: Console, request: Request, verdict: Verdict): Outcome {
    const fields = { call: request.callId, agent: console.agent.id };
    switch (verdict.kind) {
      case 'granted':
        this.#ports.log.info(`call.${request.type}.granted`, fields);
        if (verdict.entry) this.appended();
        else this.#refresh();
        return { kind: 'granted' };
      case 'refused':
        this.#ports.log.info(`call.${request.type}.refused`, { ...fields, why: verdict.why });
        return {
          kind: 'refused',
          why: verdict.why,
          ...(verdict.by && { by: verdict.by }),
        };
      default:
        return assertNever(verdict, 'verdict');
    }
  }

  #startGrace(agentId: string): void {
    const { clock, store, log } = this.#ports;
    const cancel = clock.at(clock.now() + HOLD_GRACE_MS, () => {
      this.#graces.delete(agentId);
      store.dropHolds(agentId).then(
        () => this.#refresh(),
        (error: unknown) => log.error('store.failed', { why: reasonOf(error) }),
      );
    });
    this.#graces.set(agentId, cancel);
  }

  /** Tells everybody who can take what now. Changes in quick succession are told once. */
  #refresh(): void {
    this.#refreshAgain = true;
    if (this.#refreshing || this.#closed) return;
    this.#refreshing = this.#showRinging()
      .catch((error: unknown) => {
        this.#ports.log.error('store.failed', { why: reasonOf(error) });
      })
      .finally(() => {
        this.#refreshing = undefined;
      });
  }

  async #showRinging(): Promise<void> {
    const { store, clock } = this.#ports;
    while (this.#refreshAgain) {
      this.#refreshAgain = false;
      const calls = (await store.ringing(clock.now() - RING_MS)).flatMap((call) =>
        call.offer
          ? {
              callId: call.callId,
              cursor: call.offer.cursor,
              agents: candidates(call, this.consoles()),
            }
          : [],
      );
      for (const console of this.#consoles.values()) console.showRinging(calls);
    }
  }

  /** Sends everybody away and lets go of the clock. What was decided stays in the store. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const cancel of this.#graces.values()) cancel();
    this.#graces.clear();
    for (const console of this.#consoles.values()) {
      console.refuse('shutting-down', 'The relay is being restarted.');
    }
    await this.#refreshing;
  }
}
