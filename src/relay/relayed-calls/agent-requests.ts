import { assertNever } from '../../shared/lib/assert-never.ts';
import type { Agent } from '../../shared/protocol/agent.ts';
import { RateLimits } from '../../shared/lib/rate-limits.ts';
import { refused, type Outcome, type Request } from '../outcome.ts';
import type { RelayedCallRecord } from '../store/relayed-call-record.ts';
import type { Member } from '../store/agent-store.ts';
import type { RelayedCall } from './call.ts';
import type { CallsElsewhere } from './elsewhere.ts';
import type { RelayedCallPorts } from './ports.ts';
import { ownerOf } from './state-machine/state.ts';

/** Looks up agents: transfer targets, and who can take a call. */
export interface AgentLookup {
  /** The teammate to whom an agent may transfer a call of an account now, or why they may not. */
  transferTo(
    from: Member,
    to: string,
    accountId: string,
  ): Promise<{ agent: Agent } | { why: string }>;
  /** Those of a team who can be handed a call of an account now, or why nobody can. */
  transferToTeam(
    from: Member,
    team: string,
    accountId: string,
  ): Promise<{ agents: readonly Agent[] } | { why: string }>;
  /** Agents who can still take a ringing call. */
  eligibleAgents(callId: string): Promise<readonly Agent[]>;
}

/** Calls that an agent may have placed at once: the one they speak on, and some that have not ended cleanly. */
const MOST_PLACED = 4;
/** How many of a team are asked at once. */
const MOST_ASKED = 300;
/** How often an agent may place a call; nobody dials faster by hand. */
const PLACING = { burst: 20, perSecond: 0.5 };

/** The calls in progress, here and elsewhere. */
interface Calls {
  find(id: string): RelayedCall | undefined;
  /** Adds a call that an agent places; nothing of it is at the provider yet. */
  begin(record: RelayedCallRecord): RelayedCall;
  replayEarlyReports(call: RelayedCall): Promise<void>;
  records(): readonly RelayedCallRecord[];
  readonly elsewhere: Pick<CallsElsewhere, 'update'>;
}

/** What agents ask of relayed calls. */
export class AgentRequests {
  readonly #ports: RelayedCallPorts;
  readonly #calls: Calls;
  readonly #placing: RateLimits;

  constructor(ports: RelayedCallPorts, calls: Calls) {
    this.#ports = ports;
    this.#calls = calls;
    this.#placing = new RateLimits(PLACING, ports.clock);
  }

  /** Handles a console's request, after `Access` has allowed it. */
  async handle(agent: Member, request: Request, agents: AgentLookup): Promise<Outcome> {
    if (request.type === 'place') return this.#place(agent, request);
    const call = this.#calls.find(request.callId);
    if (!call) return refused('unknown');
    const by: Agent = { id: agent.id, name: agent.name };
    switch (request.type) {
      case 'claim':
        return this.#claim(call, by, request.callId);
      case 'decline':
        return this.#decline(call, by, request.callId, agents);
      case 'leg':
        return call.mayHaveLeg(agent) ? call.addLeg(by, request.sdp) : refused('not-yours');
      case 'hang-up':
        return call.apply({ type: 'hang-up', by });
      case 'hold':
      case 'resume':
        return call.apply({ type: request.type, by });
      case 'transfer-to-team': {
        const { team, note } = request;
        const found = await agents.transferToTeam(agent, team, call.record.accountId);
        if ('why' in found) return refused(found.why);
        const asked = found.agents.slice(0, MOST_ASKED);
        return call.apply({ type: 'transfer-to-team', by, team, asked, note });
      }
      case 'transfer': {
        const to = await agents.transferTo(agent, request.to, call.record.accountId);
        if ('why' in to) return refused(to.why);
        const { mode, note } = request;
        return call.apply({ type: 'transfer', by, to: to.agent, mode, note });
      }
      case 'transfer-cancel':
        return call.apply({ type: 'cancel', by });
      case 'transfer-complete':
        return call.apply({ type: 'complete', by });
      case 'supervise':
        return call.supervise(by, request.mode);
      case 'take-over':
        return call.apply({ type: 'take-over', by });
      case 'record':
        return call.recording.ask(by, request.ask);
      // The relay answers WhatsApp and releases claims itself.
      case 'reserve':
      case 'release':
      case 'stream':
        return refused('relayed');
      default:
        return assertNever(request, 'request');
    }
  }

  async #place(agent: Member, request: Extract<Request, { type: 'place' }>): Promise<Outcome> {
    const { callId, accountId, to, userId } = request;
    if (!this.#ports.provider(accountId)) return refused('unknown-account');
    if (!callId.startsWith('out/')) return refused('call-id');
    if (to === undefined && userId === undefined) return refused('nobody');
    const isUsed = (await this.#ports.store.relayedCall(callId)) !== undefined;
    // Those at other nodes count, too.
    await this.#calls.elsewhere.update();
    if (this.#calls.find(callId) || isUsed) return refused('taken');
    if (this.#placedBy(agent.id) >= MOST_PLACED || !this.#placing.take(agent.id)) {
      return refused('too-many');
    }
    const by: Agent = { id: agent.id, name: agent.name };
    const call = this.#calls.begin({
      callId,
      accountId,
      node: this.#ports.node,
      direction: 'outbound',
      party: { waId: to, userId },
      callOffers: [],
      dtmf: '',
      supervisors: [],
      state: { kind: 'placing', owner: by },
    });
    const outcome = await call.setup.place({ waId: to, userId });
    await this.#calls.replayEarlyReports(call);
    return outcome;
  }

  /** How many calls that we place an agent has at once. */
  #placedBy(agentId: string): number {
    const records = this.#calls.records();
    return records.filter(
      ({ state, direction }) => direction === 'outbound' && ownerOf(state)?.id === agentId,
    ).length;
  }

  async #claim(call: RelayedCall, by: Agent, id: string): Promise<Outcome> {
    const { store, clock, notifyNewEntries } = this.#ports;
    if (id !== call.record.callId) return call.apply({ type: 'claim', by, callOfferId: id });
    if (call.state.kind !== 'ringing') {
      return call.apply({ type: 'claim', by, callOfferId: id });
    }
    const verdict = await store.claim(id, by, clock.now());
    if (verdict.kind === 'refused') {
      return { kind: 'refused', why: verdict.why, ...(verdict.by && { by: verdict.by }) };
    }
    notifyNewEntries();
    return call.setup.accept(by);
  }

  async #decline(call: RelayedCall, by: Agent, id: string, agents: AgentLookup): Promise<Outcome> {
    if (call.state.kind !== 'ringing' || id !== call.record.callId) {
      await call.apply({ type: 'decline', by, callOfferId: id });
      return { kind: 'declined', last: false };
    }
    const known = await this.#ports.store.decline(id, by.id);
    // The relay rejects at the provider, so no console is ever asked to.
    const open = known !== undefined && !known.ended && !known.claimedBy;
    if (open && (await agents.eligibleAgents(id)).length === 0) await call.setup.reject(by);
    this.#ports.notifyChanged();
    return { kind: 'declined', last: false };
  }
}
