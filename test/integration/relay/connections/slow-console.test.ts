import { once } from 'node:events';
import { createServer } from 'node:http';
import { expect, it, onTestFinished } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { ConsoleSocket } from '../../../../src/relay/connections/console-socket.ts';
import { listen } from '../../../../src/relay/http/server.ts';
import { textFrame } from '../../../../src/relay/connections/text-frame.ts';
import { envelope, post } from '../harness.ts';
import { RelayWorld } from '../relay-world.ts';

const world = new RelayWorld();

const MESSAGES = 100;

/** One webhook with many messages. */
const messages = (first: number) =>
  envelope(
    {
      contacts: [{ profile: { name: 'Bia' }, wa_id: '5511999991234' }],
      messages: Array.from({ length: MESSAGES }, (_, index) => ({
        id: `wamid.${first + index}`,
        from: '5511999991234',
        timestamp: String(Math.floor(world.clock.now() / 1000)),
        type: 'text',
        text: { body: 'Hello?' },
      })),
    },
    { field: 'messages' },
  );

it('a console that stops reading delays nobody, and gets everything in order once it reads again', async () => {
  const [ana, ben] = [await world.join('ana'), await world.join('ben')];
  ana.freeze();
  const total = 12 * MESSAGES;
  for (let sent = 0; sent < total; sent += MESSAGES) await post(world.url, messages(sent));
  await ben.until(() => (ben.cursors.length === total ? true : undefined));
  const callId = await world.ring('wacid.1');
  await ben.ringing(callId, ['ana', 'ben']);
  expect(ana.cursors).toEqual([]);
  ana.thaw();
  await ana.ringing(callId, ['ana', 'ben']);
  expect(ana.cursors).toEqual(ben.cursors);
});

it('a console with megabytes waiting is told that it is too slow and disconnected', async () => {
  const server = createServer();
  onTestFinished(() => void server.close());
  const url = await listen(server, { host: '127.0.0.1', port: 0 });
  const sockets = new WebSocketServer({ noServer: true });
  const accepted = new Promise<ConsoleSocket>((resolve) => {
    server.on('upgrade', (request, stream, head) =>
      sockets.handleUpgrade(request, stream, head, (socket) =>
        resolve(new ConsoleSocket(socket, stream)),
      ),
    );
  });
  const console = new WebSocket(url.replace('http', 'ws'));
  onTestFinished(() => console.terminate());
  const frames: string[] = [];
  console.on('message', (data: Buffer) => frames.push(data.toString('utf8').slice(0, 40)));
  await once(console, 'open');
  console.pause();
  const socket = await accepted;
  const frame = textFrame(JSON.stringify({ much: 'x'.repeat(100_000) }));
  let written = 0;
  while (!socket.isRefused) {
    socket.write(frame);
    written += 1;
  }
  // The relay buffers at most 4 MB for the console; the rest is in the network.
  expect(written).toBeLessThan(200);
  expect(socket.isCongested).toBe(true);
  console.resume();
  const [code] = await once(console, 'close');
  expect(code).toBe(4408);
  expect(frames).toHaveLength(written + 1);
  expect(frames.at(-1)).toContain('"refused","code":"too-slow"');
});
