import { once } from 'node:events';
import { WebSocket, WebSocketServer } from 'ws';

/** A WebSocket proxy to the relay that can drop, corrupt and cut. */
export interface FlakyProxy {
  url: string;
  /** Truncates the next log entry. */
  corruptNext(): void;
  /** How many entries were truncated so far. */
  corrupted(): number;
  /** Drops all relay frames of this type from now on; undefined stops dropping. */
  drop(type: string | undefined): void;
  /** Closes all connections and accepts none until `restore`. */
  cut(): void;
  restore(): void;
  close(): Promise<void>;
}

/** @param target WebSocket URL of the real relay */
export async function startFlakyProxy(target: string): Promise<FlakyProxy> {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  await once(server, 'listening');
  let armed = false;
  let corrupted = 0;
  let isCut = false;
  let dropped: string | undefined;
  server.on('connection', (client, request) => {
    if (isCut) return client.terminate();
    const { authorization = '' } = request.headers;
    const relay = new WebSocket(new URL(request.url ?? '', target), { headers: { authorization } });
    const early: string[] = [];
    client.on('message', (data) => {
      const text = asText(data);
      if (relay.readyState === WebSocket.OPEN) relay.send(text);
      else early.push(text);
    });
    relay.on('open', () => {
      for (const text of early) relay.send(text);
    });
    relay.on('message', (data) => {
      const text = asText(data);
      if (dropped !== undefined && text.includes(`"type":"${dropped}"`)) return;
      const corrupt = armed && text.includes('"type":"entry"');
      if (corrupt) {
        armed = false;
        corrupted += 1;
      }
      client.send(corrupt ? text.slice(0, text.length / 2) : text);
    });
    client.on('close', () => relay.terminate());
    relay.on('close', () => client.terminate());
    relay.on('error', () => client.terminate());
    return undefined;
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `ws://127.0.0.1:${address.port}`,
    corruptNext: () => {
      armed = true;
    },
    corrupted: () => corrupted,
    drop: (type) => {
      dropped = type;
    },
    cut: () => {
      isCut = true;
      for (const client of server.clients) client.terminate();
    },
    restore: () => {
      isCut = false;
    },
    close: async () => {
      for (const client of server.clients) client.terminate();
      server.close();
      await once(server, 'close');
    },
  };
}

function asText(data: unknown): string {
  if (Buffer.isBuffer(data)) return data.toString('utf8');
  throw new Error('only text frames are expected');
}
