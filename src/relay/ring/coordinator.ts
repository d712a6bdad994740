import { t } from '../../shared/i18n/i18n.ts';
import { assertNever } from '../../shared/lib/assert-never.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import type { RelayedCalls } from '../relayed-calls/calls.ts';
import { refused, type DialFrame, type Outcome, type Request } from '../outcome.ts';
import type { Access } from '../access/access.ts';
import type { AgentMoved, Forwarded, Nodes } from '../cluster/nodes.ts';
import type { AgentChange } from '../agents/directory.ts';
import { reasonOf, type Log } from '../log.ts';
import type { OwnRights } from '../../shared/protocol/frames.ts';
import type { AddedEntry, Member, Store, Verdict } from '../store/store.ts';
import type { StatusBroadcaster } from './status-broadcaster.ts';
import type { AgentConnection } from '../connections/agent-connection.ts';
import type { ConnectedAgents } from '../connections/connected-agents.ts';
import type { MediaStreamRegistry } from '../media-streams/registry.ts';
import { AckSaver } from '../connections/ack-saver.ts';
import { LogFeed } from '../connections/log-feed.ts';
import { HeldCalls } from './held-calls.ts';
import {
  writeNoted,
  writeSent,
  type NotedFrame,
  type SentFrame,
} from '../connections/message-log.ts';

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
}

/**
 * Decides who gets a call. It knows who is connected; decisions are in the store, where each one is
 * atomic and survives a restart.
 */
export class Coordinator {
  readonly #ports: CoordinatorPorts;
  readonly #held: HeldCalls;
  readonly #feed: LogFeed;
  readonly #acks: AckSaver;
  #closed = false;

  constructor(ports: CoordinatorPorts) {
    this.#ports = ports;
    const { store, connectedAgents } = ports;
    this.#acks = new AckSaver(ports);
    this.#held = new HeldCalls({ ...ports, handleGivenUp: () => this.notifyNewEntries() });
    this.#feed = new LogFeed({
      store,
      connectedAgents,
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
      handleForwarded: (forwarded) => this.#handleForwarded(forwarded),
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
  handleConnected(connection: AgentConnection): void {
    const { id } = connection.agent;
    const { clock, nodes } = this.#ports;
    // It is the later one, whatever the clocks of the two nodes say.
    const elsewhere = nodes.agents().get(id)?.connectedAt ?? 0;
    connection.connectedAt = Math.max(clock.now(), elsewhere + 1);
    this.#ports.connectedAgents.add(connection)?.refuse('replaced', t('relay.replaced'));
    this.#held.handleConnected(id);
    this.#ports.log.info('agent.connected', { agent: id, presence: connection.presence });
    this.#ports.relayedCalls?.handleAgentConnected(id);
    this.#feed.pump(connection);
    this.#feed.notify();
    this.#ports.broadcaster.refreshTeam();
  }

  /** A console's connection is gone. */
  async handleDisconnected(connection: AgentConnection): Promise<void> {
    const { id } = connection.agent;
    await this.#acks.save([connection]);
    // A replaced console is no longer registered.
    if (!this.#ports.connectedAgents.remove(connection)) return;
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
  }

  #refresh(): void {
    this.#ports.broadcaster.refresh();
  }

  #handleUnreadableLog(error: unknown, connections: Iterable<AgentConnection>): void {
    this.#ports.log.error('log.unreadable', { why: reasonOf(error) });
    // They come back by themselves and start again from their cursors.
    for (const connection of connections) {
      connection.refuse('shutting-down', t('relay.logUnreadable'));
    }
  }

  handlePresence(connection: AgentConnection, presence: AgentConnection['presence']): void {
    if (connection.presence === presence) return;
    connection.presence = presence;
    this.#ports.broadcaster.handlePresence(connection.agent.id);
  }

