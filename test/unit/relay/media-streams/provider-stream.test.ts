import { EventEmitter } from 'node:events';
import { expect, it } from 'vitest';
import type { WebSocket } from 'ws';
import { ProviderStream } from '../../../../src/relay/media-streams/provider-stream.ts';

/** A socket whose other end takes its time to close. */
class FakeSocket extends EventEmitter {
  readonly OPEN = 1;
  readyState = 1;
  close(): void {
    this.readyState = 2;
  }
}

it('a provider’s stream that was closed is not heard any more, whatever still arrives', () => {
  const socket = new FakeSocket();
  const heard: string[] = [];
  const stream = new ProviderStream(
    'desk',
    socket as unknown as WebSocket, // oxlint-disable-line typescript/no-unsafe-type-assertion -- only these are used
    { codec: 'L16', sampleRate: 8_000, format: 'binary' },
    {
      onNamed: () => heard.push('named'),
      onSound: () => heard.push('sound'),
      onClosed: () => heard.push('closed'),
    },
  );
  const sound = () => socket.emit('message', Buffer.alloc(320), true);
  sound();
  stream.close();
  sound();
  socket.emit('close');
  expect(heard).toEqual(['sound', 'closed']);
});
