import { EventEmitter } from 'node:events';
import { steadyClock, type Clock } from '../../shared/lib/clock.ts';
import { Access } from '../access/access.ts';
import { AgentDirectory, type AgentChange } from '../agents/directory.ts';
import { addFirstAgents } from '../agents/first-agents.ts';
import { Invitations } from '../agents/invitations.ts';
import { createAgentRegistry, type AgentRegistry } from '../agents/registry.ts';
import { joinNodes } from '../cluster/join.ts';
import type { Nodes } from '../cluster/nodes.ts';
import { unreachableMedia } from '../config/media-reachability.ts';
import type { RelayConfig } from '../config/schema.ts';
import { ConnectedAgents } from '../connections/connected-agents.ts';
import { createLog, reasonOf, type Log } from '../log.ts';
import type { MediaHost, MediaListener } from '../media-process/host.ts';
import { Health, watchDamage } from '../operations/health.ts';
import { Metrics } from '../operations/metrics.ts';
import { sparingLog } from '../sparing-log.ts';
import { openStore } from '../store/open.ts';
import type { AnnouncementFile } from '../recordings/announcement-route.ts';
import type { LastWebhooks, Store } from '../store/store.ts';
import { WebhookHealth } from '../webhooks/webhook-health.ts';
import { readAnnouncements } from './announcements.ts';

export interface RelayOptions {
  clock?: Clock | undefined;
  log?: Log | undefined;
  /** Path of better-sqlite3's compiled part; see `store/binding.ts` for the default. */
  nativeBinding?: string | undefined;
  /** Opens the media of relayed calls; by default in this process, so that it ends with it. */
  media?: ((config: RelayConfig, listener: MediaListener) => Promise<MediaHost>) | undefined;
}

/** What all parts of a relay share. */
export interface Base {
  config: RelayConfig;
  clock: Clock;
  log: Log;
  /** A rate-limited log for what anybody can cause. */
  strangers: Pick<Log, 'warn'>;
  metrics: Metrics;
  nodes: Nodes;
  store: Store;
  health: Health;
  /** What became of each number's latest webhooks. */
  webhookHealth: WebhookHealth;
  access: Access;
  agents: AgentRegistry;
  invitations: Invitations;
  directory: AgentDirectory;
  connectedAgents: ConnectedAgents;
  /** What customers hear before a recording, where it is not ours, by account. */
  announcements: ReadonlyMap<string, AnnouncementFile>;
  changes: EventEmitter<RelayChanges>;
}

/** What the base and relayed calls report to the parts built on them. */
interface RelayChanges {
  entries: [];
  /** The log has new entries, of this node or another. */
  logged: [];
  calls: [];
  agent: [change: AgentChange];
}

/**
 * Opens what all parts share: logs, the store, agents and their rights.
 *
 * @throws Error that says what to do if the store cannot be opened
 */
export async function openBase(config: RelayConfig, options: RelayOptions): Promise<Base> {
  const announcements = readAnnouncements(config);
  const clock = options.clock ?? steadyClock();
  const plainLog = options.log ?? createLog();
  const metrics = new Metrics(clock);
  const log = metrics.counted(plainLog);
  // Counted before any lines are dropped.
  const strangers = metrics.counted({ ...plainLog, ...sparingLog(plainLog, clock) });
  const warning = unreachableMedia(config);
  if (warning) log.warn('config.unreachable', warning);

  const nodes = await joinNodes(config, log);
  const shared = { node: nodes.id, mayHaveOthers: () => nodes.mayHaveOthers() };
  const damage = watchDamage(log);
  const running = { clock, log: damage.log, shared };
  const store = await openStore(config, running, options.nativeBinding).catch(async (error) => {
    // Its media processes go on, and it is started again.
    await nodes.close(true);
    throw error;
  });
  const health = new Health(store, clock, damage);
  // For show only.
  metrics.noteLastWebhooks(await store.lastWebhooks().catch(() => new Map<string, LastWebhooks>()));
  const wrapUps = config.workspaces.map(({ policy }) => policy.wrapUpSeconds * 1000);
  await store.notLaterThan(clock.now(), Math.max(...wrapUps));

  const access = new Access(config.workspaces);
  const connectedAgents = new ConnectedAgents();
  const changes = new EventEmitter<RelayChanges>();
  const directory = new AgentDirectory(store.agents, (change) => changes.emit('agent', change));
  await directory.refresh();
  const refresh = () => directory.refresh();
  const agents = createAgentRegistry(store.agents, clock, refresh, config.workspaces);
  if (config.invitations) {
    const { invitations } = store;
    const first = { agents, invitations, now: clock.now(), log };
    // Without them, those who are known still get their calls.
    await addFirstAgents(config.invitations.file, first).catch((error: unknown) =>
      log.error('invitations.failed', { why: reasonOf(error) }),
    );
  }
  const invitations = new Invitations({
    store,
    access,
    accounts: config.accounts,
    clock,
    log,
    changed: refresh,
  });
  return {
    config,
    clock,
    log,
    strangers,
    metrics,
    nodes,
    store,
    health,
    webhookHealth: new WebhookHealth(clock),
    access,
    agents,
    invitations,
    directory,
    connectedAgents,
    announcements,
    changes,
  };
}