  /** Decides a console's request. Rejects if the store fails; nothing is decided then. */
  async handleRequest(connection: AgentConnection, request: Request): Promise<Outcome> {
    const { store, clock, relayedCalls, broadcaster, streams } = this.#ports;
    const { agent } = connection;
    const member = this.#ports.memberOf(agent.id);
    if (!member) return refused('unauthorized');
    const denial = await this.#denial(member, request);
    if (denial !== undefined) return this.#logged(connection, request, refused(denial));
    const isClaim = request.type === 'claim' || request.type === 'reserve';
    if (isClaim && !(await broadcaster.mayRingAt(request.callId, member))) {
      return this.#logged(connection, request, refused('others'));
    }
    const node = await this.#nodeOf(request);
    if (node !== undefined) {
      const { nodes } = this.#ports;
      const outcome = await nodes.forward(node, { agentId: agent.id, request });
      return this.#logged(connection, request, outcome);
    }
    if (request.type === 'place' || relayedCalls?.find(request.callId)) {
      if (!relayedCalls) return refused('unknown-account');
      const outcome = await relayedCalls.handleRequest(member, request, broadcaster);
      return this.#logged(connection, request, outcome);
    }
    const { callId } = request;
    switch (request.type) {
      case 'reserve':
        return this.#outcomeOf(connection, request, await this.#reserve(connection, callId));
      case 'claim': {
        const now = clock.now();
        return this.#outcomeOf(connection, request, await store.claim(callId, agent, now));
      }
      case 'release': {
        const verdict = await store.release(callId, agent, request.why, clock.now());
        return this.#outcomeOf(connection, request, verdict);
      }
      case 'decline': {
        const outcome = await this.#decline(connection, callId);
        if (outcome.kind === 'declined' && outcome.last) streams.decline(callId);
        this.#refresh();
        return outcome;
      }
      case 'stream':
        return this.#logged(connection, request, await streams.request(agent, callId));
      case 'hang-up':
        if (!streams.has(callId)) return this.#refuseUnknown(callId);
        return this.#logged(connection, request, await streams.hangUp(agent, callId));
      case 'leg':
      case 'hold':
      case 'resume':
      case 'transfer':
      case 'transfer-cancel':
      case 'transfer-complete':
      case 'supervise':
        return this.#refuseUnknown(callId);
      default:
        return assertNever(request, 'request');
    }
  }

