import { connect, createServer, Server, type Socket } from 'node:net';

/*
 * The door of another network, run inside it: gets sockets that listen on this machine from its parent, and passes
 * whoever comes on to the same port of the other network's own loopback. Told to let out a port, it listens there and
 * passes whoever comes on to the same port of this machine, over the cable.
 */

interface LetOut {
  out: number;
  host: string;
}

process.on('message', (told: number | LetOut, listening: unknown) => {
  if (typeof told !== 'number') {
    const server = createServer((inside) => join(inside, connect(told.out, told.host)));
    server.listen(told.out, '127.0.0.1', () => process.send?.(told.out));
    return;
  }
  if (!(listening instanceof Server)) return;
  listening.on('connection', (outside) => join(outside, connect(told, '127.0.0.1')));
});

function join(a: Socket, b: Socket): void {
  a.on('error', () => b.destroy());
  b.on('error', () => a.destroy());
  a.pipe(b).pipe(a);
}

process.on('disconnect', () => process.exit());
