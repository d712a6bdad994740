import { createServer } from 'node:net';
import { once } from 'node:events';
import { NodeTransport } from '@nats-io/transport-node/lib/node_transport.js';
import { expect, it, onTestFinished } from 'vitest';
import '../../../../../src/relay/store/nats/transport.ts';

it('a write that fails after the client has dropped its connection ends no process', async () => {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.write('INFO {"server_id":"x","max_payload":1048576,"proto":1,"headers":true}\r\n');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const uncaught: unknown[] = [];
  const note = (error: unknown): void => void uncaught.push(error);
  process.on('uncaughtException', note);
  onTestFinished(() => void process.off('uncaughtException', note));

  const transport = new NodeTransport();
  await transport.connect({ hostname: '127.0.0.1', port: address.port, tlsName: '' }, {});
  const { socket } = transport;
  socket.end();
  transport.send(new TextEncoder().encode('PING\r\n'));
  transport.discard();
  await new Promise(setImmediate);
  expect(socket.errored).toMatchObject({ code: 'ERR_STREAM_WRITE_AFTER_END' });
  expect(uncaught).toEqual([]);
});
