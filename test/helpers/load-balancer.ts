import { connect, createServer, type Socket } from 'node:net';

/** A plain TCP load balancer: each connection goes to the next node that is ready. */
export interface LoadBalancer {
  url: string;
  close(): Promise<void>;
}

/** @param nodes the nodes' URLs, as they are at each connection */
export async function openLoadBalancer(nodes: () => readonly string[]): Promise<LoadBalancer> {
  const sockets = new Set<Socket>();
  let turn = 0;
  const isReady = (url: string) =>
    fetch(`${url}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    );
  const pick = async (): Promise<string | undefined> => {
    const urls = nodes();
    turn += 1;
    const inTurn = urls.map((_, index) => urls[(turn + index) % urls.length] ?? '');
    for (const url of inTurn) if (await isReady(url)) return url;
    return undefined;
  };
  const server = createServer((client) => {
    sockets.add(client);
    client.on('error', () => undefined).on('close', () => sockets.delete(client));
    void pick().then((url) => {
      if (url === undefined) return client.destroy();
      const { hostname, port } = new URL(url);
      const node = connect(Number(port), hostname);
      node.on('error', () => undefined).on('close', () => client.destroy());
      client.on('close', () => node.destroy());
      return client.pipe(node).pipe(client);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
