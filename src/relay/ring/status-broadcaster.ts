import { timing } from '../../shared/call/timing.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import { Deadline } from '../../shared/lib/deadline.ts';
import type {
  Agent,
  RelayedCallStatus as CallFrame,
  Teammate,
} from '../../shared/protocol/frames.ts';
import type { RelayedCall } from '../relayed-calls/call.ts';
import type { RelayedCalls } from '../relayed-calls/calls.ts';
import { callFrame, concerns } from '../relayed-calls/frames.ts';
import type { Access } from '../access/access.ts';
import type { Account } from '../config/account.ts';
import type { Policy } from '../config/media.ts';
import { reasonOf, type Log } from '../log.ts';
import type { BridgeReport } from '../media/call-bridge.ts';
import type { Member, Store } from '../store/store.ts';
import { eligibleAgents, type Present } from './eligible-agents.ts';
import type { AgentConnection, RingingCall } from '../connections/agent-connection.ts';
import { agentsToRing } from './ring-order.ts';
import { engaged, ownerOf } from '../relayed-calls/state-machine/state.ts';
import { Team } from '../agents/presence.ts';

/** Interval between two readings of the media statistics of calls in progress, in ms. */
const STATS_MS = 1_000;

export interface BroadcasterPorts {
  store: Store;
  clock: Clock;
  log: Log;
  accounts: readonly Account[];
  access: Access;
  /** For an account's calls. */
  policyOf: (accountId: string) => Policy;
  /** For the agents of a workspace. */
  policyOfWorkspace: (workspace: string) => Policy;
  /** An agent as they are now; undefined when they may not connect any more. */
  memberOf: (agentId: string) => Member | undefined;
  /** The media statistics of a call; undefined when it has no media. */
  report: (callId: string) => Promise<BridgeReport | undefined>;
  relayedCalls: RelayedCalls | undefined;
  /** Connected consoles, one for each agent. */
  connections: () => readonly AgentConnection[];
  /** Consoles were sent what rings. */
  handleRinging: (rings: readonly RingingCall[]) => void;
}

/**
 * Sends every console the team's presence, who can take each ringing call, and the relayed calls that concern its
 * agent. Everything is derived anew at each change; a console is sent only what differs from last time.
 */
export class StatusBroadcaster {
  readonly #ports: BroadcasterPorts;
  readonly #team = new Team();
  readonly #reports = new Map<string, BridgeReport>();
  #teammates: readonly Teammate[] = [];
  #refreshing: Promise<void> | undefined;
  #refreshAgain = false;
  /** Of a ring order's next step, or a presence's end. */
  readonly #nextRefresh: Deadline;
  #cancelStats: (() => void) | undefined;
  #closed = false;

  constructor(ports: BroadcasterPorts) {
    this.#ports = ports;
    this.#nextRefresh = new Deadline(ports.clock, () => this.refresh());
  }

