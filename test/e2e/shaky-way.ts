import { once } from 'node:events';
import { WebSocket, WebSocketServer } from 'ws';

/** A way to the relay that can be cut and can damage what passes. */
export interface ShakyWay {
  url: string;
  /** Cuts the next log entry in half. */
  damageNext(): void;
  /** How many were damaged so far. */
  damaged(): number;
  /** Loses every frame of the relay's of this type from now on; undefined: none any more. */
  lose(type: string | undefined): void;
  /** Cuts the connection and lets none through until `restore`. */
  cut(): void;
  restore(): void;
  close(): Promise<void>;
}

/** @param target WebSocket URL of the real relay */
export async function shakyWay(target: string): Promise<ShakyWay> {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  await once(server, 'listening');
  let armed = false;
  let damaged = 0;
  let isCut = false;
  let lost: string | undefined;
  server.on('connection', (console, request) => {
    if (isCut) return console.terminate();
    const { authorization = '' } = request.headers;
    const relay = new WebSocket(new URL(request.url ?? '', target), { headers: { authorization } });
    const early: string[] = [];
    console.on('message', (data) => {
      const text = asText(data);
      if (relay.readyState === WebSocket.OPEN) relay.send(text);
      else early.push(text);
    });
    relay.on('open', () => {
      for (const text of early) relay.send(text);
    });
    relay.on('message', (data) => {
      const text = asText(data);
      if (lost !== undefined && text.includes(`"type":"${lost}"`)) return;
      const spoil = armed && text.includes('"type":"entry"');
      if (spoil) {
        armed = false;
        damaged += 1;
      }
      console.send(spoil ? text.slice(0, text.length / 2) : text);
    });
    console.on('close', () => relay.terminate());
    relay.on('close', () => console.terminate());
    relay.on('error', () => console.terminate());
    return undefined;
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `ws://127.0.0.1:${address.port}`,
    damageNext: () => {
      armed = true;
    },
    damaged: () => damaged,
    lose: (type) => {
      lost = type;
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
