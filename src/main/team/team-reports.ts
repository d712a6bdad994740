import type { Call } from '../../shared/call/model.ts';
import type { Answered } from '../../shared/ipc/errors.ts';
import type { BoardView, TeamCallsPage } from '../../shared/ipc/team.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import { refuse } from '../refusal.ts';
import type { RelayClient } from '../relay-client/relay-client.ts';

type Placed = Pick<Call, 'accountId' | 'party'> & { providerCallId: string };

interface Ports {
  relay: Pick<RelayClient, 'board' | 'teamCalls' | 'placed'> | undefined;
  clock: Clock;
  accountLabel: (accountId: string) => string;
}

/** What supervisors see of their team's calls, and what is reported to them of ours. */
export class TeamReports {
  readonly #ports: Ports;
  /** Calls of ours that the relay was told of, while they go on. */
  readonly #reported = new Set<string>();
  /** Calls that it could not be told of, by our id. */
  readonly #untold = new Map<string, Placed>();

  constructor(ports: Ports) {
    this.#ports = ports;
  }

  /** The relay sees who placed only those calls that it carries. */
  handleCall({ id, path, phase, direction, accountId, providerCallId, party }: Call): void {
    if (phase.name === 'ended') return void this.#reported.delete(id);
    if (direction === 'inbound' || path === 'relayed' || providerCallId === undefined) return;
    if (this.#reported.has(id)) return;
    this.#reported.add(id);
    this.#untold.set(id, { accountId, providerCallId, party });
    void this.tellPlaced();
  }

  /** Tells of calls that were placed, also while the relay was away. Told twice, they count once. */
  async tellPlaced(): Promise<void> {
    const { relay } = this.#ports;
    for (const [id, placed] of this.#untold) {
      if (!relay || !(await relay.placed(placed))) return;
      this.#untold.delete(id);
    }
  }

  /** Who waits and talks now, and the figures since midnight here. */
  async board(): Promise<Answered<BoardView>> {
    const { relay, clock, accountLabel } = this.#ports;
    if (!relay) return refuse('offline');
    const now = clock.now();
    const outcome = await relay.board(Math.max(0, now - new Date(now).setHours(0, 0, 0, 0)));
    if (outcome.kind === 'refused') return refuse('relay-refused', outcome.why);
    if (outcome.kind !== 'board') return refuse('offline');
    const { waiting, live, agents, numbers } = outcome;
    const known = clock.now();
    return {
      ok: true,
      value: {
        waiting: waiting.map(({ accountId, forMs, ...one }) => ({
          ...one,
          account: accountLabel(accountId),
          since: known - forMs,
        })),
        live: live.map(({ accountId, forMs, agent, ...one }) => ({
          ...one,
          agent: agent.name,
          account: accountLabel(accountId),
          since: known - forMs,
        })),
        agents,
        numbers: numbers.map((one) => ({ ...one, label: accountLabel(one.id) })),
      },
    };
  }

  /** A page of the team's calls, newest first. */
  async calls(question: {
    agentId?: string | undefined;
    before?: number | undefined;
  }): Promise<Answered<TeamCallsPage>> {
    const { relay, clock, accountLabel } = this.#ports;
    if (!relay) return refuse('offline');
    const outcome = await relay.teamCalls(question);
    if (outcome.kind === 'refused') return refuse('relay-refused', outcome.why);
    if (outcome.kind !== 'team-calls') return refuse('offline');
    const now = clock.now();
    const calls = outcome.calls.map(({ accountId, agoMs, ...one }) => ({
      ...one,
      account: accountLabel(accountId),
      at: now - agoMs,
    }));
    return { ok: true, value: { calls, before: outcome.before } };
  }
}
