import { t } from '../../shared/i18n/i18n.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import type { RelayedCalls } from '../relayed-calls/calls.ts';
import type { DialFrame, Outcome, PresenceFrame, Request, RingerFrame } from '../outcome.ts';
import type { Access } from '../access/access.ts';
import type { AgentMoved, Nodes } from '../cluster/nodes.ts';
import type { AgentChange } from '../agents/directory.ts';
import { reasonOf, type Log } from '../log.ts';
import { knows } from '../../shared/protocol/older.ts';
import type { NumberWebhooks, OwnRights } from '../../shared/protocol/frames.ts';
import type { AddedEntry, Store } from '../store/store.ts';
import type { Member } from '../store/agent-store.ts';
import type { StatusBroadcaster } from './status-broadcaster.ts';
import type { AgentConnection } from '../connections/agent-connection.ts';
import type { ConnectedAgents } from '../connections/connected-agents.ts';
import type { MediaStreamRegistry } from '../media-streams/registry.ts';
import { AckSaver } from '../connections/ack-saver.ts';
import { AnsweredElsewhere } from '../connections/answered-elsewhere.ts';
import { LogFeed } from '../connections/log-feed.ts';
import { CallRequests } from './call-requests.ts';
import { HeldCalls } from './held-calls.ts';
import { RingProbes } from './ring-probes.ts';
import { writeReport, type ReportFrame } from '../connections/message-log.ts';
import {
  writeDescribed,
  writePeople,
  type DescribedFrame,
  type PeopleFrame,
} from '../connections/people-requests.ts';
import { changeTodo, type TodoFrame } from '../connections/todo-requests.ts';

interface CoordinatorPorts {
  store: Store;
  clock: Clock;
  log: Log;
  access: Access;
  /** An agent as they are now; undefined if they may no longer connect. */
  memberOf: (agentId: string) => Member | undefined;
  /** Reloads the agents if they have changed. */
  refreshMembers: () => Promise<void>;
  /** The rights that an agent is told. */
  rightsOf: (member: Member) => OwnRights;
  broadcaster: StatusBroadcaster;
  /** Who is connected. */
  connectedAgents: ConnectedAgents;
  /** Undefined when no account is relayed. */
  relayedCalls: RelayedCalls | undefined;
  /** Calls whose provider streams their audio here. */
  streams: MediaStreamRegistry;
  /** The other relays that serve the same store. */
  nodes: Nodes;
  /** New entries are in the log; those of other nodes, too. */
  handleNewEntries: () => void;
  /** Another node has seen a number's webhooks refused, or taken again. */
  handleWebhooks: (webhooks: NumberWebhooks) => void;
}

/**
 * Brings consoles, calls and other nodes together: who is connected, what is new in the log, who must
 * hear of it.
 */
export class Coordinator {
  readonly #ports: CoordinatorPorts;
  readonly #held: HeldCalls;
  readonly #feed: LogFeed;
  readonly #acks: AckSaver;
  readonly #requests: CallRequests;
  readonly #probes: RingProbes;
  #closed = false;

