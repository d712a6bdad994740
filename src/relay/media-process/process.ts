import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { MOST_MEDIA_PROCESSES } from '../config/media.ts';
import type { RelayConfig } from '../config/schema.ts';
import type { Log } from '../log.ts';
import { remoteHost } from './client.ts';
import { isProof, newNonce, greetingProof } from './greeting.ts';
import type { MediaHost, MediaListener } from './host.ts';
import { openLocalHost } from './local.ts';
import { engineOptions, mediaProcesses } from './options.ts';
import { type HostPlace, hostPlace } from './place.ts';
import { poolMediaHosts } from './pool.ts';
import { HostServer } from './server.ts';
import { fromHost, lines, parseLine, type ToHost } from './wire.ts';

/** How long a started host may take to listen, even on a busy machine, in ms. */
const START_MS = 30_000;
const RETRY_MS = 25;
/** How long its greeting may take, even on a busy machine, in ms. */
const GREETING_MS = 5_000;

export interface HostProcessPorts {
  listener: MediaListener;
  log: Log;
  /** The command that starts the process of an index: executable and arguments. */
  command: (index: number) => readonly [file: string, ...args: string[]];
}

/**
 * A data folder's media in separate processes, reused if they already run. They are not children
 * that die with this process: calls continue while the relay restarts, even after `kill -9`.
 *
 * @throws if none of them can be found or started
 */
export async function openHostProcesses(
  { dataDir, media }: RelayConfig,
  { listener, log, command }: HostProcessPorts,
): Promise<MediaHost> {
  const findOrStart = async (index: number): Promise<Socket> => {
    // Computed every time: the folder may have been deleted meanwhile.
    const where = hostPlace(dataDir, index);
    const found = await findHost(where);
    if (found) return found;
    const [file, ...args] = command(index);
    const child = spawn(file, args, { detached: true, stdio: 'ignore' });
    child.unref();
    log.info('media.started', { pid: child.pid, process: index });
    return Promise.race([failureOf(child, [file, ...args]), untilThere(where)]);
  };
  const count = mediaProcesses(media);
  const hosts = Array.from({ length: count }, (_, index) =>
    remoteHost({ connect: () => findOrStart(index), listener, log }),
  );
  const [opened, retired] = await Promise.all([
    Promise.allSettled(hosts.map(({ opened }) => opened)),
    findRetired(dataDir, count, { listener, log }),
  ]);
  const pool = poolMediaHosts({ hosts: hosts.map(({ host }) => host), retired });
  const failures = opened.filter((one) => one.status === 'rejected');
  if (failures.length === count) {
    await pool.close();
    throw failures[0]?.reason;
  }
  // Meanwhile the others have the calls.
  for (const [index, { status }] of opened.entries()) {
    if (status === 'rejected') void hosts[index]?.reopen();
  }
  return pool;
}

/** Processes from when more were configured that are still running. */
async function findRetired(
  dataDir: string,
  from: number,
  { listener, log }: Pick<HostProcessPorts, 'listener' | 'log'>,
): Promise<MediaHost[]> {
  const found: MediaHost[] = [];
  for (let index = from; index < MOST_MEDIA_PROCESSES; index++) {
    const where = hostPlace(dataDir, index);
    if (process.platform !== 'win32' && !existsSync(where.path)) continue;
    const connect = async () => {
      const socket = await findHost(where);
      if (socket) return socket;
      throw new Error('It has left.');
    };
    const { host, opened } = remoteHost({ connect, listener, log, restarts: false });
    await opened.then(
      () => found.push(host),
      () => host.close(),
    );
  }
  return found;
}

/**
 * Rejects if a started host ends with an error. Its own words are lost: it outlives the relay, so it may write to no
 * pipe of the relay's.
 */
async function failureOf(child: ChildProcess, command: readonly string[]): Promise<never> {
  const [code, signal] = await once(child, 'exit');
  // Another one is there already.
  if (code === 0) return new Promise(() => undefined);
  throw new Error(
    `The media process ended at once, with ${code ?? signal}. Run this to see why: ${command.join(' ')}`,
  );
}

async function untilThere(where: HostPlace): Promise<Socket> {
  for (const until = performance.now() + START_MS; performance.now() < until;) {
    const socket = await findHost(where);
    if (socket) return socket;
    await delay(RETRY_MS);
  }
  throw new Error('The media process did not start. Is a port of media.portRange free?');
}

/**
 * Connects to the process that listens there, if there is one.
 *
 * @throws if it is not our media process: it does not know the data folder's secret
 */
export async function findHost({ path, secret }: HostPlace): Promise<Socket | undefined> {
  const socket = connect(path);
  const isThere = await new Promise((resolve) => {
    socket.once('connect', () => resolve(true));
    socket.once('error', () => resolve(false));
  });
  const who = isThere ? await greet(socket, secret) : 'nobody';
  // The caller listens from now on; the socket stays paused until then.
  for (const event of ['data', 'error', 'close']) socket.removeAllListeners(event);
  if (who === 'ours') return socket;
  socket.on('error', () => undefined);
  socket.destroy();
  if (who === 'nobody') return undefined;
  throw new Error(`Whoever listens at ${path} does not prove to be this relay's media process.`);
}

const say = (socket: Socket, message: ToHost) => socket.write(`${JSON.stringify(message)}\n`);

/** Whether the other end knows the secret; see greeting.ts. Nothing else is sent before that. */
function greet(socket: Socket, secret: Buffer): Promise<'ours' | 'nobody' | 'stranger'> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve('stranger'), GREETING_MS);
    const finish = (who: 'ours' | 'nobody' | 'stranger') => {
      clearTimeout(timer);
      resolve(who);
    };
    const relay = newNonce();
    const feed = lines((line) => {
      const { data } = fromHost.safeParse(parseLine(line));
      if (data?.type !== 'hello') return finish('stranger');
      const nonces = { relay, host: data.nonce };
      if (!isProof(data.proof, greetingProof(secret, 'host', nonces))) return finish('stranger');
      socket.pause();
      say(socket, { type: 'proof', proof: greetingProof(secret, 'relay', nonces) });
      finish('ours');
    });
    socket.setEncoding('utf8');
    socket.on('data', (chunk: string) => feed(chunk));
    socket.once('error', () => finish('nobody'));
    socket.once('close', () => finish('nobody'));
    say(socket, { type: 'hello', nonce: relay });
  });
}

/**
 * Runs a media process until it has no calls and no relay for a while.
 *
 * @param index of the process, from 0
 */
export async function runHostProcess(config: RelayConfig, index = 0): Promise<void> {
  // Only the owner can open the files that it creates.
  process.umask(0o077);
  const where = hostPlace(config.dataDir, index);
  const running = await findHost(where);
  if (running) return void running.destroy();
  // Left behind by a killed process.
  if (process.platform !== 'win32') rmSync(where.path, { force: true });
  let finish: () => void = () => undefined;
  const done = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const server = new HostServer(where.secret, finish);
  await server.start(where.path, (listener) =>
    openLocalHost(engineOptions(config, index), listener),
  );
  await done;
}