  /** The other node that has a relayed call, or that should place it. */
  async #nodeOf(request: Request): Promise<string | undefined> {
    const { nodes, relayedCalls } = this.#ports;
    if (!relayedCalls || relayedCalls.find(request.callId)) return undefined;
    if (request.type === 'place') {
      const node = nodes.forNewCall();
      return node === nodes.id ? undefined : node;
    }
    await relayedCalls.elsewhere.update();
    return relayedCalls.elsewhere.find(request.callId)?.node;
  }

  /** Decides a request from a console at another node about a call at this node. */
  async #handleForwarded({ agentId, request }: Forwarded): Promise<Outcome> {
    const { memberOf, refreshMembers, relayedCalls, broadcaster } = this.#ports;
    // The other node may have learned of the agent first.
    if (!memberOf(agentId)) await refreshMembers();
    const member = memberOf(agentId);
    if (!member) return refused('unauthorized');
    const denial = await this.#denial(member, request);
    if (denial !== undefined) return refused(denial);
    if (!relayedCalls) return refused('unknown');
    return relayedCalls.handleRequest(member, request, broadcaster);
  }

  /**
   * Why a request is denied; what does not belong to the agent is refused as if it did not exist.
   */
  async #denial(member: Member, request: Request): Promise<string | undefined> {
    const { access, streams } = this.#ports;
    const of = await this.#accountOf(request.callId);
    if (request.type === 'place') {
      const denial = access.denial(member, 'place', request);
      if (denial !== undefined) return denial === 'unknown' ? 'unknown-account' : denial;
      // A foreign call's id must not be usable either.
      return of === undefined || access.hears(member, of) ? undefined : 'call-id';
    }
    const direction = streams.directionOf(request.callId);
    return access.denial(member, request.type, { accountId: of, direction });
  }

  /** The account of a call or a call offer; a customer's call id contains it. */
  async #accountOf(callId: string): Promise<string | undefined> {
    const { access, relayedCalls, store } = this.#ports;
    const live = relayedCalls?.find(callId);
    if (live) return live.record.accountId;
    await relayedCalls?.elsewhere.update();
    const elsewhere = relayedCalls?.elsewhere.find(callId);
    if (elsewhere) return elsewhere.accountId;
    const prefix = callId.slice(0, Math.max(0, callId.indexOf('/')));
    if (access.workspaceOf(prefix) !== undefined) return prefix;
    return (await store.relayedCall(callId))?.accountId;
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

  /** Refuses a request about a call that is over, or whose media does not come here. */
  async #refuseUnknown(callId: string): Promise<Outcome> {
    return refused((await this.#ports.store.relayedCall(callId)) ? 'ended' : 'unknown');
  }

  /** Logs a message that an agent sent to a customer, for every console. */
  async handleSent(connection: AgentConnection, frame: SentFrame): Promise<Outcome> {
    const outcome = await writeSent(
      this.#ports,
      this.#ports.memberOf(connection.agent.id),
      frame,
      this.#ports.clock.now(),
    );
    this.notifyNewEntries();
    return outcome;
  }

  /** Logs what an agent wrote down about a call, for every console. */
  async handleNoted({ agent }: AgentConnection, frame: NotedFrame): Promise<Outcome> {
    const member = this.#ports.memberOf(agent.id);
    const outcome = await writeNoted(this.#ports, member, frame, this.#ports.clock.now());
    this.notifyNewEntries();
    return outcome;
  }

  /** Notes that an agent is about to place a call at the provider. */
  async handleDial({ agent }: AgentConnection, frame: DialFrame): Promise<Outcome> {
    const { access, streams, log } = this.#ports;
    const { accountId, to: waId, userId } = frame;
    const member = this.#ports.memberOf(agent.id);
    if (!member) return refused('unauthorized');
    const denial = access.denial(member, 'dial', { accountId });
    if (denial !== undefined) return refused(denial === 'unknown' ? 'unknown-account' : denial);
    const outcome = streams.dial(agent, accountId, { waId, userId });
    log.info(`call.dial.${outcome.kind}`, { account: accountId, agent: agent.id });
    return outcome;
  }

  #logged(connection: AgentConnection, request: Request, outcome: Outcome): Outcome {
    this.#ports.log.info(`call.${request.type}.${outcome.kind}`, {
      call: request.callId,
      agent: connection.agent.id,
      why: outcome.kind === 'refused' ? outcome.why : undefined,
    });
    return outcome;
  }

  async #reserve(connection: AgentConnection, callId: string): Promise<Verdict> {
    const { store } = this.#ports;
    const call = await store.call(callId);
    const able = await this.#ports.broadcaster.eligibleAgents(callId);
    const other = able.some((agent) => agent.id !== connection.agent.id);
    // The store refuses with the better reason, ended or taken.
    if (
      call &&
      !call.ended &&
      !call.claimedBy &&
      !call.reservedBy &&
      (other || able.length === 0)
    ) {
      return { kind: 'refused', why: 'others' };
    }
    return store.reserve(callId, connection.agent);
  }

  async #decline(connection: AgentConnection, callId: string): Promise<Outcome> {
    const { store, log } = this.#ports;
    const call = await store.decline(callId, connection.agent.id);
    // The console knows the call from elsewhere and must decide itself.
    if (!call) return { kind: 'refused', why: 'unknown' };
    // Only a call that nobody claimed may be rejected at the provider.
    const open = !call.ended && !call.claimedBy;
    const reservedByOther = call.reservedBy !== undefined;
    const nobody = (await this.#ports.broadcaster.eligibleAgents(callId)).length === 0;
    const last = open && !reservedByOther && nobody;
    log.info('call.declined', { call: callId, agent: connection.agent.id, last });
    return { kind: 'declined', last };
  }

  #outcomeOf(connection: AgentConnection, request: Request, verdict: Verdict): Outcome {
    const fields = { call: request.callId, agent: connection.agent.id };
    switch (verdict.kind) {
      case 'granted':
        this.#ports.log.info(`call.${request.type}.granted`, fields);
        if (verdict.entry) this.notifyNewEntries();
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
    for (const connection of this.#ports.connectedAgents.connections()) {
      connection.refuse('shutting-down', t('relay.restarting'));
    }
    await this.#ports.broadcaster.close();
    this.#ports.streams.close();
    await this.#ports.relayedCalls?.close();
  }
}
