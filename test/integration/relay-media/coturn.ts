import { spawn, spawnSync } from 'node:child_process';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';
import { tempFolder } from '../../helpers/temp.ts';

const HOST = '127.0.0.1';
/** Debian's package `coturn` brings it. */
const PROGRAM = 'turnserver';

/** Whether Debian's `coturn` is installed here. */
export const hasCoturn = (): boolean =>
  spawnSync(PROGRAM, ['--version'], { stdio: 'ignore' }).error === undefined;

/** A real coturn on loopback with time-limited credentials; it ends with the test. */
export async function startCoturn(secret: string): Promise<{ host: string; port: number }> {
  const port = await freePort();
  const child = spawn(
    PROGRAM,
    [
      '-n',
      '--log-file=stdout',
      '--simple-log',
      '--verbose',
      `--pidfile=${tempFolder()}/turnserver.pid`,
      `--listening-ip=${HOST}`,
      `--relay-ip=${HOST}`,
      `--listening-port=${port}`,
      '--use-auth-secret',
      `--static-auth-secret=${secret}`,
      '--realm=ringdesk',
      '--allow-loopback-peers',
      '--no-tls',
      '--no-dtls',
      '--no-cli',
    ],
    { stdio: ['ignore', 'pipe', 'ignore'], cwd: tempFolder() },
  );
  const left = new Promise((resolve) => child.once('exit', resolve));
  onTestFinished(async () => {
    child.kill();
    await left;
  });
  const missing = new Set(['UDP', 'TCP']);
  for await (const line of createInterface(child.stdout)) {
    const [, kind] = /(UDP|TCP) listener opened/.exec(line) ?? [];
    if (kind !== undefined) missing.delete(kind);
    if (missing.size === 0) break;
  }
  // An unread pipe would stop the server once it is full.
  child.stdout.resume();
  if (missing.size > 0) throw new Error('coturn ended before it listened');
  return { host: HOST, port };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, HOST, resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (typeof address !== 'object' || !address) throw new Error('no port');
  return address.port;
}
