import { connect, createServer } from 'node:net';

/**
 * Forwards TCP connections from a port of this network's loopback to another host: `node
 * forwarder.ts PORT HOST`. The relay sends plain HTTP only to providers on its own machine.
 */
const [port, host] = process.argv.slice(2);

createServer((near) => {
  const far = connect(Number(port), host);
  near.pipe(far).pipe(near);
  near.on('error', () => far.destroy());
  far.on('error', () => near.destroy());
}).listen(Number(port), '127.0.0.1');
