import { EventEmitter, once } from 'node:events';
import type { Server } from 'node:http';
import { steadyClock, type Clock } from '../shared/lib/clock.ts';
import type { OwnRights } from '../shared/protocol/frames.ts';
import { Access } from './access/access.ts';
import { joinNodes } from './cluster/join.ts';
import type { Nodes } from './cluster/nodes.ts';
import { Administration } from './agents/administration.ts';
import { AgentDirectory, type AgentChange } from './agents/directory.ts';
import { createAgentRegistry, type AgentRegistry } from './agents/registry.ts';
import { unreachableMedia } from './config/media-reachability.ts';
import type { RelayConfig } from './config/schema.ts';
import { isRelayed, pathOf } from './config/account.ts';
import { policyOfAccount, policyOfWorkspace } from './config/workspaces.ts';
import { RelayedCalls } from './relayed-calls/calls.ts';
import { Metrics } from './operations/metrics.ts';
import { Health, watchDamage } from './operations/health.ts';
import { createOperationsHandler } from './operations/routes.ts';
import { createProviders } from './relayed-calls/providers.ts';
import { StatusBroadcaster } from './ring/status-broadcaster.ts';
import { Audiences } from './connections/audience.ts';
import { AgentSession } from './connections/agent-session.ts';
import { Coordinator } from './ring/coordinator.ts';
import { ConnectedAgents } from './connections/connected-agents.ts';
import { serveAgents, type AgentSockets } from './connections/server.ts';
import { addressList } from './http/client-address.ts';
import { sendJson } from './http/responses.ts';
import { GuessBrake } from './http/guess-brake.ts';
import { boundUnproven } from './http/unproven-sockets.ts';
import { Lateness } from './webhooks/lateness.ts';
import { createWebhookHandler } from './webhooks/handler.ts';
import { WebhookTurns } from './webhooks/turns.ts';
import { createLog, reasonOf, type Log } from './log.ts';
import type { MediaHost, MediaListener } from './media-process/host.ts';
import { openLocalHost } from './media-process/local.ts';
import { engineOptions } from './media-process/options.ts';
import { consoleIceServers } from './media/ice-servers.ts';
import { createHttpServer, listen, type Routes } from './http/server.ts';
import { sparingLog } from './sparing-log.ts';
import { describePath } from './http/target.ts';
import { openStore } from './store/open.ts';
import type { AddedEntry, Member, Store } from './store/store.ts';
import { StreamGate } from './media-streams/stream-upgrade.ts';
import { MediaStreamRegistry, streamAccounts } from './media-streams/registry.ts';
import { RELAY_VERSION } from './version.ts';

const DAY_MS = 86_400_000;
/** How often entries older than the retention are removed, in ms. */
const PRUNE_MS = 3_600_000;
/** Wrong secrets and signatures of webhooks, from one address. */
const WRONG_SECRETS = { burst: 60, perSecond: 1 };
/** A relay that drains has sent its consoles elsewhere after this, in ms. */
const AWAY_MS = 10_000;
/** Between two looks whether its calls are over, in ms. */
const LOOK_MS = 500;
/** How long open connections and requests may take to finish at shutdown, in ms. */
const CLOSE_MS = 2_000;

export interface RelayOptions {
  clock?: Clock | undefined;
  log?: Log | undefined;
  /** Path of better-sqlite3's compiled part; see `store/binding.ts` for the default. */
  nativeBinding?: string | undefined;
  /** Opens the media of relayed calls; by default in this process, so that it ends with it. */
  media?: ((config: RelayConfig, listener: MediaListener) => Promise<MediaHost>) | undefined;
}

/** A running relay. */
export interface Relay {
  /** Its base URL with the actual port, e.g. `http://127.0.0.1:8787`. */
  readonly url: string;
  readonly agents: AgentRegistry;
  /**
   * Takes no new calls, sends consoles to other relays if there are any, and waits for the calls that it has, for
   * `drainSeconds` at most.
   */
  drain(): Promise<void>;
  /** Announces the shutdown to consoles, finishes what has begun, and closes port and database. */
  close(): Promise<void>;
}

