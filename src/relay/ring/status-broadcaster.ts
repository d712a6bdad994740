import type { Clock } from '../../shared/lib/clock.ts';
import { Deadline } from '../../shared/lib/deadline.ts';
import type { Agent } from '../../shared/protocol/agent.ts';
import type { RelayedCalls } from '../relayed-calls/calls.ts';
import type { Account } from '../config/account.ts';
import type { Policy } from '../config/media.ts';
import { reasonOf, type Log } from '../log.ts';
import type { BridgeReport } from '../media/call-bridge.ts';
import type { Member } from '../store/agent-store.ts';
import type { Store } from '../store/store.ts';
import type { Access } from '../access/access.ts';
import type { RingingCall } from '../connections/agent-connection.ts';
import type { ConnectedAgents, Room } from '../connections/connected-agents.ts';
import { engaged, talking } from '../relayed-calls/state-machine/state.ts';
import type { Nodes } from '../cluster/nodes.ts';
import { CallBoard } from './call-board.ts';
import { eligibleAgents } from './eligible-agents.ts';
import { RingingBoard } from './ringing-board.ts';
import { TeamBoard } from './team-board.ts';

/** After a team update, pause for this many times its duration: updates may take a tenth of the relay's time. */
const TEAM_PAUSE = 9;
/** The longest such pause, in ms. */
const LONGEST_PAUSE_MS = 1_000;

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
  /** An agent as they are now; undefined if they may no longer connect. */
  memberOf: (agentId: string) => Member | undefined;
  /** The media statistics of a call; undefined when it has no media. */
  report: (callId: string) => Promise<BridgeReport | undefined>;
  relayedCalls: RelayedCalls | undefined;
  connectedAgents: Pick<ConnectedAgents, 'connections' | 'rooms'>;
  nodes: Pick<Nodes, 'agents' | 'show'>;
  /** Ringing calls were sent to consoles. */
  handleRinging: (rings: readonly RingingCall[]) => void;
}

/**
 * Sends every console the team's presence, who can take each ringing call, and the relayed calls
 * that concern its agent. Each console receives only changes.
 */
export class StatusBroadcaster {
  readonly #ports: BroadcasterPorts;
  readonly #team: TeamBoard;
  readonly #ringing: RingingBoard;
  readonly #calls: CallBoard;
  #refreshing: Promise<void> | undefined;
  #refreshAgain = false;
  #isTeamDue = false;
  /** Runs for a while after a team update. */
  #teamPause: ReturnType<typeof setTimeout> | undefined;
  /** The next step of a ring order, or the next end of a presence. */
  readonly #nextRefresh: Deadline;
  /** Rooms whose consoles were last shown a ringing call. */
  #ringingRooms: ReadonlySet<Room> = new Set();
  #closed = false;

