import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import {
  DiscardPolicy,
  type JetStreamClient,
  type JetStreamManager,
  JetStreamApiError,
  jetstream,
  jetstreamManager,
  RetentionPolicy,
  StorageType,
} from '@nats-io/jetstream';
import { type KV, Kvm } from '@nats-io/kv';
import {
  connect,
  credsAuthenticator,
  errors,
  nanos,
  type ConnectionOptions,
  type NatsConnection,
} from '@nats-io/transport-node';
import { reasonOf } from '../../log.ts';
import './transport.ts';

/** Where a NATS JetStream store is, and how it is stored there. */
export interface NatsSettings {
  /** E.g. `nats://10.0.0.1:4222`; `tls://` requires an encrypted connection. */
  servers: readonly string[];
  credentials?:
    | { user: string; password: string }
    | { token: string }
    /** Path of a `.creds` file. */
    | { file: string }
    | undefined;
  /** How many servers store each message. */
  replicas: number;
  /**
   * Prefix for the names of streams, buckets and subjects, so that several stores can share a
   * server.
   */
  prefix: string;
}

/** The parts of a store on the server. */
export interface JetStream {
  connection: NatsConnection;
  client: JetStreamClient;
  manager: JetStreamManager;
  names: StreamNames;
  /** The values chosen once for a store: its epoch, and where its cursors begin. */
  meta: KV;
}

interface StreamNames {
  /** Commands about calls and the log. */
  log: string;
  /** Commands about agents. */
  agents: string;
  /** Deliveries, unchanged. */
  deliveries: string;
  /** Prefixes of the subjects, e.g. `ringdesk.log`. */
  subjects: { log: string; agents: string; deliveries: string };
}

/**
 * A delivery has up to 1 MB, and its reports may add as much; the server's own default is 1 MB. In
 * bytes.
 */
const LEAST_PAYLOAD = 4 * 1024 * 1024;
/** A request that was lost with its server is repeated after this time, in ms. */
const REQUEST_MS = 2_000;
/** The server itself recognises a command that is repeated within this time, in ms. */
const DUPLICATES_MS = 10 * 60_000;
/** JetStream: servers that have just started have not found each other, or have no leader yet. */
const NOT_FORMED: ReadonlySet<number> = new Set([10_005, 10_008]);
/** How long they are given, in ms, and the pause between two tries. */
const FORMED_WITHIN_MS = 20_000;
const AGAIN_MS = 250;
/** JetStream: the stream exists with a different config. */
const NAME_IN_USE = 10_058;
const DAY_MS = 86_400_000;

/**
 * Connects to the server and creates missing streams and buckets.
 *
 * @param retentionDays how long the log is kept
 * @throws Error that tells a person what to do
 */
export async function openJetStream(
  settings: NatsSettings,
  retentionDays: number,
): Promise<JetStream> {
  const connection = await connectTo(settings);
  try {
    const largest = connection.info?.max_payload ?? 0;
    if (largest < LEAST_PAYLOAD) {
      throw new Error(
        `The NATS server takes messages of ${largest} bytes at most; set "max_payload: 8MB" in its config.`,
      );
    }
    return await whenFormed(() => createStreams(connection, settings, retentionDays));
  } catch (error) {
    await connection.close();
    throw error;
  }
}

async function createStreams(
  connection: NatsConnection,
  { prefix, replicas }: NatsSettings,
  retentionDays: number,
): Promise<JetStream> {
  const manager = await jetstreamManager(connection);
  const names = namesOf(prefix);
  const { log, agents, deliveries } = names.subjects;
  // A day longer than the log itself, so that a node that reads it again knows how each call began.
  const age = (retentionDays + 1) * DAY_MS;
  await ensureStream(manager, names.log, log, age, replicas);
  await ensureStream(manager, names.agents, agents, 0, replicas);
  await ensureStream(manager, names.deliveries, deliveries, retentionDays * DAY_MS, replicas);
  const meta = await new Kvm(connection).create(`${prefix}-meta`, {
    history: 1,
    replicas,
    storage: StorageType.File,
  });
  const client = jetstream(connection, { timeout: REQUEST_MS });
  return { connection, client, manager, names, meta };
}