/** Shared by all parts of a relay. */
interface Base {
  config: RelayConfig;
  clock: Clock;
  log: Log;
  /** A rate-limited log for what anybody can cause. */
  strangers: Pick<Log, 'warn'>;
  store: Store;
  access: Access;
  directory: AgentDirectory;
  connectedAgents: ConnectedAgents;
  nodes: Nodes;
  changes: EventEmitter<RelayChanges>;
}

/** What relayed calls report to the parts built on them. */
interface RelayChanges {
  entries: [];
  calls: [];
  agent: [change: AgentChange];
}

/**
 * Starts a relay in this process.
 *
 * @throws Error that says what to do if the port or the data folder cannot be used
 */
export async function createRelay(config: RelayConfig, options: RelayOptions = {}): Promise<Relay> {
  const clock = options.clock ?? steadyClock();
  const plainLog = options.log ?? createLog();
  const metrics = new Metrics(clock);
  const log = metrics.counted(plainLog);
  const warning = unreachableMedia(config);
  if (warning) log.warn('config.unreachable', warning);
  const nodes = await joinNodes(config, log);
  const shared = { node: nodes.id, mayHaveOthers: () => nodes.mayHaveOthers() };
  let handleDamage: () => void = () => undefined;
  const storeLog = watchDamage(log, () => handleDamage());
  const store = await openStore(config, { clock, log: storeLog, shared }, options.nativeBinding);
  const health = new Health(store, clock);
  handleDamage = () => health.handleDamage();
  // For show only.
  metrics.noteLastWebhooks(await store.lastWebhooks().catch(() => new Map<string, number>()));
  const wrapUps = config.workspaces.map(({ policy }) => policy.wrapUpSeconds * 1000);
  await store.notLaterThan(clock.now(), Math.max(...wrapUps));
  const access = new Access(config.workspaces);
  const connectedAgents = new ConnectedAgents();
  const changes = new EventEmitter<RelayChanges>();
  const directory = new AgentDirectory(store.agents, (change) => changes.emit('agent', change));
  await directory.refresh();
  const agents = createAgentRegistry(
    store.agents,
    clock,
    () => directory.refresh(),
    config.workspaces,
  );
  const administration = new Administration({ agents, access, log });
  // Counted before any lines are dropped.
  const strangers = metrics.counted({ ...plainLog, ...sparingLog(plainLog, clock) });
  const base: Base = {
    config,
    clock,
    log,
    strangers,
    store,
    access,
    directory,
    connectedAgents,
    nodes,
    changes,
  };
  const memberOf = (agentId: string) => directory.get(agentId);
  const rightsOf = (member: Member) => ownRights(config, access, member);
  const audiences = new Audiences(access, memberOf);
  const { media, relayedCalls } = await openRelayedCalls(base, options.media);
  const { accounts } = config;
  const broadcaster = new StatusBroadcaster({
    store,
    clock,
    log,
    accounts,
    access,
    policyOf: (accountId) => policyOfAccount(config, accountId),
    policyOfWorkspace: (workspace) => policyOfWorkspace(config, workspace),
    memberOf,
    relayedCalls,
    nodes,
    report: async (callId) => media?.report(callId),
    connectedAgents,
    handleRinging: (rings) => metrics.handleRinging(rings),
  });
  const streams = new MediaStreamRegistry({
    store,
    clock,
    log,
    accounts: streamAccounts(accounts),
    mayHave(agentId, call) {
      const member = directory.get(agentId);
      return member !== undefined && access.denial(member, 'stream', call) === undefined;
    },
  });
  const coordinator = new Coordinator({
    store,
    clock,
    log,
    access,
    memberOf,
    refreshMembers: () => directory.refresh(),
    rightsOf,
    connectedAgents,
    broadcaster,
    relayedCalls,
    streams,
    nodes,
  });
  changes.on('entries', () => coordinator.notifyNewEntries());
  changes.on('calls', () => broadcaster.refreshTeam());
  let isClosing = false;
  let isDraining = false;
  const sources = {
    connections: () => connectedAgents.connections(),
    relayedCalls: () => relayedCalls?.all() ?? [],
    media,
  };
  metrics.watch({
    ...sources,
    head: async () => (await store.extent()).head,
    durable: () => store.durable(),
  });
  const operations = createOperationsHandler({
    status: {
      ...sources,
      config,
      store,
      relayedCalls: () => (relayedCalls?.records() ?? []).map((record) => ({ record })),
      elsewhere: () => nodes.agents(),
      isClosing: () => isClosing,
      isDraining: () => isDraining,
      now: () => clock.now(),
      startedAt: clock.now(),
    },
    metrics,
    clock,
    proxies: addressList(config.trustProxy ?? []),
    strangers,
  });
  const events = {
    handleProviderEvents(entries: readonly AddedEntry[]) {
      metrics.handleProviderEvents(entries);
      coordinator.handleProviderEvents(entries);
    },
  };
  const server = createHttpServer({ ...routesOf(base, events, health), operations }, log);
  const stopBounding = boundUnproven(server, clock, (sockets) =>
    strangers.warn('http.unproven-cut', { sockets }),
  );
  const streamGate = new StreamGate(streams);
  const sessions = serveSessions(base, server, {
    audiences,
    rightsOf,
    streamGate,
    coordinator,
    broadcaster,
    administration,
  });
  changes.on('agent', (change) => {
    sessions.checkToken(change.id);
    coordinator.handleAgentChange(change);
  });
  const parts: Parts = { server, stopBounding, streamGate, sessions, coordinator, media };

  let stopPruning: () => void = () => undefined;
  let url: string;
  try {
    await coordinator.start();
    stopPruning = pruneRegularly(store, clock, log, config.retentionDays);
    url = await listen(server, config.listen);
  } catch (error) {
    stopPruning();
    stopBounding();
    sessions.close();
    await coordinator.close();
    await media?.close();
    await nodes.close(false);
    await store.close();
    throw error;
  }
  log.info('relay.listening', { url, version: RELAY_VERSION, accounts: accounts.length });

  let closing: Promise<void> | undefined;
  const close = () => {
    log.info('relay.closing');
    isClosing = true;
    stopPruning();
    return closeParts(base, parts);
  };
  const drain = async () => {
    isDraining = true;
    nodes.drain();
    log.info('relay.draining', { seconds: config.drainSeconds });
    const until = clock.now() + config.drainSeconds * 1000;
    if (nodes.hasOthers()) coordinator.sendAway(Math.min(AWAY_MS, (until - clock.now()) / 2));
    const hasCalls = () =>
      streams.isBusy || (relayedCalls?.all() ?? []).some((call) => !call.isOver);
    const isBusy = () => !isClosing && hasCalls();
    while (clock.now() < until && isBusy()) {
      await new Promise<void>((resolve) => void clock.at(clock.now() + LOOK_MS, resolve));
    }
  };
  return { url, agents, drain, close: () => (closing ??= close()) };
}