  constructor(ports: BroadcasterPorts) {
    this.#ports = ports;
    const states = () => (ports.relayedCalls?.records() ?? []).map(({ state }) => state);
    this.#team = new TeamBoard({
      ...ports,
      connections: () => ports.connectedAgents.connections(),
      engaged: () => states().flatMap(engaged),
      talking: () => states().flatMap(talking),
    });
    this.#ringing = new RingingBoard(ports);
    this.#calls = new CallBoard({ ...ports, handleStats: () => this.refresh() });
    this.#nextRefresh = new Deadline(ports.clock, () => this.refreshTeam());
  }

  /** Sends which calls have changed. Changes in quick succession are sent once. */
  refresh(): void {
    this.#refreshAgain = true;
    if (this.#refreshing || this.#closed) return;
    this.#refreshing = this.#broadcast()
      .catch((error: unknown) => {
        this.#ports.log.error('store.failed', { why: reasonOf(error) });
      })
      .finally(() => {
        this.#refreshing = undefined;
        // Requested after the last reading, but before this run ended.
        if (this.#refreshAgain) this.refresh();
      });
  }

  /** Something that presence depends on may have changed as well. */
  refreshTeam(): void {
    this.#team.invalidate();
    this.#isTeamDue = true;
    this.refresh();
  }

  /** An agent's console vanished without a good-bye, or is back. */
  noteVanished(agentId: string, isGone: boolean): void {
    this.#team.noteVanished(agentId, isGone);
  }

  /** Every 10 s: includes changes of agents by other processes and nodes. */
  handleHeartbeat(): void {
    this.#team.readAgain();
    this.refreshTeam();
  }

  /** An agent set their presence, perhaps the same again, which ends their wrap-up; after a call, it begins. */
  handlePresence(
    agentId: string,
    { isNew, afterCall }: { isNew: boolean; afterCall: boolean },
  ): void {
    const { log } = this.#ports;
    const isWrappingUp = this.#team.find(agentId)?.presence === 'wrap-up';
    if (!isNew && !afterCall && !isWrappingUp) return;
    const written = afterCall ? this.#team.beginWrapUp(agentId) : this.#team.endWrapUp(agentId);
    written.then(
      () => this.refreshTeam(),
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
    await this.#team.update();
    const teammate = this.#team.find(id);
    const member = memberOf(id);
    if (!teammate || !member || !access.seesTeammate(from, member)) {
      return { why: 'unknown-teammate' };
    }
    const { name, presence } = teammate;
    if (!access.mayBeHanded(member, accountId)) return { why: 'restricted' };
    if (presence === 'on-call') return { why: 'busy' };
    return presence === 'available' ? { agent: { id, name } } : { why: presence };
  }

  /** Those of a team who can be handed a call of an account now, or why nobody can. */
  async transferToTeam(
    from: Member,
    team: string,
    accountId: string,
  ): Promise<{ agents: readonly Agent[] } | { why: string }> {
    const { access, memberOf } = this.#ports;
    await this.#team.update();
    const teammates = this.#team.inTeam(team).filter(({ id }) => {
      const member = memberOf(id);
      return member !== undefined && access.seesTeammate(from, member);
    });
    if (teammates.length === 0) return { why: 'unknown-team' };
    const agents = teammates
      .filter(({ id, presence }) => {
        const member = memberOf(id);
        const may = member !== undefined && access.mayBeHanded(member, accountId);
        return may && id !== from.id && presence === 'available';
      })
      .map(({ id, name }) => ({ id, name }));
    return agents.length === 0 ? { why: 'team-unreachable' } : { agents };
  }

  /** Agents who can take a ringing call, whether it already rings for them or not. */
  async eligibleAgents(callId: string): Promise<readonly Agent[]> {
    await this.#team.update();
    const call = await this.#ports.store.call(callId);
    if (!call) return [];
    const able = eligibleAgents(call, this.#team.present);
    return this.#ringing.ableToTake(call.accountId, able).map(({ agent }) => agent);
  }

  /** Whether a ring order lets a call ring at an agent now, if their presence did; true for calls that do not ring. */
  async mayRingAt(callId: string, { id, name, team }: Member): Promise<boolean> {
    await this.#team.update();
    const call = await this.#ports.store.call(callId);
    if (!call?.offer || call.ended || call.claimedBy) return true;
    return this.#ringing.ringsAt(call, call.offer.at, this.#team.present, {
      agent: { id, name },
      presence: 'available',
      team,
    });
  }

  async #broadcast(): Promise<void> {
    const { relayedCalls } = this.#ports;
    while (this.#refreshAgain) {
      this.#refreshAgain = false;
      await relayedCalls?.elsewhere.update();
      if (this.#isTeamDue && this.#teamPause === undefined) await this.#tellTeam();
      const rings = await this.#ringing.calls(this.#team);
      this.#showRings(rings);
      this.#showCalls();
      this.#ports.handleRinging(rings);
      relayedCalls?.forgetEnded();
    }
    this.#armRefresh();
    this.#calls.armStats();
  }

  /** Shows each room its ringing calls; skips rooms where nothing rings and nothing rang before. */
  #showRings(rings: readonly RingingCall[]): void {
    const ringing = new Set<Room>();
    for (const room of this.#ports.connectedAgents.rooms()) {
      const heard = rings.filter(({ accountId }) => room.audience.hears(accountId));
      if (heard.length > 0) ringing.add(room);
      else if (!this.#ringingRooms.has(room)) continue;
      for (const connection of room.connections) connection.showRinging(heard);
    }
    this.#ringingRooms = ringing;
  }

  #showCalls(): void {
    const { connectedAgents, memberOf } = this.#ports;
    const calls = this.#calls.shown();
    if (calls.length === 0) return;
    for (const { audience, connections } of connectedAgents.rooms()) {
      const heard = calls.filter(({ full }) => audience.hears(full.call.accountId));
      if (heard.length === 0) continue;
      for (const connection of connections) {
        const me = memberOf(connection.agent.id);
        if (me) connection.showCalls(this.#calls.shownTo(me, heard));
      }
    }
  }

  async #tellTeam(): Promise<void> {
    this.#isTeamDue = false;
    const startedAt = performance.now();
    await this.#team.update();
    this.#team.tell();
    const tookMs = performance.now() - startedAt;
    this.#teamPause = setTimeout(
      () => {
        this.#teamPause = undefined;
        if (this.#isTeamDue) this.refresh();
      },
      Math.min(LONGEST_PAUSE_MS, TEAM_PAUSE * tookMs),
    );
  }

  /** Schedules the next step of a ring order or the next end of a presence. */
  #armRefresh(): void {
    const times = [this.#ringing.nextAt, this.#team.nextAt].filter((at) => at !== undefined);
    this.#nextRefresh.set(times.length === 0 || this.#closed ? undefined : Math.min(...times));
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#nextRefresh.set(undefined);
    this.#calls.close();
    await this.#refreshing;
    // What was still going on may have set it.
    clearTimeout(this.#teamPause);
  }
}
