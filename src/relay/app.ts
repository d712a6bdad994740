import { once } from 'node:events';
import { steadyClock, type Clock } from '../shared/lib/clock.ts';
import { PROTOCOL_VERSION } from '../shared/protocol/frames.ts';
import { createAgentRegistry, type AgentRegistry } from './agents/registry.ts';
import { unreachableMedia } from './config/media-reachability.ts';
import type { RelayConfig } from './config/schema.ts';
import { isAnchored } from './config/account.ts';
import { RelayedCalls } from './relayed-calls/calls.ts';
import { createProviders } from './relayed-calls/providers.ts';
import { StatusBroadcaster } from './ring/status-broadcaster.ts';
import { converse } from './connections/agent-session.ts';
import { Coordinator } from './ring/coordinator.ts';
import { ConnectedAgents } from './connections/connected-agents.ts';
import { serveAgents } from './connections/server.ts';
import { sendJson } from './http/responses.ts';
import { Lateness } from './webhooks/lateness.ts';
import { handleWebhook } from './webhooks/handler.ts';
import { createLog, reasonOf, type Log } from './log.ts';
import type { MediaHost, MediaListener } from './media-process/host.ts';
import { openLocalHost } from './media-process/local.ts';
import { engineOptions } from './media-process/options.ts';
import { consoleIceServers } from './media/ice-servers.ts';
import { createHttpServer, listen } from './http/server.ts';
import { sparingLog } from './sparing-log.ts';
import { describePath } from './http/target.ts';
import { sqliteBinding } from './store/binding.ts';
import { openSqliteStore } from './store/sqlite.ts';
import type { AddedEntry, Store } from './store/store.ts';
import { streamAccounts } from './media-streams/accounts.ts';
import { StreamGate } from './media-streams/stream-upgrade.ts';
import { MediaStreamRegistry } from './media-streams/registry.ts';
import { RELAY_VERSION } from './version.ts';

const DAY_MS = 86_400_000;
/** Between two removals of what is older than the retention, in ms. */
const PRUNE_MS = 3_600_000;
/** How long consoles and providers may take to let go at the end, in ms. */
const CLOSE_MS = 2_000;

export interface RelayOptions {
  clock?: Clock | undefined;
  log?: Log | undefined;
  /** Path of better-sqlite3's compiled part; see `store/binding.ts` for the default. */
  nativeBinding?: string | undefined;
  /** Where the media of anchored calls is; left out: in this process, so that it ends with it. */
  media?: ((config: RelayConfig, listener: MediaListener) => Promise<MediaHost>) | undefined;
}

/** A running relay. */
export interface Relay {
  /** Its base URL, e.g. `http://127.0.0.1:8787`, with the port really taken. */
  readonly url: string;
  readonly agents: AgentRegistry;
  /** Tells consoles that it goes, finishes what has begun, and lets go of port and database. */
  close(): Promise<void>;
}

/**
 * Starts a relay in this process.
 *
 * @throws Error in words a person can act on if the port or the data folder cannot be used
 */