/** Relayed calls and their media; neither if no account is relayed. */
async function openRelayedCalls(
  { config, clock, log, store, access, connectedAgents, nodes, changes }: Base,
  openMedia: NonNullable<RelayOptions['media']> = ({ media }, listener) =>
    openLocalHost(engineOptions(media), listener),
): Promise<{ media?: MediaHost; relayedCalls?: RelayedCalls }> {
  if (!config.accounts.some(isRelayed)) return {};
  const media = await openMedia(config, (callId, event) =>
    relayedCalls.handleMediaEvent(callId, event),
  );
  const relayedCalls: RelayedCalls = new RelayedCalls({
    store,
    clock,
    log,
    media,
    access,
    policyOf: (accountId) => policyOfAccount(config, accountId),
    provider: createProviders(config.accounts, { log, clock }),
    node: nodes.id,
    isShared: () => nodes.mayHaveOthers(),
    isConnected: (agentId) => connectedAgents.has(agentId) || nodes.agents().has(agentId),
    notifyTakenOver: (callId) => {
      relayedCalls
        .leave(callId)
        .catch((error: unknown) =>
          log.error('call.failed', { what: 'leave', why: reasonOf(error) }),
        );
    },
    notifyNewEntries: () => changes.emit('entries'),
    notifyChanged: () => changes.emit('calls'),
  });
  return { media, relayedCalls };
}

