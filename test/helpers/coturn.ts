import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { freePort } from './free-port.ts';

/** From Debian's package `coturn`. */
const PROGRAM = 'turnserver';

/** A running TURN server. */
export interface Coturn {
  host: string;
  port: number;
  close(): Promise<void>;
}

/**
 * Starts a real coturn with time-limited credentials.
 *
 * @param secret its `static-auth-secret`
 * @param host this machine's address, for clients and relayed media
 */
export async function openCoturn(secret: string, host: string): Promise<Coturn> {
  const port = await freePort(host);
  const folder = mkdtempSync(join(tmpdir(), 'ringdesk-coturn-'));
  const child = spawn(
    PROGRAM,
    [
      '-n',
      '--log-file=stdout',
      '--simple-log',
      '--verbose',
      `--pidfile=${folder}/turnserver.pid`,
      `--listening-ip=${host}`,
      `--relay-ip=${host}`,
      `--listening-port=${port}`,
      '--use-auth-secret',
      `--static-auth-secret=${secret}`,
      '--realm=ringdesk',
      '--allow-loopback-peers',
      '--no-tls',
      '--no-dtls',
      '--no-cli',
    ],
    { stdio: ['ignore', 'pipe', 'ignore'], cwd: folder },
  );
  const left = new Promise((resolve) => child.once('exit', resolve));
  const close = async () => {
    child.kill();
    await left;
    rmSync(folder, { recursive: true, force: true });
  };
  const missing = new Set(['UDP', 'TCP']);
  for await (const line of createInterface(child.stdout)) {
    const [, kind] = /(UDP|TCP) listener opened/.exec(line) ?? [];
    if (kind !== undefined) missing.delete(kind);
    if (missing.size === 0) break;
  }
  // Drains the pipe: the server would block once it is full.
  child.stdout.resume();
  if (missing.size > 0) {
    await close();
    throw new Error('coturn ended before it listened');
  }
  return { host, port, close };
}
