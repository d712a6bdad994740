import { errors, nuid } from '@nats-io/transport-node';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { reasonOf, type Log } from '../../log.ts';
import { tellOnce, type Unreadable } from '../readable.ts';
import type { AddedEntry, Store } from '../store.ts';
import type { AgentStore } from '../agent-store.ts';
import type { DispatchStore } from '../dispatch-store.ts';
import type { InvitationStore } from '../invitation-store.ts';
import type { PeopleStore } from '../people-store.ts';
import type { RowStore } from '../table-rows.ts';
import type { Applied } from './apply.ts';
import { changeBirth, checkWhole, readBirth } from './birth.ts';
import { CommandLog, StoreDown } from './command-log.ts';
import type { Command, Decision } from './command.ts';
import { openJetStream, Unanswered, type JetStream, type NatsSettings } from './jetstream.ts';
import { eraseMessages } from './erase-messages.ts';
import { natsRows } from './nats-rows.ts';
import { Outage } from './outage.ts';
import { carryPeople } from './people-carrier.ts';
import { Projection } from './projection.ts';

const FILE_NAME = 'projection.sqlite';
/** How long a claim that other relays could also grant waits for the server, and between two tries, in ms. */
const AGREE_MS = 10_000;
const AGAIN_MS = 250;
/** How often consoles' acks are stored, in ms; they only inform the operator. */
const ACKS_MS = 5_000;

export interface NatsStoreOptions extends NatsSettings {
  /** How long the log is kept. */
  retentionDays: number;
  /** Where a node keeps its projection; without it, in memory, for a short-lived command. */
  dataDir?: string | undefined;
  nativeBinding?: string | undefined;
  /** The relay that serves this store, and whether other relays may serve it too. */
  shared?: { node: string | undefined; mayHaveOthers: () => boolean } | undefined;
  log: Log;
}

/**
 * Opens a store in NATS JetStream and brings this node's projection up to date.
 *
 * @throws Error that tells a person what to do
 */
