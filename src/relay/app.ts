import type { Invitations } from './agents/invitations.ts';
import type { AgentRegistry } from './agents/registry.ts';
import { type Base, openBase, type RelayOptions } from './app/base.ts';
import { openCalls } from './app/calls.ts';
import { closeBase, closeServer, drainCalls } from './app/ending.ts';
import { createRoutes } from './app/routes.ts';
import { serveSessions } from './app/sessions.ts';
import type { RelayConfig } from './config/schema.ts';
import { Dispatcher } from './dispatch/dispatcher.ts';
import { post } from './dispatch/post.ts';
import { createHttpServer, listen } from './http/server.ts';
import { boundUnproven } from './http/unproven-sockets.ts';
import { openRelayRecordings } from './recordings/open.ts';
import type { ErasedPerson } from './recordings/relay-recordings.ts';
import { pruneRegularly } from './store/pruning.ts';
import { RELAY_VERSION } from './version.ts';

export type { RelayOptions } from './app/base.ts';

/** A running relay. */
export interface Relay {
  /** Its base URL with the actual port, e.g. `http://127.0.0.1:8787`. */
  readonly url: string;
  readonly agents: AgentRegistry;
  readonly invitations: Invitations;
  /**
   * Takes no new calls, sends consoles to other relays if there are any, and waits for the calls that it has, for
   * `drainSeconds` at most.
   */
  drain(): Promise<void>;
  /** Announces the shutdown to consoles, finishes what has begun, and closes port and database. */
  close(): Promise<void>;
}

/**
 * Starts a relay in this process.
 *
 * @throws Error that says what to do if the port or the data folder cannot be used
 */
export async function createRelay(config: RelayConfig, options: RelayOptions = {}): Promise<Relay> {
  const base = await openBase(config, options);
  const { clock, log, strangers, store } = base;
  const calls = await openCalls(base, options.media);
  const recordings = openRelayRecordings(config, {
    holds: () => store.holds(),
    erased: () => erasedPeople(base),
    clock,
    log,
  });
  base.nodes.answerErasures(({ erasure, accounts }) =>
    recordings.erase([{ erasure, accounts: new Set(accounts) }]),
  );
  const ending = { isDraining: false, isClosing: false };
  const server = createHttpServer(createRoutes(base, calls, recordings, ending), log);
  const stopBounding = boundUnproven(server, clock, (sockets) =>
    strangers.warn('http.unproven-cut', { sockets }),
  );
  const sessions = serveSessions(base, server, calls, recordings);
  const dispatcher = new Dispatcher({
    endpoints: config.webhooks,
    store,
    isOurTurn: () => base.nodes.isFirst() && base.nodes.hearsOthers(),
    clock,
    log,
    post,
    random: Math.random,
  });
  base.changes.on('logged', () => dispatcher.wake());
  let stopPruning: () => void = () => undefined;
  let url: string;
  try {
    await calls.coordinator.start();
    dispatcher.wake();
    recordings.start();
    stopPruning = pruneRegularly(store, clock, log, config.retentionDays);
    url = await listen(server, config.listen);
  } catch (error) {
    stopPruning();
    stopBounding();
    await recordings.close();
    await dispatcher.close();
    sessions.close();
    await calls.coordinator.close();
    await closeBase(base, calls);
    throw error;
  }
  log.info('relay.listening', { url, version: RELAY_VERSION, accounts: config.accounts.length });

  const drain = async () => {
    ending.isDraining = true;
    log.info('relay.draining', { seconds: config.drainSeconds });
    await drainCalls(base, calls, () => ending.isClosing);
  };
  const close = async () => {
    ending.isClosing = true;
    log.info('relay.closing');
    stopPruning();
    stopBounding();
    await closeServer(server, sessions, calls);
    await recordings.close();
    await dispatcher.close();
    await closeBase(base, calls);
    log.info('relay.closed');
  };
  let closing: Promise<void> | undefined;
  const { agents, invitations } = base;
  return { url, agents, invitations, drain, close: () => (closing ??= close()) };
}

/** Everybody who was erased in any workspace, with its numbers. */
async function erasedPeople({ store, access, config }: Base): Promise<readonly ErasedPerson[]> {
  const people: ErasedPerson[] = [];
  for (const { id: workspace } of config.workspaces) {
    const whole = { workspace, role: 'admin', calls: 'all', numbers: 'all' } as const;
    const accounts = new Set(access.numbersOf(whole));
    for (const erasure of await store.erasures(workspace, 0)) people.push({ erasure, accounts });
  }
  return people;
}
