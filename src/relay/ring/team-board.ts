import type { Clock } from '../../shared/lib/clock.ts';
import type { Teammate } from '../../shared/protocol/frames.ts';
import type { Agent } from '../../shared/protocol/agent.ts';
import type { RingerProblem } from '../../shared/protocol/ringer.ts';
import type { ConnectedElsewhere, Nodes } from '../cluster/nodes.ts';
import { Team } from '../agents/presence.ts';
import type { Policy } from '../config/media.ts';
import type { AgentConnection, TeamNews } from '../connections/agent-connection.ts';
import { SharedFrame } from '../connections/shared-frame.ts';
import type { AgentRecord, Member } from '../store/agent-store.ts';
import type { Store } from '../store/store.ts';
import type { Present } from './eligible-agents.ts';

/** Maximum number of teammates per frame, far below the size limit. */
const IN_ONE_FRAME = 1_000;

interface TeamBoardPorts {
  store: Store;
  clock: Clock;
  /** For the agents of a workspace. */
  policyOfWorkspace: (workspace: string) => Policy;
  /** An agent as they are now; undefined if they may no longer connect. */
  memberOf: (agentId: string) => Member | undefined;
  connections: () => readonly AgentConnection[];
  /** Agents who have a relayed call, here or at another node. */
  engaged: () => readonly Agent[];
  /** Of these, those whose call was answered. */
  talking: () => readonly Agent[];
  nodes: Pick<Nodes, 'agents' | 'show'>;
}

/** A part of the team as last sent to those who see it. */
type TeamPart = ReadonlyMap<string, Teammate>;

/** Everybody's presence, and the changes to send. */
export class TeamBoard {
  readonly #ports: TeamBoardPorts;
  readonly #team = new Team();
  #records: readonly AgentRecord[] = [];
  /**
   * Version of the store's agents when they were last read; undefined if they must be read again.
   */
  #version: string | undefined;
  #teammates: readonly Teammate[] = [];
  #byId: ReadonlyMap<string, Teammate> = new Map();
  #present: readonly Present[] = [];
  /** Teammates as those see them who have some numbers alone, by the key of the part. */
  readonly #cut = new WeakMap<Teammate, Map<string, Teammate>>();
  /** By the name of the part. */
  #shown: ReadonlyMap<string, TeamPart> = new Map();
  /** Whose console was here, and vanished without a good-bye. */
  readonly #vanished = new Set<string>();
  #isStale = true;
  #deriving: Promise<void> | undefined;

  constructor(ports: TeamBoardPorts) {
    this.#ports = ports;
  }

  /** Something that presence depends on may have changed. */
  invalidate(): void {
    this.#isStale = true;
  }

  /** Another process may have changed the store's agents. */
  readAgain(): void {
    this.#version = undefined;
    this.#isStale = true;
  }

  /** Ends an agent's wrap-up. Rejects if the store fails. */
  async endWrapUp(agentId: string): Promise<void> {
    const isKnown = this.#version !== undefined;
    const record = this.#records.find(({ id }) => id === agentId);
    if (isKnown && record && record.wrapUpUntil === undefined) return;
    await this.#ports.store.agents.wrapUp(agentId, undefined);
    this.readAgain();
  }

  /** Begins an agent's wrap-up if their workspace has one. Rejects if the store fails. */
  async beginWrapUp(agentId: string): Promise<void> {
    const { store, clock, policyOfWorkspace, memberOf } = this.#ports;
    const { wrapUpSeconds } = policyOfWorkspace(memberOf(agentId)?.workspace ?? '');
    if (wrapUpSeconds === 0) return;
    await store.agents.wrapUp(agentId, clock.now() + wrapUpSeconds * 1000);
    this.readAgain();
  }

  /** When a presence next changes on its own, Unix ms. */
  get nextAt(): number | undefined {
    return this.#team.nextAt;
  }

