import { EarlyReports } from '../../shared/call/early-reports.ts';
import { callIdOfCallbackData, inboundCallId } from '../../shared/call/ids.ts';
import { reasonOf } from '../log.ts';
import type { MediaListener } from '../media-process/host.ts';
import type { RelayedCallRecord } from '../store/relayed-call-record.ts';
import type { AddedEntry } from '../store/store.ts';
import type { Member } from '../store/agent-store.ts';
import { AgentRequests, type AgentLookup } from './agent-requests.ts';
import { RelayedCall, type ProviderEvent } from './call.ts';
import { CallsElsewhere } from './elsewhere.ts';
import type { Outcome, Request } from '../outcome.ts';
import type { RelayedCallPorts } from './ports.ts';

/**
 * All relayed calls in progress: passes events, log entries and requests to the call they are
 * about.
 */
export class RelayedCalls {
  readonly #ports: RelayedCallPorts;
  readonly #calls = new Map<string, RelayedCall>();
  readonly #requests: AgentRequests;
  /** The calls of other nodes. */
  readonly elsewhere: CallsElsewhere;
  /** Reports of calls that we place, received before their ids were known. */
  readonly #earlyReports = new EarlyReports<{ event: ProviderEvent; sdp: string | undefined }>();

  constructor(ports: RelayedCallPorts) {
    this.#ports = ports;
    this.#requests = new AgentRequests(ports, this);
    this.elsewhere = new CallsElsewhere(ports.store, ports.node);
  }

