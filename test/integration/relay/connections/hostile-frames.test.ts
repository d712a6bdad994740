import { connect, type Socket } from 'node:net';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { RelayWorld } from '../relay-world.ts';
import { PATIENT } from '../sockets.ts';

const world = new RelayWorld();

/** An agent's connection on which anything can be written; it says hello first unless told otherwise. */
async function open(id: string, headers: readonly string[] = []): Promise<Socket> {
  const token = await world.token(id);
  const socket = connect({ port: Number(new URL(world.url).port), host: '127.0.0.1' });
  socket.on('error', () => undefined);
  onTestFinished(() => void socket.destroy());
  const opened = new Promise<string>((resolve) => {
    socket.once('data', (data) => resolve(data.toString('latin1')));
  });
  socket.write(
    [
      'GET /v1/agents HTTP/1.1',
      'host: relay',
      'connection: upgrade',
      'upgrade: websocket',
      `authorization: Bearer ${token}`,
      'sec-websocket-version: 13',
      'sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==',
      ...headers,
      '\r\n',
    ].join('\r\n'),
  );
  expect(await opened).toMatch(/^HTTP\/1\.1 101 /);
  expect(await opened).not.toMatch(/permessage-deflate/i);
  return socket;
}

/** A frame of a client (RFC 6455, 5.2), masked with zeros. `first` has FIN, reserved bits and the opcode. */
function frame(first: number, payload: Buffer | string = ''): Buffer {
  const bytes = Buffer.from(payload);
  const length =
    bytes.length < 126 ? [0x80 | bytes.length] : [0xfe, bytes.length >> 8, bytes.length & 0xff];
  return Buffer.concat([Buffer.from([first, ...length, 0, 0, 0, 0]), bytes]);
}

/** Resolves when the relay has closed, or says that it does. */
async function ended(socket: Socket): Promise<void> {
  await new Promise<void>((resolve) => {
    socket.once('close', () => resolve());
    socket.on('data', (data) => {
      if (data.includes(0x88)) resolve();
    });
  });
  socket.destroy();
}

const TEXT = 0x81;
const hello = JSON.stringify({
  type: 'hello',
  version: 1,
  epoch: null,
  cursor: null,
  presence: 'available',
});

describe('an agent whose frames are no frames', () => {
  it.each([
    ['compressed, which was never agreed', frame(TEXT | 0x40, hello)],
    ['with a reserved bit', frame(TEXT | 0x10, hello)],
    ['of a reserved kind', frame(0x83, hello)],
    ['of a reserved control kind', frame(0x8b)],
    ['not masked', Buffer.from([TEXT, 2, 0x7b, 0x7d])],
    ['that go on with nothing', frame(0x80, hello)],
    ['that begin anew before the last one ended', Buffer.concat([frame(0x01, '{'), frame(0x01)])],
    ['a ping in pieces', frame(0x09, 'x')],
    ['a ping of 126 bytes', frame(0x89, 'x'.repeat(126))],
    ['longer than any number', Buffer.from([TEXT, 0xff, 255, 255, 255, 255, 255, 255, 255, 255])],
    ['a megabyte and more', Buffer.from([TEXT, 0xff, 0, 0, 0, 0, 0, 0x20, 0, 0, 0, 0, 0, 0])],
    ['text that is no UTF-8', frame(TEXT, Buffer.from([0xc0, 0xaf, 0xff]))],
    ['a close with a wrong code', frame(0x88, Buffer.from([0, 1]))],
    ['text of the depth of a megabyte', frame(TEXT, '['.repeat(60_000))],
    ['text with a key that is no property', frame(TEXT, '{"__proto__":{"type":"hello"}}')],
    ['HTTP', Buffer.from('GET /healthz HTTP/1.1\r\nhost: relay\r\n\r\n')],
  ])('B6 (%s) is disconnected, and nobody else notices', async (_, bytes) => {
    const ana = await world.join('ana');
    const socket = await open('eva');
    socket.write(bytes);
    await ended(socket);
    await ana.ringing(await world.ring('wacid.1'), ['ana']);
    expect(world.relay.lines.filter(({ level }) => level === 'error')).toEqual([]);
  });

  it('B6 offers compression and is not given it', async () => {
    const socket = await open('eva', ['sec-websocket-extensions: permessage-deflate']);
    expect(socket.destroyed).toBe(false);
  });
});

describe('an agent who sends more than they mean', () => {
  const used = () => process.memoryUsage().rss / 1_048_576;

  it.each([
    ['pings that want answers', () => frame(0x89, 'x'.repeat(125))],
    ['pongs that nobody asked for', () => frame(0x8a, 'x'.repeat(125))],
    ['empty messages', () => frame(TEXT)],
    ['one message in crumbs', (n: number) => frame(n === 0 ? 0x01 : 0x00, 'x')],
    ['one message in pieces of nothing', (n: number) => frame(n === 0 ? 0x01 : 0x00)],
  ])('B6 (%s) and reads nothing costs little', async (_, make) => {
    const ana = await world.join('ana');
    await world.token('eva');
    const before = used();
    const sockets = await Promise.all(Array.from({ length: 8 }, () => open('eva')));
    const many = Buffer.concat(Array.from({ length: 200_000 }, (_unused, n) => make(n)));
    for (const socket of sockets) {
      socket.pause();
      socket.write(many);
    }
    await ana.ringing(await world.ring('wacid.1'), ['ana']);
    await ana.speaks();
    // All that they sent is here already, in this process, as is what they did not yet send.
    expect(used() - before).toBeLessThan(500);
  });

  it('C17 pings beyond a console’s rate wait, and with them all that follows', async () => {
    const eva = await open('eva');
    for (let n = 0; n < 12; n++) {
      eva.write(Buffer.concat(Array.from({ length: 1_000 }, () => frame(0x8a))));
    }
    eva.write(frame(TEXT, 'no frame'));
    const closed = vi.fn<() => void>();
    void ended(eva).then(closed);
    const ana = await world.join('ana');
    await ana.ringing(await world.ring('wacid.1'), ['ana']);
    expect(closed).not.toHaveBeenCalled();
    await vi.waitFor(() => {
      world.clock.advance(1_000);
      expect(closed).toHaveBeenCalled();
    }, PATIENT);
  });
});
