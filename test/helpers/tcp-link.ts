import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A TCP port in front of another one that can be cut off from it. */
export interface TcpLink {
  port: number;
  /** Ends all connections and takes no new ones. */
  cut(): void;
  heal(): void;
  close(): Promise<void>;
}

/** Opens a link to a port of this machine. */
export async function openTcpLink(to: number): Promise<TcpLink> {
  const sockets = new Set<Socket>();
  let isCut = false;
  const server = createServer((near) => {
    if (isCut) return near.destroy();
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
    isCut = true;
    for (const socket of sockets) socket.destroy();
  };
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    port: address.port,
    cut,
    heal: () => (isCut = false),
    async close() {
      cut();
      server.close();
      await once(server, 'close');
    },
  };
}
