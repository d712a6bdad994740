import { connect, Server } from 'node:net';

/*
 * The door of another network, run inside it: gets sockets that listen on this machine from its parent, and passes
 * whoever comes on to the same port of the other network's own loopback.
 */

process.on('message', (port: number, listening: unknown) => {
  if (!(listening instanceof Server)) return;
  listening.on('connection', (outside) => {
    const inside = connect(port, '127.0.0.1');
    outside.on('error', () => inside.destroy());
    inside.on('error', () => outside.destroy());
    outside.pipe(inside).pipe(outside);
  });
});

process.on('disconnect', () => process.exit());