  /** Resumes the calls from before a restart. */
  async start(): Promise<void> {
    const { store, media, log } = this.#ports;
    const alive = new Set(await media.calls());
    for (const record of await store.openRelayedCalls()) {
      if (record.node !== this.#ports.node) continue;
      const call = await this.#resume(record, alive.delete(record.callId));
      log.info('call.resumed', { call: record.callId, as: call.state.kind });
    }
    // Ended by our records, but the relay died before it could end them at the provider.
    for (const callId of alive) {
      const name = (await store.relayedCall(callId)) ?? (await this.#providerIdsOf(callId));
      if (name?.providerCallId !== undefined) {
        await this.#ports.provider(name.accountId)?.terminate(name.providerCallId);
      }
      await media.end(callId);
    }
    this.forgetEnded();
    await media.listen();
  }

  async #resume(record: RelayedCallRecord, hasMedia: boolean): Promise<RelayedCall> {
    const call = new RelayedCall(this.#ports, record);
    this.#calls.set(record.callId, call);
    const known = await this.#ports.store.call(record.callId);
    // Its end was reported while it had no node, or its node died before it read the report.
    if (known?.ended && !hasMedia) await call.apply({ type: 'caller-gone' });
    else await call.resume(hasMedia, known?.claimedBy);
    return call;
  }

  /**
   * Takes over the calls of dead nodes. Their media is lost, so most of them end, at the provider and
   * for the agents. If several nodes try, only the first succeeds.
   */
  async adopt(isGone: (node: string | undefined) => boolean): Promise<void> {
    const { node, store, log, notifyNewEntries } = this.#ports;
    if (node === undefined) return;
    await this.elsewhere.update();
    for (const { callId, node: from, state } of this.elsewhere.records) {
      if (state.kind === 'ended' || !isGone(from)) continue;
      const record = await store.adoptRelayedCall(callId, from, node);
      if (!record) continue;
      log.warn('call.adopted', { call: callId, from });
      this.elsewhere.invalidate();
      await this.#resume(record, false);
      notifyNewEntries();
    }
  }

  /**
   * Another node has taken over a call because it took this one for dead. Its media here is useless
   * now.
   */
  async leave(callId: string): Promise<void> {
    const call = this.#calls.get(callId);
    if (!call) return;
    this.#calls.delete(callId);
    this.elsewhere.follow(call.record);
    this.#ports.log.warn('call.taken-over', { call: callId });
    await this.#ports.media.end(callId);
    await call.close(true);
    this.#ports.notifyChanged();
  }

  /** Leaves every call that another node has by now. */
  async leaveTakenOver(): Promise<void> {
    const { node, store } = this.#ports;
    await store.catchUp();
    for (const callId of this.#calls.keys()) {
      const record = await store.relayedCall(callId);
      if (record && record.node !== node) await this.leave(callId);
    }
  }

  /** The records of all calls in progress, here and elsewhere. */
  records(): readonly RelayedCallRecord[] {
    return [...this.#calls.values()].map(({ record }) => record).concat(this.elsewhere.records);
  }

  /** The provider's id of a customer's call whose own record cannot be read. */
  async #providerIdsOf(
    callId: string,
  ): Promise<{ accountId: string; providerCallId: string } | undefined> {
    const accountId = (await this.#ports.store.call(callId))?.accountId;
    if (accountId === undefined || !callId.startsWith(`${accountId}/`)) return undefined;
    return { accountId, providerCallId: callId.slice(accountId.length + 1) };
  }

  /** Includes calls that are over and not yet forgotten. */
  all(): readonly RelayedCall[] {
    return [...this.#calls.values()];
  }

  /** Forgets calls that are over once every console was sent their end. */
  forgetEnded(): void {
    for (const [id, call] of this.#calls) if (call.isOver) this.#calls.delete(id);
    this.elsewhere.forgetEnded();
  }

  /** Finds a call by its own id or that of its current call offer. */
  find(id: string): RelayedCall | undefined {
    return this.#calls.get(id) ?? [...this.#calls.values()].find((call) => call.isNamed(id));
  }

  /** Events of the media. */
  readonly handleMediaEvent: MediaListener = (callId, event) => {
    this.#calls
      .get(callId)
      ?.handleMediaEvent(event)
      .catch((error: unknown) => this.#failed(callId, error));
  };

  /** New log entries: an offer opens a call, others belong to one. */
  handleEntries(entries: readonly AddedEntry[]): void {
    for (const entry of entries) {
      this.#handleEntry(entry).catch((error: unknown) => this.#failed('unknown', error));
    }
  }

  async #handleEntry({ body, sdp }: AddedEntry): Promise<void> {
    if (body.type !== 'provider' || body.path !== 'relayed') return;
    const { accountId, providerCallId, secondaryId, callbackData, event } = body;
    if (providerCallId === undefined) return;
    const inbound = inboundCallId(accountId, providerCallId);
    if (event.kind === 'offer') {
      const record = await this.#ports.store.relayedCall(inbound);
      if (!record || record.state.kind !== 'ringing' || this.#calls.has(inbound)) return;
      // In memory two nodes could begin it; it is reported again when the store has it.
      if (record.node !== this.#ports.node || !this.#isDecided()) return;
      const call = new RelayedCall(this.#ports, record);
      this.#calls.set(inbound, call);
      return call.setup.answer();
    }
    const ids = secondaryId === undefined ? [providerCallId] : [providerCallId, secondaryId];
    const placedId = callIdOfCallbackData(callbackData);
    const placed = this.#calls.get(placedId ?? '');
    const call =
      this.#calls.get(inbound) ??
      placed ??
      [...this.#calls.values()].find(
        ({ record }) =>
          record.accountId === accountId &&
          record.providerCallId !== undefined &&
          ids.includes(record.providerCallId),
      );
    if (placedId !== undefined && event.kind !== 'terminated' && (!call || call === placed)) {
      await this.#endIfOver(placedId, accountId, providerCallId);
    }
    if (!call)
      return this.#earlyReports.keep(accountId, ids, { event, sdp }, this.#ports.clock.now());
    // Its webhook may overtake the answer to our request, or replace one that never comes.
    if (call === placed) await call.setProviderCallId(providerCallId);
    await this.replayEarlyReports(call);
    await call.handleProviderEvent(event, sdp);
  }

  /** Ends a call of ours at the provider that was over here before its id there was known. */
  async #endIfOver(callId: string, accountId: string, providerCallId: string): Promise<void> {
    const record = this.#calls.get(callId)?.record ?? (await this.#ports.store.relayedCall(callId));
    const isUnknown = record?.state.kind === 'ended' && record.providerCallId === undefined;
    if (!isUnknown || record.accountId !== accountId || record.node !== this.#ports.node) return;
    await this.#ports.provider(accountId)?.terminate(providerCallId);
  }

  #isDecided(): boolean {
    return !this.#ports.isShared() || this.#ports.store.durable();
  }

  /** Passes a call, whose id is now known, its earlier reports. */
  async replayEarlyReports(call: RelayedCall): Promise<void> {
    const { accountId, providerCallId } = call.record;
    if (providerCallId === undefined) return;
    const now = this.#ports.clock.now();
    for (const { event, sdp } of this.#earlyReports.take(accountId, [providerCallId], now)) {
      await call.handleProviderEvent(event, sdp);
    }
  }

  /** Handles a console's request about a relayed call, after `Access` has allowed it. */
  handleRequest(agent: Member, request: Request, agents: AgentLookup): Promise<Outcome> {
    return this.#requests.handle(agent, request, agents);
  }

  /** A call that an agent places; nothing of it is at the provider yet. */
  begin(record: RelayedCallRecord): RelayedCall {
    const call = new RelayedCall(this.#ports, record);
    this.#calls.set(record.callId, call);
    return call;
  }

  handleAgentDisconnected(agentId: string): void {
    for (const call of this.#calls.values()) call.handleAgentDisconnected(agentId);
  }

  /** An agent's rights have changed; undefined: they may no longer connect. */
  handleRights(agentId: string, agent: Member | undefined): void {
    for (const call of this.#calls.values()) call.handleRights(agentId, agent);
  }

  handleAgentConnected(agentId: string): void {
    for (const call of this.#calls.values()) call.handleAgentConnected(agentId);
  }

  #failed(callId: string, error: unknown): void {
    this.#ports.log.error('call.failed', { call: callId, what: 'event', why: reasonOf(error) });
  }

  /** Ends calls whose media ends with this process; others wait for the relay's return. */
  async close(): Promise<void> {
    const { outlivesRelay } = this.#ports.media;
    await Promise.all([...this.#calls.values()].map((call) => call.close(outlivesRelay)));
  }
}
