import { EventEmitter, once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { freePort } from './free-port.ts';

/** A TCP port in front of another one that can be cut off from it. */
export interface TcpLink {
  port: number;
  /** Ends all connections and takes no new ones. */
  cut(): void;
  /** Like a pulled cable or a firewall that forgot: nothing passes, and nobody is told. */
  silence(): void;
  /** Resolves when the next connection has been taken and left without an answer. */
  knocked(): Promise<void>;
  heal(): Promise<void>;
  close(): Promise<void>;
}

/** Opens a link to a port of this machine. */
export async function openTcpLink(to: number): Promise<TcpLink> {
  const sockets = new Set<Socket>();
  const events = new EventEmitter();
  let isSilent = false;
  const server = createServer((near) => {
    if (isSilent) {
      sockets.add(near);
      near.on('error', () => undefined);
      events.emit('knocked');
      return near.pause();
    }
    const far = connect(to, '127.0.0.1');
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        sockets.delete(socket);
        near.destroy();
        far.destroy();
      });
    }
    return near.pipe(far).pipe(near);
  });
  const cut = () => {
    server.close();
    for (const socket of sockets) socket.destroy();
  };
  const port = await freePort();
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    port,
    cut,
    silence() {
      isSilent = true;
      for (const socket of sockets) socket.unpipe().pause();
    },
    async knocked() {
      await once(events, 'knocked');
    },
    async heal() {
      // What was silenced stays so: the path that its packets took is gone.
      isSilent = false;
      if (server.listening) return;
      server.listen(port, '127.0.0.1');
      await once(server, 'listening');
    },
    async close() {
      if (!server.listening) return;
      const closed = once(server, 'close');
      cut();
      await closed;
    },
  };
}
