import { once } from 'node:events';
import { expect, it, onTestFinished } from 'vitest';
import { WebSocketServer } from 'ws';
import { Teammate } from '../../../../src/main/demo/teammate.ts';

it('a simulated teammate says that they can ring, or nobody could transfer to them', async () => {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  onTestFinished(() => server.close());
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const asked = new Promise<unknown>((resolve) => {
    server.on('connection', (socket) => {
      socket.on('message', (data: Buffer) => {
        const frame: { type: string } = JSON.parse(data.toString());
        if (frame.type === 'hello') socket.send(JSON.stringify({ type: 'probe', probe: 7 }));
        else resolve(frame);
      });
    });
  });
  const one = new Teammate({
    id: 'leo',
    does: 'does-not-answer',
    url: `ws://127.0.0.1:${port}`,
    token: 'token',
    agentId: 'you',
    note: () => '',
    speechFile: '',
  });
  onTestFinished(() => one.close());
  expect(await asked).toEqual({ type: 'ringer', probe: 7 });
});
