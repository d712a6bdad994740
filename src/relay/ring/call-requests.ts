import { assertNever } from '../../shared/lib/assert-never.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import type { Access } from '../access/access.ts';
import type { Forwarded, Nodes } from '../cluster/nodes.ts';
import type { AgentConnection } from '../connections/agent-connection.ts';
import type { Log } from '../log.ts';
import type { MediaStreamRegistry } from '../media-streams/registry.ts';
import { refused, type DialFrame, type Outcome, type Request } from '../outcome.ts';
import type { RelayedCalls } from '../relayed-calls/calls.ts';
import type { Member } from '../store/agent-store.ts';
import type { Store, Verdict } from '../store/store.ts';
import type { StatusBroadcaster } from './status-broadcaster.ts';

interface CallRequestPorts {
  store: Store;
  clock: Clock;
  log: Log;
  access: Access;
  /** An agent as they are now; undefined if they may no longer connect. */
  memberOf: (agentId: string) => Member | undefined;
  /** Reloads the agents if they have changed. */
  refreshMembers: () => Promise<void>;
  broadcaster: StatusBroadcaster;
  /** Undefined when no account is relayed. */
  relayedCalls: RelayedCalls | undefined;
  streams: MediaStreamRegistry;
  nodes: Nodes;
  /** New entries are in the log. */
  notifyNewEntries: () => void;
}

/**
 * Decides what agents ask for about calls: whether they may, at which node, and who was first. The
 * decisions are in the store, where each one is atomic and survives a restart.
 */
export class CallRequests {
  readonly #ports: CallRequestPorts;

  constructor(ports: CallRequestPorts) {
    this.#ports = ports;
  }

  /** Decides a console's request. Rejects if the store fails; nothing is decided then. */
  async handle(connection: AgentConnection, request: Request): Promise<Outcome> {
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
        broadcaster.refresh();
        return outcome;
      }
      case 'stream':
        return this.#logged(connection, request, await streams.agents.request(agent, callId));
      case 'hang-up':
        if (!streams.has(callId)) return this.#refuseUnknown(callId);
        return this.#logged(connection, request, await streams.agents.hangUp(agent, callId));
      case 'leg':
      case 'hold':
      case 'resume':
      case 'transfer':
      case 'transfer-to-team':
      case 'transfer-cancel':
      case 'transfer-complete':
      case 'supervise':
      case 'take-over':
      case 'record':
        return this.#refuseUnknown(callId);
      default:
        return assertNever(request, 'request');
    }
  }

  /** The other node that has a call, or that should place it. */
  async #nodeOf(request: Request): Promise<string | undefined> {
    const { nodes, relayedCalls, streams } = this.#ports;
    const streaming = streams.nodeOf(request.callId);
    if (streaming !== undefined && (request.type === 'stream' || request.type === 'hang-up')) {
      return streaming;
    }
    if (!relayedCalls || relayedCalls.find(request.callId)) return undefined;
    if (request.type === 'place') {
      const node = nodes.forNewCall();
      return node === nodes.id ? undefined : node;
    }
    await relayedCalls.elsewhere.update();
    return relayedCalls.elsewhere.find(request.callId)?.node;
  }

  /** Decides a request from a console at another node about a call at this node. */
  async handleForwarded({ agentId, request }: Forwarded): Promise<Outcome> {
    const { memberOf, refreshMembers, relayedCalls, broadcaster, streams, store } = this.#ports;
    // The other node may have learned of the agent first.
    if (!memberOf(agentId)) await refreshMembers();
    const member = memberOf(agentId);
    if (!member) return refused('unauthorized');
    const denial = await this.#denial(member, request);
    if (denial !== undefined) return refused(denial);
    const { callId } = request;
    if (streams.has(callId)) {
      // The agent may have claimed it at the other node a moment ago.
      await store.catchUp();
      if (request.type === 'stream') return streams.agents.request(member, callId);
      if (request.type === 'hang-up') return streams.agents.hangUp(member, callId);
    }
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
    // Whoever speaks to a customer has the call when its agent leaves, and must be able to take it.
    const isBarge = request.type === 'supervise' && request.mode === 'barge';
    const asked = isBarge ? 'take-over' : request.type;
    return access.denial(member, asked, { accountId: of, direction });
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

  /** Refuses a request about a call that is over, or whose media does not come here. */
  async #refuseUnknown(callId: string): Promise<Outcome> {
    return refused((await this.#ports.store.relayedCall(callId)) ? 'ended' : 'unknown');
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
        if (verdict.entry) this.#ports.notifyNewEntries();
        else this.#ports.broadcaster.refresh();
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
}
