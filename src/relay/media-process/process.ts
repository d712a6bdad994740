import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { RelayConfig } from '../config/schema.ts';
import type { Log } from '../log.ts';
import { openRemoteHost } from './client.ts';
import { isProof, newNonce, greetingProof } from './greeting.ts';
import type { MediaHost, MediaListener } from './host.ts';
import { openLocalHost } from './local.ts';
import { engineOptions } from './options.ts';
import { type HostPlace, hostPlace } from './place.ts';
import { HostServer } from './server.ts';
import { fromHost, lines, parseLine, type ToHost } from './wire.ts';

/** A host that was started listens within this, in ms, on a machine that has much to do as well. */
const START_MS = 30_000;
const RETRY_MS = 25;
/** It greets within this, in ms, however busy it is. */
const GREETING_MS = 5_000;

/**
 * The media of a data folder in a process of its own, found again if it runs already. It is no child that dies with
 * this one: calls go on while the relay is restarted, even by `kill -9`.
 *
 * @param command how that process is started: an executable and its arguments
 */
export function openHostProcess(
  { dataDir }: RelayConfig,
  listener: MediaListener,
  log: Log,
  command: readonly [file: string, ...args: string[]],
): Promise<MediaHost> {
  const findOrStart = async (): Promise<Socket> => {
    // Anew each time: the folder may have been cleared away meanwhile.
    const where = hostPlace(dataDir);
    const found = await findHost(where);
    if (found) return found;
    const [file, ...args] = command;
    const child = spawn(file, args, { detached: true, stdio: 'ignore' });
    child.unref();
    const failed = once(child, 'error').then(([error]) => Promise.reject(error));
    log.info('media.started', { pid: child.pid });
    return Promise.race([failed, untilThere(where)]);
  };
  return openRemoteHost(findOrStart, listener, log);
}

async function untilThere(where: HostPlace): Promise<Socket> {
  for (const until = Date.now() + START_MS; Date.now() < until;) {
    const socket = await findHost(where);
    if (socket) return socket;
    await delay(RETRY_MS);
  }
  throw new Error('The media process did not start. Is a port of media.portRange free?');
}

/**
 * Connects to the process that listens there, if there is one.
 *
 * @throws when it is not our media process: it does not know the data folder's secret
 */
export async function findHost({ path, secret }: HostPlace): Promise<Socket | undefined> {
  const socket = connect(path);
  const isThere = await new Promise((resolve) => {
    socket.once('connect', () => resolve(true));
    socket.once('error', () => resolve(false));
  });
  const who = isThere ? await greet(socket, secret) : 'nobody';
  // Its owner's from here on; it stands still until they read it.
  for (const event of ['data', 'error', 'close']) socket.removeAllListeners(event);
  if (who === 'ours') return socket;
  socket.on('error', () => undefined);
  socket.destroy();
  if (who === 'nobody') return undefined;
  throw new Error(`Whoever listens at ${path} does not prove to be this relay's media process.`);
}

const say = (socket: Socket, message: ToHost) => socket.write(`${JSON.stringify(message)}\n`);

/** Whether the other end knows the secret; see greeting.ts. Nothing else is sent before it is proven. */
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

/** Runs the media process: until no call is left and no relay has come for a while. */
export async function runHostProcess({ dataDir, media }: RelayConfig): Promise<void> {
  // Only its owner can open the files that it makes.
  process.umask(0o077);
  const where = hostPlace(dataDir);
  const running = await findHost(where);
  if (running) return void running.destroy();
  // Left over from one that was killed.
  if (process.platform !== 'win32') rmSync(where.path, { force: true });
  let finish: () => void = () => undefined;
  const done = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const server = new HostServer(where.secret, finish);
  await server.start(where.path, (listener) => openLocalHost(engineOptions(media), listener));
  await done;
}
