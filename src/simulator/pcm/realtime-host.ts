import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { Clock } from '../../shared/lib/clock.ts';
import type { PcmSession } from './session.ts';

/** docs/providers/pilot-status.md#realtime-session. */
const TOKEN_TTL_SECONDS = 120;

/** The provider's answer to a request for a call's audio. */
export interface RealtimeSession {
  wsUrl: string;
  token: string;
  expiresInSeconds: number;
}

interface Grant {
  callId: string;
  session: Pick<PcmSession, 'attach'>;
  mode: 'talk' | 'listen';
  expiresAt: number;
}

/** Connection attempts and their mode; tests check that no token is used twice. */
export interface RealtimeTry {
  callId: string | undefined;
  outcome: 'connected' | 'used' | 'expired' | 'unknown';
}

/**
 * The provider's media host: a separate WebSocket server with single-use tokens that carries raw
 * PCM16 in binary frames.
 */
export class RealtimeHost {
  readonly tries: RealtimeTry[] = [];
  readonly #clock: Clock;
  readonly #server = createServer((_, response) => response.writeHead(404).end());
  readonly #sockets = new WebSocketServer({ noServer: true });
  readonly #grants = new Map<string, Grant>();
  readonly #used = new Map<string, string>();
  #base = '';

  private constructor(clock: Clock) {
    this.#clock = clock;
    this.#server.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) =>
      this.#upgrade(request, stream, head),
    );
  }

  static async open(host: string, clock: Clock): Promise<RealtimeHost> {
    const opened = new RealtimeHost(clock);
    opened.#server.listen(0, host);
    await once(opened.#server, 'listening');
    const address = opened.#server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    opened.#base = `ws://${host}:${port}/call/media/realtime/ws/simulated`;
    return opened;
  }

  /** Access to a call's audio, for one connection within two minutes. */
  session(callId: string, session: Grant['session'], mode: 'talk' | 'listen'): RealtimeSession {
    const token = randomBytes(24).toString('base64url');
    const expiresAt = this.#clock.now() + TOKEN_TTL_SECONDS * 1000;
    this.#grants.set(token, { callId, session, mode, expiresAt });
    const wsUrl = `${this.#base}/${encodeURIComponent(callId)}?token=${token}`;
    return { wsUrl, token, expiresInSeconds: TOKEN_TTL_SECONDS };
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets.clients) socket.terminate();
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }

  #upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void {
    stream.on('error', () => undefined);
    const token = new URL(request.url ?? '/', 'http://host').searchParams.get('token') ?? '';
    const grant = this.#grants.get(token);
    this.#grants.delete(token);
    if (!grant || grant.expiresAt < this.#clock.now()) {
      const outcome = this.#used.has(token) ? 'used' : grant ? 'expired' : 'unknown';
      this.tries.push({ callId: this.#used.get(token) ?? grant?.callId, outcome });
      stream.end('HTTP/1.1 401 Unauthorized\r\nconnection: close\r\ncontent-length: 0\r\n\r\n');
      return;
    }
    this.#used.set(token, grant.callId);
    this.tries.push({ callId: grant.callId, outcome: 'connected' });
    this.#sockets.handleUpgrade(request, stream, head, (socket) =>
      grant.session.attach(socket, grant.mode),
    );
  }
}
