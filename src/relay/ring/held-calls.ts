import { timing } from '../../shared/call/timing.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import { Deadline } from '../../shared/lib/deadline.ts';
import type { Agent } from '../../shared/protocol/agent.ts';
import type { Nodes } from '../cluster/nodes.ts';
import { reasonOf, type Log } from '../log.ts';
import type { MediaStreamRegistry } from '../media-streams/registry.ts';
import type { RelayedCalls } from '../relayed-calls/calls.ts';
import type { Store } from '../store/store.ts';

/** How long a reservation or claim outlives its console's connection, so that a reconnect keeps it. In ms. */
export const RESERVATION_GRACE_MS = 10_000;

interface HeldCallsPorts {
  store: Pick<
    Store,
    'agentsWithReservations' | 'call' | 'claimed' | 'dropReservations' | 'relayedCall' | 'release'
  >;
  clock: Clock;
  log: Log;
  relayedCalls: Pick<RelayedCalls, 'find'> | undefined;
  streams: Pick<MediaStreamRegistry, 'unattended'>;
  nodes: Pick<Nodes, 'agents' | 'hearsOthers'>;
  /** Calls were given back; the log says so. */
  handleGivenUp: () => void;
}

/** Reservations and claims of agents who may be gone: gives them back so that others can take the calls. */
export class HeldCalls {
  readonly #ports: HeldCallsPorts;
  /** By agent id: when a disconnected console's calls are given back. */
  readonly #graces = new Map<string, Deadline>();
  #closed = false;

  constructor(ports: HeldCallsPorts) {
    this.#ports = ports;
  }

  /** After a restart, consoles get the same grace to keep their calls. */
  async start(): Promise<void> {
    const { store, nodes } = this.#ports;
    const reserving = await store.agentsWithReservations();
    const claiming = (await this.#recentClaims()).map(({ by }) => by.id);
    for (const agentId of new Set([...reserving, ...claiming])) {
      if (!nodes.agents().has(agentId)) this.handleDisconnected(agentId);
    }
  }

  /** An agent has no console any more: their calls are kept for a while. */
  handleDisconnected(agentId: string): void {
    if (this.#closed) return;
    const { clock, nodes } = this.#ports;
    const grace = new Deadline(clock, () => {
      // A node that is cut off looks again in a second: the agent may be at another one.
      if (!nodes.hearsOthers()) return;
      if (this.#graces.get(agentId) === grace) this.handleConnected(agentId);
      if (nodes.agents().has(agentId)) return;
      this.#giveUp(agentId, () => true).catch((error: unknown) => {
        this.#failed(error);
        // Nothing was given back: once more, unless they are there by then.
        if (!this.#graces.has(agentId)) this.handleDisconnected(agentId);
      });
    });
    this.handleConnected(agentId);
    this.#graces.set(agentId, grace);
    grace.set(clock.now() + RESERVATION_GRACE_MS);
  }

  /** An agent has a console again, and keeps their calls. */
  handleConnected(agentId: string): void {
    this.#graces.get(agentId)?.set(undefined);
    this.#graces.delete(agentId);
  }

  /**
   * Gives back the calls that an agent can no longer take, so that others can: those reserved, and those claimed while
   * they ring. A direct call that is already connected is between the agent and the provider.
   */
  giveUp(agentId: string, isLost: (accountId: string | undefined) => boolean): void {
    this.#giveUp(agentId, isLost).catch((error: unknown) => this.#failed(error));
  }

  async #giveUp(
    agentId: string,
    isLost: (accountId: string | undefined) => boolean,
  ): Promise<void> {
    const { store, clock, log, handleGivenUp } = this.#ports;
    await store.dropReservations(agentId);
    for (const { callId, accountId, by } of await this.#recentClaims()) {
      if (by.id !== agentId || !isLost(accountId)) continue;
      // Relayed calls move on by their own rules, at whichever node.
      if (await store.relayedCall(callId)) continue;
      const verdict = await store.release(callId, by, 'agent-gone', clock.now());
      log.info(`call.given-up.${verdict.kind}`, { call: callId, agent: agentId });
    }
    handleGivenUp();
  }

  #failed(error: unknown): void {
    this.#ports.log.error('store.failed', { why: reasonOf(error) });
  }

  /** Claimed calls that others might still take. Relayed calls are left out: their records say who has them. */
  async #recentClaims(): Promise<
    readonly { callId: string; accountId: string | undefined; by: Agent }[]
  > {
    const { store, clock, relayedCalls, streams } = this.#ports;
    const recent = await store.claimed(clock.now() - timing.ring - RESERVATION_GRACE_MS);
    const known = new Set(recent.map(({ callId }) => callId));
    // The relay has the audio of these, so it knows that nobody is talking.
    const streamed = await Promise.all(
      streams.unattended().flatMap((id) => (known.has(id) ? [] : [store.call(id)])),
    );
    const claimed = [...recent, ...streamed.flatMap((call) => (call && !call.ended ? [call] : []))];
    return claimed.flatMap(({ callId, accountId, claimedBy }) =>
      claimedBy && !relayedCalls?.find(callId) ? [{ callId, accountId, by: claimedBy }] : [],
    );
  }

  close(): void {
    this.#closed = true;
    for (const agentId of this.#graces.keys()) this.handleConnected(agentId);
  }
}
