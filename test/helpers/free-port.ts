import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';

/**
 * Below what systems give to outgoing connections: a program that is restarted must not find its port
 * taken by one. On Linux, even one that closed a minute ago takes it.
 */
const LOWEST = 20_000;
const HIGHEST = 32_767;

/** A TCP port of this machine that nobody has, for a program that is told which one to take. */
export async function freePort(host = '127.0.0.1'): Promise<number> {
  for (;;) {
    const port = randomInt(LOWEST, HIGHEST + 1);
    const server = createServer().listen(port, host);
    try {
      await once(server, 'listening');
    } catch {
      // Somebody has it.
      continue;
    }
    server.close();
    await once(server, 'close');
    return port;
  }
}