/** The relay's HTTP routes. */
function routesOf(
  { config, clock, log, strangers, store, nodes }: Base,
  coordinator: Pick<Coordinator, 'handleProviderEvents'>,
  health: Health,
): Omit<Routes, 'operations'> {
  const { accounts } = config;
  const known = new Set(accounts.flatMap(({ id, provider }) => [id, provider]));
  const webhooks = {
    accounts,
    store,
    clock,
    log,
    strangers,
    known,
    guesses: new GuessBrake(WRONG_SECRETS, clock),
    proxies: addressList(config.trustProxy ?? []),
    lateness: new Lateness(log),
    turns: new WebhookTurns(),
    nodes,
    coordinator,
  };
  return {
    // Anybody may ask, so nothing else is told.
    async health(response) {
      const ok = await health.isOk();
      sendJson(response, ok ? 200 : 503, { ok });
    },
    webhook: createWebhookHandler(webhooks),
    unknown: (path, method) =>
      strangers.warn('http.unknown-address', { method, address: describePath(path, known) }),
  };
}

/** The rights that an agent is told. */
function ownRights({ accounts }: RelayConfig, access: Access, member: Member): OwnRights {
  const { role, calls } = member;
  const own = accounts.filter(({ id }) => access.hears(member, id));
  return {
    role,
    calls,
    numbers: own.map((account) => ({ id: account.id, path: pathOf(account) })),
  };
}

interface Sessions extends AgentSockets {
  /** Resolves when no session has pending work. */
  finished(): Promise<unknown>;
}

/** The consoles' side: a session for each connection. */
function serveSessions(
  { config, clock, log, strangers, store, directory }: Base,
  server: Server,
  parts: {
    audiences: Audiences;
    rightsOf: (member: Member) => OwnRights;
    streamGate: StreamGate;
    coordinator: Coordinator;
    broadcaster: StatusBroadcaster;
    administration: Administration;
  },
): Sessions {
  const { rightsOf, streamGate, coordinator, broadcaster, administration } = parts;
  const ending = new Set<Promise<void>>();
  const ports = {
    store,
    clock,
    log,
    coordinator,
    administration,
    iceServers: (agentId: string) => consoleIceServers(config.media, agentId, clock.now()),
    audiences: parts.audiences,
    memberOf: (agentId: string) => directory.get(agentId),
    rightsOf,
    rejoinGraceMs: ({ workspace }: Member) =>
      policyOfWorkspace(config, workspace).rejoinGraceSeconds * 1000,
  };
  const sockets = serveAgents(server, {
    agents: directory,
    streams: streamGate,
    proxies: addressList(config.trustProxy ?? []),
    strangers,
    clock,
    log,
    handleConnection(socket, agent) {
      const session = new AgentSession(ports, socket, agent);
      return {
        handleMessage: (data, binary) => session.handleMessage(data, binary),
        handleClosed() {
          const end = session.handleClosed().finally(() => ending.delete(end));
          ending.add(end);
        },
      };
    },
    handleHeartbeat() {
      broadcaster.handleHeartbeat();
      void coordinator.saveAcks();
    },
  });
  return { ...sockets, finished: () => Promise.all(ending) };
}

interface Parts {
  server: Server;
  stopBounding: () => void;
  streamGate: StreamGate;
  sessions: Sessions;
  coordinator: Coordinator;
  media: MediaHost | undefined;
}

async function closeParts(
  { log, store, nodes }: Base,
  { server, stopBounding, streamGate, sessions, coordinator, media }: Parts,
): Promise<void> {
  const closed = once(server, 'close');
  stopBounding();
  server.close();
  server.closeIdleConnections();
  await coordinator.close();
  sessions.close();
  // Requests under way and consoles that do not answer the close are given up after this.
  const giveUp = setTimeout(() => {
    sessions.terminate();
    streamGate.terminate();
    server.closeAllConnections();
  }, CLOSE_MS);
  await closed;
  clearTimeout(giveUp);
  await sessions.finished();
  await media?.close();
  await nodes.close(media?.outlivesRelay ?? false);
  await store.close();
  log.info('relay.closed');
}

function pruneRegularly(store: Store, clock: Clock, log: Log, days: number): () => void {
  let cancel: () => void = () => undefined;
  const prune = () => {
    cancel = clock.at(clock.now() + PRUNE_MS, prune);
    store.prune(clock.now() - days * DAY_MS).then(
      (entries) => entries > 0 && log.info('log.pruned', { entries }),
      (error: unknown) => log.error('log.prune-failed', { why: reasonOf(error) }),
    );
  };
  prune();
  return () => cancel();
}
