import { once } from 'node:events';
import { createServer } from 'node:http';
import { WebSocket, WebSocketServer } from 'ws';
import { expect, it } from 'vitest';
import { textFrame } from '../../../../src/relay/connections/text-frame.ts';

/** Lengths on both sides of where the frame's header grows. */
const LENGTHS = [0, 1, 125, 126, 127, 65_535, 65_536, 200_000];

it('a text frame of any length is read back unchanged', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  const sockets = new WebSocketServer({ noServer: true });
  const texts = [...LENGTHS.map((length) => 'x'.repeat(length)), 'Olá, 你好 👋'];
  server.on('upgrade', (request, stream, head) => {
    sockets.handleUpgrade(request, stream, head, (socket) => {
      // Between the library's own frames, and several in one write.
      socket.ping();
      stream.write(Buffer.concat(texts.map((text) => textFrame(text))));
      socket.close();
    });
  });
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('not listening');
  const client = new WebSocket(`ws://127.0.0.1:${address.port}`);
  const heard: string[] = [];
  client.on('message', (data, isBinary) => {
    if (!Buffer.isBuffer(data)) throw new Error('a frame in pieces');
    heard.push(isBinary ? 'binary' : data.toString('utf8'));
  });
  const [code] = await once(client, 'close');
  server.close();
  expect(heard).toEqual(texts);
  expect(code).toBe(1005);
});
