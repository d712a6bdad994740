import { reasonOf } from '../log.ts';
import { engaged } from './state-machine/state.ts';
import type { RelayedCallState } from '../store/relayed-call-record.ts';
import type { AgentLegs } from './legs.ts';
import type { RelayedCallPorts } from './ports.ts';

/**
 * How long a console may be disconnected before it counts as gone, in ms: enough to reconnect by
 * itself.
 */
const AWAY_MS = 1_500;
/** How long consoles take to find a restarted relay, in ms. */
const RESTART_MS = 10_000;
/** How long an agent with a call may take to bring their leg, in ms. */
const LEG_MS = 10_000;
/** A leg that received something this recently is alive, in ms. */
const FRESH_MS = 700;

/** The watched call: its state and its agents' legs. */
interface Watched {
  readonly record: { callId: string };
  readonly state: RelayedCallState;
  readonly legs: AgentLegs;
}

/**
 * Detects that an agent has dropped out of a call. A broken console connection alone is not enough while media flows:
 * the two take different paths, and the console may reconnect during the conversation.
 */
export class AgentLivenessMonitor {
  readonly #ports: RelayedCallPorts;
  readonly #call: Watched;
  readonly #notifyGone: (agentId: string) => Promise<void>;
  /** After a restart of the relay, consoles must reconnect by then, Unix ms. */
  #backBefore = 0;
  readonly #timers = new Map<string, () => void>();
  #closed = false;

  constructor(ports: RelayedCallPorts, call: Watched, gone: (agentId: string) => Promise<void>) {
    this.#ports = ports;
    this.#call = call;
    this.#notifyGone = gone;
  }

  /** The relay has just restarted: every console must reconnect. */
  handleRestart(): void {
    this.#backBefore = this.#ports.clock.now() + RESTART_MS;
  }

  /** Watches an agent whose console is disconnected, or whose leg is missing. */
  watch(agentId: string): void {
    if (this.#timers.has(agentId)) return;
    const { clock, isConnected } = this.#ports;
    const now = clock.now();
    if (isConnected(agentId) && this.#hasMedia(agentId)) return;
    const after = isConnected(agentId) ? LEG_MS : Math.max(AWAY_MS, this.#backBefore - now);
    this.#arm(agentId, after);
  }

  /** The agent's console has disconnected. */
  handleDisconnected(agentId: string): void {
    this.handleMedia(agentId);
    this.watch(agentId);
  }

  /** The agent's console is connected (again); a leg may still be missing. */
  handleConnected(agentId: string): void {
    if (!this.#timers.has(agentId)) return;
    this.handleMedia(agentId);
    this.watch(agentId);
  }

  /** The agent's media has arrived. */
  handleMedia(agentId: string): void {
    this.#timers.get(agentId)?.();
    this.#timers.delete(agentId);
  }

  close(): void {
    this.#closed = true;
    for (const cancel of this.#timers.values()) cancel();
    this.#timers.clear();
  }

  /** An agent who is only offered the call needs no media. */
  #hasMedia(agentId: string): boolean {
    const { legs, state } = this.#call;
    return (
      legs.usable(agentId) !== undefined || !engaged(state).some((agent) => agent.id === agentId)
    );
  }

  #arm(agentId: string, afterMs: number): void {
    const { clock, log } = this.#ports;
    const cancel = clock.at(clock.now() + afterMs, () => {
      this.#timers.delete(agentId);
      this.#check(agentId).catch((error: unknown) => {
        log.error('call.failed', { what: 'liveness', why: reasonOf(error) });
        if (!this.#closed && !this.#timers.has(agentId)) this.#arm(agentId, AWAY_MS);
      });
    });
    this.#timers.set(agentId, cancel);
  }

  async #check(agentId: string): Promise<void> {
    const { media, isConnected } = this.#ports;
    const { legs, record } = this.#call;
    const leg = legs.get(agentId);
    if (isConnected(agentId) && this.#hasMedia(agentId)) return;
    const report = leg && (await media.report(record.callId));
    const age = leg && report?.agents[leg.id]?.lastPacketAgeMs;
    if (age !== undefined && age < FRESH_MS) this.#arm(agentId, AWAY_MS);
    else await this.#notifyGone(agentId);
  }
}
