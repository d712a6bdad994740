import { EventEmitter, once } from 'node:events';
import { createServer } from 'node:http';
import type { Duplex } from 'node:stream';
import { onTestFinished } from 'vitest';
import { WebSocketServer, type WebSocket } from 'ws';
import { fromConsole, type FromConsole } from '../../src/shared/protocol/agent-frames.ts';
import type { FromRelayFrame } from '../../src/shared/protocol/frames.ts';

/** A relay on a real socket whose every frame the test chooses. */
export class RelayServer {
  readonly url: string;
  /** Frames from consoles, in order. */
  readonly frames: FromConsole[] = [];
  private readonly unread: FromConsole[] = [];
  /** Rejects upgrades with this status. */
  turnAway: { status: number; body: string } | undefined;
  /** Answers upgrades with these bytes. */
  garbage: string | undefined;
  /** Accepts upgrades and never answers them. */
  swallow = false;
  connections = 0;
  authorization: string | undefined;
  private readonly events = new EventEmitter();
  private readonly held = new Set<Duplex>();
  private readonly close: () => void;
  private socket: WebSocket | undefined;

  static async start(): Promise<RelayServer> {
    const http = createServer();
    http.listen(0, '127.0.0.1');
    await once(http, 'listening');
    const address = http.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    return new RelayServer(http, address.port);
  }

  private constructor(http: ReturnType<typeof createServer>, port: number) {
    this.url = `ws://127.0.0.1:${port}/v1/agents`;
    const sockets = new WebSocketServer({ noServer: true });
    http.on('upgrade', (request, stream, head) => {
      this.authorization = request.headers.authorization;
      if (this.swallow) {
        this.held.add(stream);
        stream.on('error', () => undefined);
        stream.on('end', () => stream.destroy());
        stream.resume();
        stream.on('close', () => {
          this.held.delete(stream);
          this.events.emit('let-go');
        });
        this.events.emit('swallowed');
        return;
      }
      if (this.garbage !== undefined) {
        stream.end(this.garbage);
        return;
      }
      if (this.turnAway) {
        const { status, body } = this.turnAway;
        stream.end(`HTTP/1.1 ${status} No\r\ncontent-length: ${body.length}\r\n\r\n${body}`);
        this.events.emit('turned-away');
        return;
      }
      sockets.handleUpgrade(request, stream, head, (socket) => this.connected(socket));
    });
    this.close = () => {
      for (const socket of sockets.clients) socket.terminate();
      for (const stream of this.held) stream.destroy();
      http.closeAllConnections();
      http.close();
    };
    onTestFinished(() => this.close());
  }

  /** The next frame of this type; frames before it are skipped. */
  async next<T extends FromConsole['type']>(type: T): Promise<Extract<FromConsole, { type: T }>> {
    for (;;) {
      for (let frame = this.unread.shift(); frame; frame = this.unread.shift()) {
        if (isOf(type, frame)) return frame;
      }
      await once(this.events, 'frame');
    }
  }

  /** The next upgrade rejected with HTTP. */
  async turnedAway(): Promise<void> {
    await once(this.events, 'turned-away');
  }

  async swallowed(): Promise<void> {
    await once(this.events, 'swallowed');
  }

  async pinged(): Promise<void> {
    await once(this.events, 'pinged');
  }

  /** Resolves when no more upgrades are pending. */
  async alone(most = 0): Promise<void> {
    while (this.held.size > most) await once(this.events, 'let-go');
  }

  send(frame: FromRelayFrame | string): void {
    this.socket?.send(typeof frame === 'string' ? frame : JSON.stringify(frame));
  }

  /** Breaks the connection without a close frame. */
  cut(): void {
    this.socket?.terminate();
  }

  /** Stops answering pings, like a peer behind a dead network. */
  freeze(): void {
    this.socket?.pause();
  }

  closeWith(code: number, reason: string): void {
    this.socket?.close(code, reason);
  }

  private connected(socket: WebSocket): void {
    this.connections++;
    this.socket = socket;
    socket.on('ping', () => this.events.emit('pinged'));
    socket.on('message', (data: Buffer) => {
      const frame = fromConsole.parse(JSON.parse(data.toString()));
      this.frames.push(frame);
      this.unread.push(frame);
      this.events.emit('frame', frame);
    });
  }
}

function isOf<T extends FromConsole['type']>(
  type: T,
  frame: FromConsole,
): frame is Extract<FromConsole, { type: T }> {
  return frame.type === type;
}
