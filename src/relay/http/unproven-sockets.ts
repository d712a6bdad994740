import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Clock } from '../../shared/lib/clock.ts';

/** Sockets that have shown nothing yet; an honest one needs milliseconds. */
const MOST_UNPROVEN = 1_024;
/** What all of them together have sent, in bytes. */
const MOST_BYTES = 67_108_864;
/** Younger ones stay, however many come at once: all consoles do after a restart. */
const GRACE_MS = 2_000;
/** Between two looks, in ms. */
const LOOK_MS = 500;

const proven = new WeakSet<Duplex>();

/** Notes that who speaks on a socket has shown a secret: a webhook's, a token. */
export function markProven(socket: Duplex): void {
  proven.add(socket);
}

/**
 * Bounds the sockets of a server on which nothing was proven. When there are too many, the oldest are
 * cut and not the newest refused: an honest sender is soon done, whom they would keep out is not.
 *
 * @param handleCut called with how many were cut
 * @returns ends it
 */
export function boundUnproven(
  server: Server,
  clock: Clock,
  handleCut: (sockets: number) => void,
): () => void {
  /** In the order in which they came. */
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