  constructor(ports: CoordinatorPorts) {
    this.#ports = ports;
    const { store, connectedAgents } = ports;
    this.#acks = new AckSaver(ports);
    const notifyNewEntries = () => this.notifyNewEntries();
    this.#requests = new CallRequests({ ...ports, notifyNewEntries });
    this.#probes = new RingProbes({
      ...ports,
      handleChange: () => ports.broadcaster.refreshTeam(),
    });
    this.#held = new HeldCalls({ ...ports, handleGivenUp: notifyNewEntries });
    const answered = new AnsweredElsewhere({ ...ports, notifyNewEntries });
    this.#feed = new LogFeed({
      store,
      connectedAgents,
      handleRead: (entries) => answered.handleEntries(entries),
      handleSent: () => ports.broadcaster.refresh(),
      handleFailure: (error, connections) => this.#handleUnreadableLog(error, connections),
    });
  }

  /** After a restart, consoles get the same grace to keep their reservations. */
  async start(): Promise<void> {
    const { store, nodes, relayedCalls } = this.#ports;
    await this.#feed.start();
    store.watch((entries) => this.#handleElsewhere(entries));
    await nodes.start({
      handleForwarded: (forwarded) => this.#requests.handleForwarded(forwarded),
      localStreams: () => this.#ports.streams.snapshot(),
      handleStreams: (node, snapshot) => this.#ports.streams.handleNode(node, snapshot),
      handleWebhooks: (webhooks) => this.#ports.handleWebhooks(webhooks),
      handleAudio: (token) => this.#ports.streams.agents.redeem(token),
      handleAgents: (moved) => this.#handleMoved(moved),
      handleBeat: () => this.#handleBeat(),
      handleBack: () => this.#handleBack(),
    });
    await this.#held.start();
    await relayedCalls?.start();
  }

  /** Another node has written to the store. */
  #handleElsewhere(entries: readonly AddedEntry[]): void {
    const { relayedCalls, streams, broadcaster } = this.#ports;
    relayedCalls?.elsewhere.invalidate();
    relayedCalls?.handleEntries(entries);
    streams.handleProviderEvents(entries.map(({ body }) => body));
    if (entries.length > 0) this.notifyNewEntries();
    broadcaster.refreshTeam();
  }

  /** Agents' consoles at other nodes have connected or disconnected. */
  #handleMoved(moved: readonly AgentMoved[]): void {
    const { connectedAgents, relayedCalls, broadcaster } = this.#ports;
    for (const { agentId, now } of moved) {
      const here = connectedAgents.get(agentId);
      if (!now) {
        if (!here) this.#handleGone(agentId);
        continue;
      }
      if (here && here.connectedAt < now.connectedAt) here.refuse('replaced', t('relay.replaced'));
      this.#held.handleConnected(agentId);
      relayedCalls?.handleAgentConnected(agentId);
    }
    broadcaster.refreshTeam();
  }

  /** An agent has no console at any node any more. */
  #handleGone(agentId: string): void {
    if (this.#closed) return;
    this.#held.handleDisconnected(agentId);
    this.#ports.relayedCalls?.handleAgentDisconnected(agentId);
  }

  #handleBack(): void {
    this.#ports.relayedCalls
      ?.leaveTakenOver()
      .catch((error: unknown) => this.#ports.log.error('store.failed', { why: reasonOf(error) }));
  }

  #handleBeat(): void {
    const { nodes, relayedCalls, log } = this.#ports;
    if (this.#closed || !nodes.isFirst()) return;
    relayedCalls
      ?.adopt((node) => nodes.isGone(node))
      .catch((error: unknown) => log.error('store.failed', { why: reasonOf(error) }));
  }

  /** A console has said hello. It replaces an earlier one of the same agent. */
  handleConnected(connection: AgentConnection, release?: string): void {
    const { agent, version, presence } = connection;
    const { id } = agent;
    const { clock, nodes } = this.#ports;
    // It is the later one, whatever the clocks of the two nodes say.
    const elsewhere = nodes.agents().get(id)?.connectedAt ?? 0;
    connection.connectedAt = Math.max(clock.now(), elsewhere + 1);
    this.#ports.connectedAgents.add(connection)?.refuse('replaced', t('relay.replaced'));
    this.#held.handleConnected(id);
    this.#ports.broadcaster.noteVanished(id, false);
    this.#probes.handleConnected(connection);
    this.#ports.log.info('agent.connected', { agent: id, presence, version, release });
    this.#ports.relayedCalls?.handleAgentConnected(id);
    this.#feed.pump(connection);
    this.#feed.notify();
    this.#ports.broadcaster.refreshTeam();
  }

  /** A console's connection is gone. */
  async handleDisconnected(connection: AgentConnection, vanished: boolean): Promise<void> {
    const { id } = connection.agent;
    this.#probes.handleDisconnected(connection);
    await this.#acks.save([connection]);
    // A replaced console is no longer registered.
    if (!this.#ports.connectedAgents.remove(connection)) return;
    // A console of the release before says no good-bye.
    if (vanished && knows(connection.version, { type: 'ringer' })) {
      this.#ports.broadcaster.noteVanished(id, true);
    }
    if (!this.#ports.nodes.agents().has(id)) this.#handleGone(id);
    this.#ports.log.info('agent.disconnected', { agent: id, acked: connection.acked });
    this.#ports.broadcaster.refreshTeam();
  }

  /** A console has stored the log up to a cursor. */
  handleAck(connection: AgentConnection, cursor: number): void {
    connection.ack(cursor);
    this.#feed.pump(connection);
  }

  /**
   * Stores how far each console has read; not with every ack, each of which would be a disk write.
   */
  async saveAcks(): Promise<void> {
    await this.#acks.save(this.#ports.connectedAgents.connections());
  }

  /** A provider's reports are in the log. */
  handleProviderEvents(entries: readonly AddedEntry[]): void {
    this.#ports.relayedCalls?.handleEntries(entries);
    this.#ports.streams.handleProviderEvents(entries.map(({ body }) => body));
    this.notifyNewEntries();
  }

  /** New entries are in the log. */
  notifyNewEntries(): void {
    this.#feed.notify();
    this.#ports.handleNewEntries();
  }

  #handleUnreadableLog(error: unknown, connections: Iterable<AgentConnection>): void {
    this.#ports.log.error('log.unreadable', { why: reasonOf(error) });
    // They come back by themselves and start again from their cursors.
    for (const connection of connections) {
      connection.refuse('shutting-down', t('relay.logUnreadable'));
    }
  }

  handlePresence(
    connection: AgentConnection,
    { presence, afterCall = false }: PresenceFrame,
  ): void {
    const isNew = connection.presence !== presence;
    connection.presence = presence;
    this.#ports.broadcaster.handlePresence(connection.agent.id, { isNew, afterCall });
  }

  /** A console says whether it can ring. */
  handleRinger(connection: AgentConnection, frame: RingerFrame): void {
    this.#probes.handleRinger(connection, frame);
  }

  /** Decides a console's request. Rejects if the store fails; nothing is decided then. */
  handleRequest(connection: AgentConnection, request: Request): Promise<Outcome> {
    return this.#requests.handle(connection, request);
  }

  /** Notes that an agent is about to place a call at the provider. */
  handleDial(connection: AgentConnection, frame: DialFrame): Promise<Outcome> {
    return this.#requests.handleDial(connection, frame);
  }

  /** An agent's rights have changed; undefined: they may no longer connect. */
  handleAgentChange({ id, now }: AgentChange): void {
    const { access, connectedAgents, relayedCalls, rightsOf, streams } = this.#ports;
    connectedAgents.move(id);
    const connection = connectedAgents.get(id);
    if (connection && now) {
      connection.forget((accountId) => access.hears(now, accountId));
      connection.showRights(rightsOf(now));
    }
    relayedCalls?.handleRights(id, now);
    streams.handleRights(id);
    this.#ports.broadcaster.refreshTeam();
    this.#held.giveUp(id, (accountId) => !now || !access.mayTake(now, accountId));
  }

  /** Logs what an agent did or measured, for every console that may know it. */
  async handleReport({ agent }: AgentConnection, frame: ReportFrame): Promise<Outcome> {
    const member = this.#ports.memberOf(agent.id);
    const outcome = await writeReport(this.#ports, member, frame, this.#ports.clock.now());
    this.notifyNewEntries();
    return outcome;
  }

  /** Logs what an agent wrote down about a customer. */
  async handleDescribed({ agent }: AgentConnection, frame: DescribedFrame): Promise<Outcome> {
    const member = this.#ports.memberOf(agent.id);
    const outcome = await writeDescribed(this.#ports, member, frame, this.#ports.clock.now());
    this.notifyNewEntries();
    return outcome;
  }

  /** Logs what an agent wrote down about many customers. */
  async handlePeople({ agent }: AgentConnection, frame: PeopleFrame): Promise<Outcome> {
    const member = this.#ports.memberOf(agent.id);
    const outcome = await writePeople(this.#ports, member, frame, this.#ports.clock.now());
    this.notifyNewEntries();
    return outcome;
  }

  /** Does something with a customer who waits, for every console. */
  async handleTodo({ agent }: AgentConnection, frame: TodoFrame): Promise<Outcome> {
    const member = this.#ports.memberOf(agent.id);
    const outcome = await changeTodo(this.#ports, member, frame, this.#ports.clock.now());
    this.notifyNewEntries();
    return outcome;
  }

  /**
   * Has consoles connect elsewhere, one after the other so that they do not all come at once. Their calls' media stay.
   *
   * @param withinMs the last one is told after this
   */
  sendAway(withinMs: number): void {
    const { clock, connectedAgents } = this.#ports;
    const consoles = connectedAgents.connections();
    for (const [index, connection] of consoles.entries()) {
      clock.at(clock.now() + (withinMs * index) / consoles.length, () =>
        connection.refuse('shutting-down', t('relay.restarting')),
      );
    }
  }

  /** Disconnects every console and stops the timers. Decisions stay in the store. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#feed.close();
    this.#held.close();
    this.#probes.close();
    for (const connection of this.#ports.connectedAgents.connections()) {
      connection.refuse('shutting-down', t('relay.restarting'));
    }
    await this.#ports.broadcaster.close();
    this.#ports.streams.close();
    await this.#ports.relayedCalls?.close();
  }
}
