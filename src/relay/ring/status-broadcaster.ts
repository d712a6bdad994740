import type { Clock } from '../../shared/lib/clock.ts';
import { Deadline } from '../../shared/lib/deadline.ts';
import type { Agent } from '../../shared/protocol/frames.ts';
import type { RelayedCalls } from '../relayed-calls/calls.ts';
import type { Account } from '../config/account.ts';
import type { Policy } from '../config/media.ts';
import { reasonOf, type Log } from '../log.ts';
import type { BridgeReport } from '../media/call-bridge.ts';
import type { Member, Store } from '../store/store.ts';
import type { Access } from '../access/access.ts';
import type { Audiences } from '../connections/audience.ts';
import type { AgentConnection, RingingCall } from '../connections/agent-connection.ts';
import { engaged } from '../relayed-calls/state-machine/state.ts';
import { CallBoard } from './call-board.ts';
import { eligibleAgents } from './eligible-agents.ts';
import { RingingBoard } from './ringing-board.ts';
import { TeamBoard } from './team-board.ts';

/** Every console more makes it this much longer until the team is told again, in ms: 3,000 are told 3 times a second. */
const TEAM_PAUSE_MS = 0.1;

export interface BroadcasterPorts {
  store: Store;
  clock: Clock;
  log: Log;
  accounts: readonly Account[];
  access: Access;
  audiences: Audiences;
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
 * agent. A console is sent only what differs from last time.
 */
export class StatusBroadcaster {
  readonly #ports: BroadcasterPorts;
  readonly #team: TeamBoard;
  readonly #ringing: RingingBoard;
  readonly #calls: CallBoard;
  #refreshing: Promise<void> | undefined;
  #refreshAgain = false;
  #isTeamDue = false;
  /** Runs while the team was told a moment ago. */
  #teamPause: ReturnType<typeof setTimeout> | undefined;
  /** Of a ring order's next step, or a presence's end. */
  readonly #nextRefresh: Deadline;
  #closed = false;

  constructor(ports: BroadcasterPorts) {
    this.#ports = ports;
    this.#team = new TeamBoard({
      ...ports,
      engaged: () => (ports.relayedCalls?.all() ?? []).flatMap(({ state }) => engaged(state)),
    });
    this.#ringing = new RingingBoard(ports);
    this.#calls = new CallBoard({ ...ports, handleStats: () => this.refresh() });
    this.#nextRefresh = new Deadline(ports.clock, () => this.refreshTeam());
  }

  /** Shows everybody which calls have changed. Changes in quick succession are shown once. */
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

  /** Something that presence follows from may have changed, too. */
  refreshTeam(): void {
    this.#team.invalidate();
    this.#isTeamDue = true;
    this.refresh();
  }

  /** Every 10 s: what another process or node has written of agents counts, too. */
  handleHeartbeat(): void {
    this.#team.readAgain();
    this.refreshTeam();
  }

  /** An agent set their presence, which ends their wrap-up. */
  handlePresence(agentId: string): void {
    const { log } = this.#ports;
    this.#team.endWrapUp(agentId).then(
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

  /** Agents who can take a ringing call, whether it rings at them already or not. */
  async eligibleAgents(callId: string): Promise<readonly Agent[]> {
    await this.#team.update();
    const call = await this.#ports.store.call(callId);
    if (!call) return [];
    const able = eligibleAgents(call, this.#team.present);
    return this.#ringing.ableToTake(call.accountId, able).map(({ agent }) => agent);
  }

  async #broadcast(): Promise<void> {
    const { connections, memberOf, relayedCalls } = this.#ports;
    while (this.#refreshAgain) {
      this.#refreshAgain = false;
      if (this.#isTeamDue && this.#teamPause === undefined) await this.#tellTeam();
      const rings = await this.#ringing.calls(this.#team.present);
      const calls = this.#calls.shown();
      const ringsOf = this.#ringsByAudience(rings);
      for (const connection of connections()) {
        const { id } = connection.agent;
        connection.showRinging(ringsOf(id));
        const me = calls.length > 0 ? memberOf(id) : undefined;
        if (me) connection.showCalls(this.#calls.shownTo(me, calls));
      }
      this.#ports.handleRinging(rings);
      relayedCalls?.forgetEnded();
    }
    this.#armRefresh();
    this.#calls.armStats();
  }

  /** Those of the ringing calls that an agent may hear of; the same list for everybody with the same rights. */
  #ringsByAudience(rings: readonly RingingCall[]): (agentId: string) => readonly RingingCall[] {
    const heard = new Map<string, readonly RingingCall[]>();
    return (agentId) => {
      if (rings.length === 0) return rings;
      const { key, hears } = this.#ports.audiences.of(agentId);
      const known = heard.get(key) ?? rings.filter(({ accountId }) => hears(accountId));
      heard.set(key, known);
      return known;
    };
  }

  async #tellTeam(): Promise<void> {
    this.#isTeamDue = false;
    await this.#team.update();
    this.#team.tell();
    const pauseMs = this.#ports.connections().length * TEAM_PAUSE_MS;
    if (pauseMs < 1) return;
    this.#teamPause = setTimeout(() => {
      this.#teamPause = undefined;
      if (this.#isTeamDue) this.refresh();
    }, pauseMs);
  }

  /** Looks again when a ring order's next step or a presence's end is due. */
  #armRefresh(): void {
    const times = [this.#ringing.nextAt, this.#team.nextAt].filter((at) => at !== undefined);
    this.#nextRefresh.set(times.length === 0 || this.#closed ? undefined : Math.min(...times));
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#nextRefresh.set(undefined);
    clearTimeout(this.#teamPause);
    this.#calls.close();
    await this.#refreshing;
  }
}