  /** Shows everybody what has changed. Changes in quick succession are shown once. */
  refresh(): void {
    this.#refreshAgain = true;
    if (this.#refreshing || this.#closed) return;
    this.#refreshing = this.#broadcast()
      .catch((error: unknown) => {
        this.#ports.log.error('store.failed', { why: reasonOf(error) });
      })
      .finally(() => {
        this.#refreshing = undefined;
        // Asked for after the last look, but before this one was known to be over.
        if (this.#refreshAgain) this.refresh();
      });
  }

  /** An agent set their presence, which ends their wrap-up. */
  handlePresence(agentId: string): void {
    const { store, log } = this.#ports;
    store.agents.wrapUp(agentId, undefined).then(
      () => this.refresh(),
      (error: unknown) => log.error('store.failed', { why: reasonOf(error) }),
    );
  }

  /** The teammate to whom an agent may transfer a call of an account now, or why they may not. */
  async transferTo(
    from: Member,
    id: string,
    accountId: string,
  ): Promise<{ agent: Agent } | { why: string }> {
    const { access, memberOf } = this.#ports;
    const teammate = (await this.#updateTeam()).find((one) => one.id === id);
    const member = memberOf(id);
    if (!teammate || !member || !access.seesTeammate(from, member)) {
      return { why: 'unknown-teammate' };
    }
    const { name, presence } = teammate;
    if (!access.mayBeHanded(member, accountId)) return { why: 'restricted' };
    if (presence === 'on-call') return { why: 'busy' };
    return presence === 'available' ? { agent: { id, name } } : { why: presence };
  }

  /** Agents who can take a ringing call, whether it rings at them already or not. */
  async eligibleAgents(callId: string): Promise<readonly Agent[]> {
    await this.#updateTeam();
    const call = await this.#ports.store.call(callId);
    if (!call) return [];
    return this.#ableToTake(call.accountId, eligibleAgents(call, this.#present())).map(
      ({ agent }) => agent,
    );
  }

  async #updateTeam(): Promise<readonly Teammate[]> {
    const { store, clock, policyOfWorkspace, memberOf, relayedCalls, connections } = this.#ports;
    const calls = relayedCalls?.all() ?? [];
    const busy = calls.flatMap(({ state }) => engaged(state).map(({ id }) => id));
    for (const id of this.#team.engage(new Set(busy))) {
      const wrapUpSeconds = policyOfWorkspace(memberOf(id)?.workspace ?? '').wrapUpSeconds;
      if (wrapUpSeconds > 0) await store.agents.wrapUp(id, clock.now() + wrapUpSeconds * 1000);
    }
    this.#teammates = this.#team.update({
      members: await store.agents.list(),
      reported: new Map(connections().map(({ agent, presence }) => [agent.id, presence])),
      now: clock.now(),
    });
    return this.#teammates;
  }

  #present(): Present[] {
    return this.#teammates.flatMap(({ id, name, presence, team }) =>
      presence === 'offline' ? [] : [{ agent: { id, name }, presence, team }],
    );
  }

  /** Those who may take customers' calls of an account. */
  #ableToTake<T extends { agent: Agent }>(accountId: string | undefined, of: readonly T[]): T[] {
    const { access, memberOf } = this.#ports;
    return of.filter(({ agent }) => {
      const member = memberOf(agent.id);
      return member !== undefined && access.mayTake(member, accountId);
    });
  }

  async #broadcast(): Promise<void> {
    const { access, connections, memberOf, relayedCalls } = this.#ports;
    while (this.#refreshAgain) {
      this.#refreshAgain = false;
      const team = await this.#updateTeam();
      const teams = new Map<string, Teammate[]>();
      for (const teammate of team) {
        const { workspace = '' } = memberOf(teammate.id) ?? {};
        teams.set(workspace, [...(teams.get(workspace) ?? []), teammate]);
      }
      const present = this.#present();
      const rings = [...(await this.#ringing(present)), ...this.#callOffers(present)];
      const calls = relayedCalls?.all() ?? [];
      const frames = new Map(calls.map((call) => [call, this.#frame(call)]));
      for (const connection of connections()) {
        const me = memberOf(connection.agent.id);
        if (!me) continue;
        connection.showTeam(teams.get(me.workspace) ?? []);
        connection.showRinging(rings.filter(({ accountId }) => access.hears(me, accountId)));
        connection.showCalls(this.#framesFor(me, frames));
      }
      this.#ports.handleRinging(rings);
      relayedCalls?.forgetEnded();
    }
    this.#armRefresh();
    this.#armStats();
  }

  #framesFor(me: Member, frames: ReadonlyMap<RelayedCall, CallFrame>): readonly CallFrame[] {
    const { access, policyOf } = this.#ports;
    return [...frames].flatMap(([call, frame]) => {
      const { accountId } = frame;
      if (!access.hears(me, accountId)) return [];
      const ended = frame.state === 'ended';
      if (!ended && !concerns(call.record, me, access)) return [];
      const hidden = policyOf(accountId).hideSupervision && !access.maySupervise(me, accountId);
      return [hidden ? { ...frame, supervisors: [] } : frame];
    });
  }

  #frame(call: RelayedCall): CallFrame {
    const { record, state, legs } = call;
    const report = this.#reports.get(record.callId);
    const owner = ownerOf(state);
    return callFrame(record, report && { report, agentLeg: owner && legs.get(owner.id)?.id });
  }

  #nextRing: number | undefined;

  async #ringing(present: readonly Present[]): Promise<readonly RingingCall[]> {
    const { store, clock, accounts } = this.#ports;
    const now = clock.now();
    this.#nextRing = undefined;
    return (await store.ringing(now - timing.ring)).flatMap((call) => {
      if (!call.offer) return [];
      const order = accounts.find(({ id }) => id === call.accountId)?.ring ?? 'everyone';
      const able = this.#ableToTake(call.accountId, eligibleAgents(call, present));
      const { agents, nextAt } = agentsToRing(order, call.offer.at, now, able, call.assigned);
      if (nextAt !== undefined) this.#nextRing = Math.min(nextAt, this.#nextRing ?? nextAt);
      const { callId, accountId, offer } = call;
      return [
        { callId, accountId, cursor: offer.cursor, agents: agents.map(({ agent }) => agent) },
      ];
    });
  }

  /** Call offers ring like calls of their own. */
  #callOffers(present: readonly Present[]): readonly RingingCall[] {
    return (this.#ports.relayedCalls?.all() ?? []).flatMap(({ state, record: { accountId } }) => {
      switch (state.kind) {
        case 'transfer-offered': {
          const { id, cursor, to } = state.callOffer;
          const agents = present
            .filter(({ agent }) => agent.id === to.id)
            .map(({ agent }) => agent);
          return [{ callId: id, accountId, cursor, agents }];
        }
        case 'queued': {
          const { id, cursor, declinedBy } = state.callOffer;
          const able = this.#ableToTake(accountId, present).filter(
            ({ agent, presence }) => presence === 'available' && !declinedBy.includes(agent.id),
          );
          return [{ callId: id, accountId, cursor, agents: able.map(({ agent }) => agent) }];
        }
        default:
          return [];
      }
    });
  }

  /** Looks again when a ring order's next step or a presence's end is due. */
  #armRefresh(): void {
    const times = [this.#nextRing, this.#team.nextAt].filter((at) => at !== undefined);
    this.#nextRefresh.set(times.length === 0 || this.#closed ? undefined : Math.min(...times));
  }

  #armStats(): void {
    const { clock, relayedCalls } = this.#ports;
    const live =
      relayedCalls?.all().filter(({ record, isOver }) => record.startedAt && !isOver) ?? [];
    if (live.length === 0 || this.#cancelStats || this.#closed) return;
    this.#cancelStats = clock.at(clock.now() + STATS_MS, () => {
      this.#cancelStats = undefined;
      this.#readStats(live).then(
        () => this.refresh(),
        (error: unknown) => this.#ports.log.error('stats.failed', { why: reasonOf(error) }),
      );
    });
  }

  async #readStats(calls: readonly RelayedCall[]): Promise<void> {
    this.#reports.clear();
    for (const { record } of calls) {
      const report = await this.#ports.report(record.callId);
      if (report) this.#reports.set(record.callId, report);
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#nextRefresh.set(undefined);
    this.#cancelStats?.();
    await this.#refreshing;
  }
}