export async function openNatsStore(options: NatsStoreOptions): Promise<Store> {
  const { store, rows } = await openNats(options);
  try {
    await checkWhole(rows.jetStream);
    return store;
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** Opens a store to copy its rows while no relay serves it. */
export async function openNatsRows(options: NatsStoreOptions): Promise<RowStore> {
  const { store, rows } = await openNats(options);
  return natsRows({ ...rows, epoch: await store.epoch(), close: () => store.close() });
}

async function openNats(options: NatsStoreOptions) {
  const { dataDir, nativeBinding, retentionDays, log } = options;
  if (dataDir !== undefined) mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const file = dataDir === undefined ? ':memory:' : path.join(dataDir, FILE_NAME);
  const jetStream = await openJetStream(options, retentionDays);
  let projection: Projection | undefined;
  let store: NatsStore | undefined;
  try {
    const { cursorBase, log: id } = await readBirth(jetStream);
    const { state } = await jetStream.manager.streams.info(jetStream.names.log);
    const { first_seq: firstSequence, last_seq: lastSequence } = state;
    const unreadable = tellOnce(log);
    const origin = { id, cursorBase, firstSequence, lastSequence };
    projection = Projection.open(file, origin, unreadable, nativeBinding);
    const { shared } = options;
    store = new NatsStore(jetStream, projection, { log, unreadable, nativeBinding, shared });
    await store.start();
    return { store, rows: { jetStream, projection, commands: store.commands } };
  } catch (error) {
    await store?.commands.close();
    projection?.close();
    await jetStream.connection.close();
    throw error instanceof errors.TimeoutError ? new Unanswered({ cause: error }) : error;
  }
}

type Ports = Pick<NatsStoreOptions, 'log' | 'nativeBinding' | 'shared'> & {
  unreadable: Unreadable;
};

/** Reads from the projection; writes through the streams. */
class NatsStore implements Store {
  readonly #jetStream: JetStream;
  readonly #projection: Projection;
  readonly #ports: Ports;
  readonly commands: CommandLog;
  readonly #watchers = new Set<(entries: readonly AddedEntry[]) => void>();
  readonly #acks = new Map<string, { cursor: number; at: number }>();
  #epoch = '';
  #outage: Outage | undefined;
  #ackTimer: NodeJS.Timeout | undefined;
  readonly people: PeopleStore;
  readonly agents: AgentStore;
  readonly invitations: InvitationStore;
  readonly dispatches: DispatchStore;

  constructor(jetStream: JetStream, projection: Projection, ports: Ports) {
    this.#jetStream = jetStream;
    this.#projection = projection;
    this.#ports = ports;
    this.commands = new CommandLog({
      jetStream,
      projection,
      ...ports,
      handleElsewhere: (entries) => this.#notify(entries),
    });
    this.people = this.#peopleStore();
    this.agents = this.#agentStore();
    this.invitations = this.#invitationStore();
    this.dispatches = this.#dispatchStore();
  }

  async start(): Promise<void> {
    this.#epoch = (await readBirth(this.#jetStream)).epoch;
    await this.commands.start();
  }

  /** The latest state: the projection, or the memory that is ahead of it. */
  get #known(): Store {
    return this.#outage?.store ?? this.#projection.store;
  }

  durable(): boolean {
    return this.#outage === undefined;
  }

  watch(listener: (entries: readonly AddedEntry[]) => void): () => void {
    this.#watchers.add(listener);
    return () => this.#watchers.delete(listener);
  }

  #notify(entries: readonly AddedEntry[]): void {
    for (const watcher of this.#watchers) watcher(entries);
  }

  async epoch() {
    return this.#epoch;
  }

  async renewEpoch() {
    this.#epoch = (await changeBirth(this.#jetStream)).epoch;
  }

  append: Store['append'] = async (delivery, events) => {
    const { accountId, receivedAt: at, unused } = delivery;
    const id = nuid.next();
    const command = {
      kind: 'append' as const,
      accountId,
      at,
      delivery: 0,
      unused,
      events: [...events],
    };
    return this.#write(command, async () => ({
      ...command,
      delivery: await this.commands.keepDelivery(delivery, id),
    }));
  };

  appendMessage: Store['appendMessage'] = (body, at, identity) =>
    this.#write({ kind: 'message', body, at, identity });

  extent: Store['extent'] = () => this.#known.extent();
  entriesAfter: Store['entriesAfter'] = (...args) => this.#known.entriesAfter(...args);
  notesBefore: Store['notesBefore'] = (...args) => this.#known.notesBefore(...args);
  todos: Store['todos'] = (...args) => this.#known.todos(...args);
  todo: Store['todo'] = (...args) => this.#known.todo(...args);
  answeredElsewhere: Store['answeredElsewhere'] = (...args) =>
    this.#known.answeredElsewhere(...args);
  changeTodo: Store['changeTodo'] = (request) => this.#write({ kind: 'todo', ...request });
  ringing: Store['ringing'] = (since) => this.#known.ringing(since);
  call: Store['call'] = (callId) => this.#known.call(callId);
  agentsWithReservations: Store['agentsWithReservations'] = () =>
    this.#known.agentsWithReservations();
  claimed: Store['claimed'] = (since) => this.#known.claimed(since);
  relayedCall: Store['relayedCall'] = (callId) => this.#known.relayedCall(callId);
  openRelayedCalls: Store['openRelayedCalls'] = () => this.#known.openRelayedCalls();

  reserve: Store['reserve'] = (callId, agent) => this.#write({ kind: 'reserve', callId, agent });
  dropReservations: Store['dropReservations'] = (agentId) =>
    this.#write({ kind: 'drop-reservations', agentId });
  claim: Store['claim'] = (callId, agent, at) => this.#write({ kind: 'claim', callId, agent, at });
  release: Store['release'] = (callId, agent, why, at) =>
    this.#write({ kind: 'release', callId, agent, why, at });
  decline: Store['decline'] = (callId, agentId) =>
    this.#write({ kind: 'decline', callId, agentId });
  saveRelayedCall: Store['saveRelayedCall'] = (record, bodies, at) =>
    this.#write({ kind: 'relayed-call', record, bodies: [...bodies], at });
  adoptRelayedCall: Store['adoptRelayedCall'] = (callId, from, to) =>
    this.#writeNow({ kind: 'adopt', callId, from, to });
  lastWebhooks: Store['lastWebhooks'] = () => this.#projection.store.lastWebhooks();
  probe: Store['probe'] = () => this.commands.catchUp();
  catchUp: Store['catchUp'] = () => this.commands.catchUp();
  notLaterThan: Store['notLaterThan'] = (now, wrapUpMs) =>
    this.#write({ kind: 'not-later', now, wrapUpMs });
  prune: Store['prune'] = async (before) => {
    // While the server does not answer, nothing is deleted.
    if (this.#outage) return 0;
    await carryPeople({
      jetStream: this.#jetStream,
      projection: this.#projection,
      commands: this.commands,
    });
    return this.#write({ kind: 'prune', before });
  };

  #peopleStore(): PeopleStore {
    return {
      add: (entries, at) => this.#write({ kind: 'people', entries: [...entries], at }),
      page: (...args) => this.#known.people.page(...args),
      notCarried: (limit) => this.#projection.store.people.notCarried(limit),
      carry: (entries) => this.#writeNow({ kind: 'agent-people', entries: [...entries] }),
    };
  }

  erase: Store['erase'] = async (asked) => {
    if (this.#outage) throw new StoreDown('NATS does not answer');
    const erased: Awaited<ReturnType<Store['erase']>> = await this.#writeNow({
      kind: 'erase',
      asked,
    });
    if (!erased) return undefined;
    const { workspace, erasure } = asked;
    await this.#writeNow({ kind: 'agent-erased', workspace, erasure });
    await eraseMessages(
      { jetStream: this.#jetStream, projection: this.#projection, commands: this.commands },
      erased.traces,
    );
    this.#projection.clearLog();
    return erased;
  };
  noteErasure: Store['noteErasure'] = (workspace, erasure) =>
    this.#writeNow({ kind: 'agent-erased', workspace, erasure });
  hold: Store['hold'] = async (hold) => {
    if (this.#outage) throw new StoreDown('NATS does not answer');
    // First where it is kept for good: what was logged must hold.
    await this.#writeNow({ kind: 'agent-legal-hold', hold });
    await this.#writeNow({ kind: 'legal-hold', hold });
  };
  noteHold: Store['noteHold'] = (hold) => this.#writeNow({ kind: 'agent-legal-hold', hold });
  holds: Store['holds'] = () => this.#projection.store.holds();
  erasures: Store['erasures'] = (...args) => this.#projection.store.erasures(...args);

  #agentStore(): AgentStore {
    const known = () => this.#projection.store.agents;
    return {
      add: (agents, at) => this.#writeNow({ kind: 'agent-add', agents: [...agents], at }),
      update: (id, change) => this.#writeNow({ kind: 'agent-update', id, change }),
      rotate: (id, tokenHash) => this.#writeNow({ kind: 'agent-rotate', id, tokenHash }),
      remove: (id) => this.#writeNow({ kind: 'agent-remove', id }),
      setWrapUpForm: (workspace, form) =>
        this.#writeNow({ kind: 'agent-wrap-up-form', workspace, form }),
      wrapUpForms: () => this.#known.agents.wrapUpForms(),
      list: () => this.#known.agents.list(),
      version: () => this.#known.agents.version(),
      catchUp: () => this.commands.catchUp('agents'),
      byTokenHash: (tokenHash) => known().byTokenHash(tokenHash),
      wrapUp: (agentId, until) => this.#write({ kind: 'wrap-up', agentId, until }),
      acknowledged: async (acks, at) => {
        await known().acknowledged(acks, at);
        for (const { id, cursor } of acks) this.#acks.set(id, { cursor, at });
        this.#ackTimer ??= setTimeout(() => void this.#storeAcks(), ACKS_MS);
      },
    };
  }

  #invitationStore(): InvitationStore {
    const { invitations } = this.#projection.store;
    return {
      add: (invitation, at) => this.#writeNow({ kind: 'agent-invite', invitation, at }),
      redeem: (codeHash, tokenHash, at) =>
        this.#writeNow({ kind: 'agent-redeem', codeHash, tokenHash, at }),
      revoke: (id, at) => this.#writeNow({ kind: 'agent-revoke', id, at }),
      find: (codeHash) => invitations.find(codeHash),
      list: () => invitations.list(),
    };
  }

  /** Never in memory: what another node does not know of would be told twice. */
  #dispatchStore(): DispatchStore {
    const { dispatches } = this.#projection.store;
    return {
      endpoints: () => dispatches.endpoints(),
      ofCall: (...args) => dispatches.ofCall(...args),
      next: (...args) => dispatches.next(...args),
      list: (...args) => dispatches.list(...args),
      add: (endpoint, cursor, added, wanted) =>
        this.#writeNow({
          kind: 'dispatch-add',
          endpoint,
          cursor,
          added: [...added],
          wanted: [...wanted],
        }),
      tried: (endpoint, id, attempt) =>
        this.#writeNow({ kind: 'dispatch-tried', endpoint, id, attempt }),
      again: (id, at) => this.#writeNow({ kind: 'dispatch-again', id, at }),
      setOff: (endpoint, since) => this.#writeNow({ kind: 'endpoint-off', endpoint, since }),
    };
  }

  async #storeAcks(): Promise<void> {
    clearTimeout(this.#ackTimer);
    this.#ackTimer = undefined;
    const agents = [...this.#acks].map(([id, ack]) => ({ id, ...ack }));
    this.#acks.clear();
    if (agents.length === 0 || this.#outage) return;
    // Consoles will send them again anyway.
    await this.commands.ask({ kind: 'acknowledged', agents }, nuid.next()).catch(() => undefined);
  }

  /** Writes to the streams or fails; for writes that can wait for the server. */
  async #writeNow<T>(command: Command): Promise<T> {
    return answerOf(await this.commands.ask(command, nuid.next()));
  }

  /**
   * Writes to the streams, or to memory while the server does not answer.
   *
   * @param complete does what must be written first, and resolves to the complete command
   */
  async #write<T>(command: Decision, complete = async () => command): Promise<T> {
    const id = nuid.next();
    await this.#outage?.hold;
    if (await this.#mustAgree(command)) return answerOf(await this.#agree(command));
    if (this.#outage) return answerOf(await this.#outage.write(command, id, false));
    try {
      return answerOf(await this.commands.ask(await complete(), id));
    } catch (error) {
      if (!(error instanceof StoreDown)) throw error;
      this.#outage ??= this.#beginOutage(error);
      return answerOf(await this.#outage.write(command, id, true));
    }
  }

  /**
   * Whether other nodes could decide differently in the meantime; they cannot for a call whose media
   * is here. The projection tells: in memory, a call is here that the provider may offer to others.
   */
  async #mustAgree(command: Decision): Promise<boolean> {
    if (!this.#mayHaveOthers) return false;
    switch (command.kind) {
      case 'drop-reservations':
      case 'todo':
        return true;
      case 'claim':
      case 'reserve':
      case 'release': {
        const record = await this.#projection.store.relayedCall(command.callId);
        return record?.node !== this.#ports.shared?.node;
      }
      default:
        return false;
    }
  }

  get #mayHaveOthers(): boolean {
    return this.#ports.shared?.mayHaveOthers() ?? false;
  }

  /**
   * Waits for the server before a decision that must be unique: a cluster of servers has a leader
   * again within seconds. Each try has an id of its own: a claim may be repeated, and one that was
   * carried out after its asker gave up is not answered again.
   */
  async #agree(command: Decision): Promise<Applied> {
    const until = performance.now() + AGREE_MS;
    for (;;) {
      try {
        if (this.#outage) throw new StoreDown('NATS does not answer, and other relays may');
        return await this.commands.ask(command, nuid.next());
      } catch (error) {
        if (!(error instanceof StoreDown) || performance.now() > until) throw error;
        await delay(AGAIN_MS);
      }
    }
  }

  #beginOutage(error: StoreDown): Outage {
    this.#ports.log.error('store.in-memory', { why: reasonOf(error) });
    return new Outage({
      ...this.#ports,
      projection: this.#projection,
      commands: this.commands,
      mayHaveOthers: () => this.#mayHaveOthers,
      handleOver: (written) => {
        this.#outage = undefined;
        this.#notify(written);
      },
    });
  }

  async close(): Promise<void> {
    await this.#storeAcks();
    await this.#outage?.close();
    await this.commands.close();
    await this.#jetStream.connection.close();
    this.#projection.close();
  }
}

/** What `applyCommand` answers to this kind of command: the result of the store's method of the same name. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- each method of the store knows its own answer
const answerOf = <T>({ answer }: Applied): T => answer as T; // oxlint-disable-line typescript/no-unsafe-type-assertion -- as `applyCommand` answers, in this process
