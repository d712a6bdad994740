import { EventEmitter } from 'node:events';
import type { WebSocket } from 'ws';
import { describe, expect, it } from 'vitest';
import { ConnectionBounds } from '../../../../src/relay/connections/bounds.ts';

/** All of a WebSocket that the bounds look at. */
class FakeSocket extends EventEmitter {
  isCut = false;
  terminate(): void {
    this.isCut = true;
    this.emit('close');
  }
}
const asSocket = (socket: FakeSocket) => socket as unknown as WebSocket; // oxlint-disable-line typescript/no-unsafe-type-assertion -- only these two are used

describe('connections', () => {
  const clock = { now: () => 0 };

  it('C14 of one address are 5,000 at most, and one that closes makes room', () => {
    const bounds = new ConnectionBounds(clock);
    const sockets = Array.from({ length: 5_000 }, () => new FakeSocket());
    for (const [index, socket] of sockets.entries()) {
      expect(bounds.excess('203.0.113.9')).toBeUndefined();
      bounds.add(asSocket(socket), `agent-${index}`, '203.0.113.9');
    }
    expect(bounds.excess('203.0.113.9')).toEqual({
      code: 'too-many-connections',
      retryAfterSeconds: 60,
    });
    expect(bounds.excess('203.0.113.10')).toBeUndefined();
    // Where many share an address, nobody is locked out for others.
    expect(bounds.excess(undefined)).toBeUndefined();
    sockets[0]?.terminate();
    expect(bounds.excess('203.0.113.9')).toBeUndefined();
  });

  it('C14 of one agent are 8 at most, from however many addresses: the oldest is cut', () => {
    const bounds = new ConnectionBounds(clock);
    const sockets = Array.from({ length: 20 }, () => new FakeSocket());
    for (const [index, socket] of sockets.entries()) {
      bounds.add(asSocket(socket), 'eva', `203.0.113.${index}`);
    }
    expect(sockets.map(({ isCut }) => isCut)).toEqual(sockets.map((_, index) => index < 12));
  });
});
