import { connect, createServer, Server, type Socket } from 'node:net';

/*
 * Runs inside a network namespace and forwards TCP both ways. Its parent sends it sockets that listen
 * on the host: it forwards their connections to the same port of the namespace's own loopback. Asked
 * with `toHost`, it listens on a port of that loopback and forwards to the same port of the host.
 */

interface ToHost {
  toHost: number;
  host: string;
}

process.on('message', (asked: number | ToHost, listening: unknown) => {
  if (typeof asked !== 'number') {
    const server = createServer((inside) => join(inside, connect(asked.toHost, asked.host)));
    server.listen(asked.toHost, '127.0.0.1', () => process.send?.(asked.toHost));
    return;
  }
  if (!(listening instanceof Server)) return;
  listening.on('connection', (outside) => join(outside, connect(asked, '127.0.0.1')));
});

function join(a: Socket, b: Socket): void {
  a.on('error', () => b.destroy());
  b.on('error', () => a.destroy());
  a.pipe(b).pipe(a);
}

process.on('disconnect', () => process.exit());
