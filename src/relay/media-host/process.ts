import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { RelayConfig } from '../config.ts';
import type { Log } from '../log.ts';
import { openRemoteHost } from './client.ts';
import type { MediaHost, MediaListener } from './host.ts';
import { openLocalHost } from './local.ts';
import { engineOptions } from './options.ts';
import { HostServer } from './server.ts';
import { WIRE_VERSION } from './wire.ts';

/** A socket's path has at most 104 bytes on macOS and 108 on Linux. */
const MAX_PATH_BYTES = 100;
/** A host that was started listens within this, in ms. */
const START_MS = 10_000;
const RETRY_MS = 25;

/** Where the media process of a data folder listens: in the folder, so that only its owner gets there. */
function socketPath(dataDir: string): string {
  const inside = path.join(dataDir, `media-${WIRE_VERSION}.sock`);
  const name = createHash('sha256').update(inside).digest('hex').slice(0, 24);
  if (process.platform === 'win32') return `\\\\.\\pipe\\ringdesk-media-${name}`;
  if (Buffer.byteLength(inside) <= MAX_PATH_BYTES) return inside;
  return path.join(tmpdir(), `ringdesk-${name}.sock`);
}

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
  const where = socketPath(dataDir);
  const findOrStart = async (): Promise<Socket> => {
    const found = await tryConnect(where);
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

async function untilThere(where: string): Promise<Socket> {
  for (const until = Date.now() + START_MS; Date.now() < until;) {
    const socket = await tryConnect(where);
    if (socket) return socket;
    await delay(RETRY_MS);
  }
  throw new Error('The media process did not start. Is a port of media.portRange free?');
}

function tryConnect(where: string): Promise<Socket | undefined> {
  return new Promise((resolve) => {
    const socket = connect(where);
    socket.once('connect', () => {
      socket.removeAllListeners('error');
      resolve(socket);
    });
    socket.once('error', () => resolve(undefined));
  });
}

/** Runs the media process: until no call is left and no relay has come for a while. */
export async function runHostProcess({ dataDir, media }: RelayConfig): Promise<void> {
  const where = socketPath(dataDir);
  const running = await tryConnect(where);
  if (running) return void running.destroy();
  // Left over from one that was killed.
  if (process.platform !== 'win32') rmSync(where, { force: true });
  let finish: () => void = () => undefined;
  const done = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const server = new HostServer(finish);
  await server.start(where, (listener) => openLocalHost(engineOptions(media), listener));
  await done;
}