  /** Derives everybody's presence again if anything changed. Rejects if the store fails. */
  update(): Promise<void> {
    this.#deriving ??= this.#derive().finally(() => {
      this.#deriving = undefined;
    });
    return this.#deriving;
  }

  async #derive(): Promise<void> {
    while (this.#isStale) {
      this.#isStale = false;
      try {
        await this.#deriveOnce();
      } catch (error) {
        this.#isStale = true;
        throw error;
      }
    }
  }

  async #deriveOnce(): Promise<void> {
    const { clock, connections, nodes } = this.#ports;
    await this.#beginWrapUps();
    await this.#read();
    this.#teammates = this.#team.update({
      members: this.#records,
      reported: new Map(connections().map(({ agent, presence }) => [agent.id, presence])),
      unreachable: this.#unreachable(connections()),
      elsewhere: nodes.agents(),
      now: clock.now(),
    });
    this.#byId = new Map(this.#teammates.map((teammate) => [teammate.id, teammate]));
    nodes.show(this.#here());
    this.#present = this.#teammates.flatMap(({ id, name, presence, team }) =>
      presence === 'offline' ? [] : [{ agent: { id, name }, presence, team }],
    );
  }

  /** An agent's console vanished from here, or is back. */
  noteVanished(agentId: string, isGone: boolean): void {
    if (isGone) this.#vanished.add(agentId);
    else this.#vanished.delete(agentId);
  }

  #unreachable(connections: readonly AgentConnection[]): ReadonlyMap<string, RingerProblem> {
    const problems = new Map<string, RingerProblem>();
    for (const id of this.#vanished) problems.set(id, 'connection');
    for (const { agent, unreachable } of connections) {
      if (unreachable) problems.set(agent.id, unreachable);
      else problems.delete(agent.id);
    }
    return problems;
  }

  /** The agents who are connected here, as announced to the other nodes. */
  #here(): ReadonlyMap<string, ConnectedElsewhere> {
    const here = new Map<string, ConnectedElsewhere>();
    for (const { agent, connectedAt } of this.#ports.connections()) {
      const known = this.#byId.get(agent.id);
      if (!known || known.presence === 'offline') continue;
      const { presence, since, unreachable } = known;
      here.set(agent.id, { presence, since, connectedAt, ...(unreachable && { unreachable }) });
    }
    return here;
  }

  async #beginWrapUps(): Promise<void> {
    const { engaged, talking, nodes } = this.#ports;
    const ids = (agents: readonly Agent[]) => new Set(agents.map(({ id }) => id));
    for (const id of this.#team.engage(ids(engaged()), ids(talking()))) {
      if (!nodes.agents().has(id)) await this.beginWrapUp(id);
    }
  }

  async #read(): Promise<void> {
    const { agents } = this.#ports.store;
    const version = await agents.version();
    if (version === this.#version) return;
    this.#records = await agents.list();
    this.#version = version;
  }

  /** Connected agents; the same list until something changes. */
  get present(): readonly Present[] {
    return this.#present;
  }

  /** The agents of a team of this name, in every workspace. */
  inTeam(team: string): readonly Teammate[] {
    return this.#teammates.filter((one) => one.team === team);
  }

  /** An agent as their team sees them. */
  find(id: string): Teammate | undefined {
    return this.#byId.get(id);
  }

  /** Sends every console the changes in the part of the team that it sees. */
  tell(): void {
    const parts = this.#parts();
    const news = new Map(
      [...parts].map(([key, part]) => [key, newsOf(key, part, this.#shown.get(key))]),
    );
    this.#shown = parts;
    for (const connection of this.#ports.connections()) {
      const member = this.#ports.memberOf(connection.agent.id);
      const change = member && news.get(partOf(member));
      if (change) connection.showTeam(change);
    }
  }

  #parts(): ReadonlyMap<string, TeamPart> {
    const members = this.#teammates.flatMap(({ id }) => this.#ports.memberOf(id) ?? []);
    const parts = new Map<string, Map<string, Teammate>>();
    for (const viewer of members) {
      const key = partOf(viewer);
      if (parts.has(key)) continue;
      const seen = members.filter(({ workspace }) => workspace === viewer.workspace);
      const part = seen.flatMap(({ id }) => this.#byId.get(id) ?? []);
      parts.set(key, new Map(part.map((one) => [one.id, this.#asSeen(one, viewer, key)])));
    }
    return parts;
  }

  /** A teammate without numbers that are none of the viewer's; the same object until something changes. */
  #asSeen(teammate: Teammate, { numbers: own }: Member, key: string): Teammate {
    const { numbers } = teammate;
    if (numbers === undefined || own === 'all') return teammate;
    const cut = this.#cut.get(teammate) ?? new Map<string, Teammate>();
    this.#cut.set(teammate, cut);
    const known = cut.get(key) ?? {
      ...teammate,
      numbers: numbers.filter((one) => own.includes(one)),
    };
    cut.set(key, known);
    return known;
  }
}

/** The key of what an agent sees of the team; see `Access.seesTeammate`. */
const partOf = ({ workspace, numbers }: Member): string => JSON.stringify([workspace, numbers]);

function newsOf(key: string, now: TeamPart, before: TeamPart | undefined): TeamNews {
  const changed = [...now.values()].filter((teammate) => before?.get(teammate.id) !== teammate);
  const gone = before ? [...before.keys()].filter((id) => !now.has(id)) : [];
  let whole: readonly SharedFrame[] | undefined;
  return {
    key,
    whole: () => (whole ??= teamFrames(true, [...now.values()], [])),
    changes: changed.length + gone.length > 0 ? teamFrames(false, changed, gone) : [],
  };
}

/** Splits a large team into several frames: the first starts the list, the others add to it. */
function teamFrames(
  whole: boolean,
  agents: readonly Teammate[],
  gone: readonly string[],
): readonly SharedFrame[] {
  const frames: SharedFrame[] = [];
  for (let start = 0; start === 0 || start < agents.length; start += IN_ONE_FRAME) {
    const some = agents.slice(start, start + IN_ONE_FRAME);
    const first = start === 0;
    const isWhole = whole && first;
    frames.push(
      new SharedFrame({ type: 'team', whole: isWhole, agents: some, gone: first ? [...gone] : [] }),
    );
  }
  return frames;
}