/** @throws Error that tells a person what to do */
export async function connectTo({ servers, credentials }: NatsSettings): Promise<NatsConnection> {
  try {
    return await connect({
      servers: [...servers],
      ...authentication(credentials),
      ...(servers.some((server) => server.startsWith('tls:')) && { tls: {} }),
      maxReconnectAttempts: -1,
      reconnectTimeWait: 250,
      reconnectJitter: 100,
      // A connection without answers is given up after twice this time.
      pingInterval: 2_000,
      maxPingOut: 2,
    });
  } catch (error) {
    throw new Error(`No NATS server answers at ${servers.join(', ')} (${reasonOf(error)}).`, {
      cause: error,
    });
  }
}

function authentication(credentials: NatsSettings['credentials']): ConnectionOptions {
  if (!credentials) return {};
  if ('token' in credentials) return { token: credentials.token };
  if ('file' in credentials) {
    return { authenticator: credsAuthenticator(readFileSync(credentials.file)) };
  }
  return { user: credentials.user, pass: credentials.password };
}

function namesOf(prefix: string): StreamNames {
  return {
    log: `${prefix}-log`,
    agents: `${prefix}-agents`,
    deliveries: `${prefix}-deliveries`,
    subjects: {
      log: `${prefix}.log`,
      agents: `${prefix}.agents`,
      deliveries: `${prefix}.deliveries`,
    },
  };
}

/**
 * Tries again while a cluster of servers is forming.
 *
 * @throws Error that tells a person what to do
 */
async function whenFormed<T>(create: () => Promise<T>): Promise<T> {
  const until = performance.now() + FORMED_WITHIN_MS;
  for (;;) {
    try {
      return await create();
    } catch (error) {
      const cause = error instanceof Error ? (error.cause ?? error) : error;
      const isUnanswered = cause instanceof errors.TimeoutError;
      const isForming =
        isUnanswered || (cause instanceof JetStreamApiError && NOT_FORMED.has(cause.code));
      if (!isForming) throw error;
      if (performance.now() > until) throw isUnanswered ? new Unanswered({ cause }) : error;
    }
    await delay(AGAIN_MS);
  }
}

/** JetStream answers no question, mostly because its servers have no leader. */
export class Unanswered extends Error {
  constructor(options: ErrorOptions) {
    super('JetStream does not answer; most of its servers must run to open the store.', options);
  }
}

/**
 * Creates a stream if there is none. Its description tells it from an earlier one of the same name:
 * servers disagree on when it was created once it has been added again.
 *
 * @param ageMs how long messages are kept; 0: for ever
 */
async function ensureStream(
  manager: JetStreamManager,
  name: string,
  subject: string,
  ageMs: number,
  replicas: number,
): Promise<void> {
  const config = { max_age: nanos(ageMs), num_replicas: replicas };
  try {
    await manager.streams.add({
      name,
      description: randomUUID(),
      subjects: [`${subject}.>`],
      retention: RetentionPolicy.Limits,
      storage: StorageType.File,
      discard: DiscardPolicy.Old,
      duplicate_window: nanos(DUPLICATES_MS),
      ...config,
    });
  } catch (error) {
    if (!(error instanceof JetStreamApiError && error.code === NAME_IN_USE)) {
      throw new Error(`JetStream cannot keep the stream ${name} (${reasonOf(error)}).`, {
        cause: error,
      });
    }
    // Servers refuse an update that comes while another node makes the same one: change only what differs.
    const { config: is } = await manager.streams.info(name);
    if (is.max_age !== config.max_age || is.num_replicas !== config.num_replicas) {
      await manager.streams.update(name, config);
    }
  }
}
