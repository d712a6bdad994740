import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Clock } from '../../shared/lib/clock.ts';

/** Maximum number of unauthenticated sockets; honest ones authenticate within milliseconds. */
const MOST_UNPROVEN = 1_024;
/** Limit of what they all have sent together, in bytes. */
const MOST_BYTES = 67_108_864;
/** Younger ones are kept, however many connect at once: after a restart all consoles do. In ms. */
const GRACE_MS = 2_000;
/** How often they are checked, in ms. */
const LOOK_MS = 500;

const proven = new WeakSet<Duplex>();

/** Marks a socket as authenticated: its peer has shown a webhook's secret or a token. */
export function markProven(socket: Duplex): void {
  proven.add(socket);
}

/**
 * Limits a server's unauthenticated sockets. If there are too many, the oldest are closed rather
 * than the newest refused, because honest senders are done quickly.
 *
 * @param handleCut called with how many were closed
 * @returns stops limiting
 */
export function boundUnproven(
  server: Server,
  clock: Clock,
  handleCut: (sockets: number) => void,
): () => void {
  /** In order of arrival. */
  const since = new Map<Socket, number>();

  server.on('connection', (socket: Socket) => {
    since.set(socket, clock.now());
    socket.once('close', () => since.delete(socket));
  });

  const look = () => {
    cancel = clock.at(clock.now() + LOOK_MS, look);
    for (const socket of since.keys()) if (proven.has(socket)) since.delete(socket);
    let bytes = 0;
    for (const socket of since.keys()) bytes += socket.bytesRead;
    let cut = 0;
    for (const [socket, at] of since) {
      const tooMany = since.size > MOST_UNPROVEN || bytes > MOST_BYTES;
      if (!tooMany || clock.now() - at < GRACE_MS) break;
      since.delete(socket);
      bytes -= socket.bytesRead;
      socket.destroy();
      cut += 1;
    }
    if (cut > 0) handleCut(cut);
  };
  let cancel = clock.at(clock.now() + LOOK_MS, look);
  return () => cancel();
}