export async function createRelay(config: RelayConfig, options: RelayOptions = {}): Promise<Relay> {
  const clock = options.clock ?? steadyClock();
  const log = options.log ?? createLog();
  const warning = unreachableMedia(config);
  if (warning) log.warn('config.unreachable', warning);
  const store = openSqliteStore(config.dataDir, sqliteBinding(options.nativeBinding), {
    clock,
    log,
  });
  const startedAt = clock.now();
  await store.notLaterThan(startedAt, config.policy.wrapUpSeconds * 1000);
  const agents = createAgentRegistry(store.agents, clock);
  const openMedia =
    options.media ??
    (({ media }, listener: MediaListener) => openLocalHost(engineOptions(media), listener));
  const roll = new ConnectedAgents();
  const media = config.accounts.some(isAnchored)
    ? await openMedia(config, (call, event) => anchored?.hear(call, event))
    : undefined;
  const anchored: RelayedCalls | undefined =
    media &&
    new RelayedCalls({
      store,
      clock,
      log,
      media,
      policy: config.policy,
      provider: createProviders(config.accounts, log),
      isConnected: (agentId) => roll.has(agentId),
      appended: () => coordinator.appended(),
      changed: () => board.refresh(),
    });
  const board: StatusBroadcaster = new StatusBroadcaster({
    store,
    clock,
    log,
    accounts: config.accounts,
    policy: config.policy,
    report: async (callId) => media?.report(callId),
    anchored,
    consoles: () => roll.consoles(),
  });
  const { accounts } = config;
  const streams = new MediaStreamRegistry({
    accounts: streamAccounts(accounts),
    store,
    clock,
    log,
  });
  const streamGate = new StreamGate(streams, log);
  const coordinator: Coordinator = new Coordinator({
    store,
    clock,
    log,
    accounts,
    board,
    roll,
    anchored,
    streams,
  });

  const strangers = sparingLog(log, clock);
  const known = new Set(accounts.flatMap(({ id, provider }) => [id, provider]));
  const ingress = {
    accounts: config.accounts,
    store,
    clock,
    log,
    lateness: new Lateness(log),
    strangers,
    known,
    took: (entries: readonly AddedEntry[]) => coordinator.took(entries),
  };
  const server = createHttpServer(
    {
      async health(response) {
        const { head } = await store.extent();
        sendJson(response, 200, {
          ok: true,
          version: RELAY_VERSION,
          protocol: PROTOCOL_VERSION,
          uptimeSeconds: Math.floor((clock.now() - startedAt) / 1000),
          agents: roll.consoles().length,
          head,
        });
      },
      webhook: (...args) => handleWebhook(ingress, ...args),
      unknown: (path, method) =>
        strangers.warn('http.unknown-address', { method, address: describePath(path, known) }),
    },
    log,
  );
  const conversations = new Set<Promise<void>>();
  const ports = {
    store,
    clock,
    log,
    coordinator,
    iceServers: (agentId: string) => consoleIceServers(config.media, agentId, clock.now()),
    rejoinGraceMs: config.policy.rejoinGraceSeconds * 1000,
  };
  const sockets = serveAgents(server, {
    agents,
    streams: streamGate,
    clock,
    log,
    onConsole(socket, agent) {
      const conversation = converse(ports, socket, agent).finally(() =>
        conversations.delete(conversation),
      );
      conversations.add(conversation);
    },
    onHeartbeat: () => {
      board.refresh();
      saveAcks(store, roll, clock).catch((error: unknown) =>
        log.error('store.failed', { why: reasonOf(error) }),
      );
    },
  });

  let stopPruning: () => void = () => undefined;
  let url: string;
  try {
    await coordinator.start();
    stopPruning = pruneRegularly(store, clock, log, config.retentionDays);
    url = await listen(server, config.listen);
  } catch (error) {
    stopPruning();
    sockets.close();
    await coordinator.close();
    await media?.close();
    await store.close();
    throw error;
  }
  log.info('relay.listening', { url, version: RELAY_VERSION, accounts: config.accounts.length });

  let closing: Promise<void> | undefined;
  const close = async () => {
    log.info('relay.closing');
    stopPruning();
    const closed = once(server, 'close');
    server.close();
    server.closeIdleConnections();
    await coordinator.close();
    sockets.close();
    // Requests under way and consoles that do not answer the close are given up after this.
    const giveUp = setTimeout(() => {
      sockets.terminate();
      streamGate.terminate();
      server.closeAllConnections();
    }, CLOSE_MS);
    await closed;
    clearTimeout(giveUp);
    await Promise.all(conversations);
    await media?.close();
    await store.close();
    log.info('relay.closed');
  };
  return { url, agents, close: () => (closing ??= close()) };
}

/** Notes how far each console is; not with every ack, because each is a write to the disk. */
async function saveAcks(store: Store, roll: ConnectedAgents, clock: Clock): Promise<void> {
  for (const { agent, acked } of roll.consoles()) {
    await store.agents.acknowledged(agent.id, acked, clock.now());
  }
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
