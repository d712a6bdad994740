import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { connect } from 'node:net';
import type { Duplex } from 'node:stream';

export interface ForwardProxyOptions {
  /** Requires these credentials (Basic). */
  user?: string;
  password?: string;
  /** Requires this kind of sign-in instead, e.g. `Negotiate`. */
  scheme?: string;
  /** Hosts that only this proxy resolves, all to this machine. */
  knows?: readonly string[];
  /** Answers every CONNECT with this status. */
  status?: number;
  /** TLS to the proxy itself, PEM. */
  tls?: { cert: string; key: string };
}

/** A company's forward proxy: `CONNECT` to anywhere, with or without a password. */
export interface ForwardProxy {
  port: number;
  /** `host:port` of every tunnel requested. */
  readonly asked: string[];
  /** The tunnels that were opened. */
  readonly through: string[];
  options: ForwardProxyOptions;
  close(): Promise<void>;
}

export async function openForwardProxy(options: ForwardProxyOptions = {}): Promise<ForwardProxy> {
  const server = options.tls ? createTlsServer(options.tls) : createServer();
  const open = new Set<Duplex>();
  const proxy: ForwardProxy = {
    port: 0,
    asked: [],
    through: [],
    options,
    async close() {
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
  server.on('connection', (socket: Duplex) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
  });
  server.on('connect', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => undefined);
    const address = request.url ?? '';
    proxy.asked.push(address);
    const answer = refusalOf(proxy.options, request);
    if (answer !== undefined) {
      socket.end(`HTTP/1.1 ${answer}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`);
      return;
    }
    const { hostname, port } = new URL(`http://${address}`);
    const host = proxy.options.knows?.includes(hostname) ? '127.0.0.1' : hostname;
    const upstream = connect(Number(port === '' ? 80 : port), host.replace(/^\[|\]$/g, ''));
    open.add(upstream);
    upstream.on('close', () => {
      open.delete(upstream);
      socket.destroy();
    });
    socket.on('close', () => upstream.destroy());
    upstream.on('error', () => socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n'));
    upstream.on('connect', () => {
      proxy.through.push(address);
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      if (head.length > 0) upstream.write(head);
      socket.pipe(upstream).pipe(socket);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  proxy.port = address.port;
  return proxy;
}

function refusalOf(
  { user, password = '', scheme, status }: ForwardProxyOptions,
  request: IncomingMessage,
): string | undefined {
  if (status !== undefined) return `${status} No`;
  if (scheme !== undefined) {
    return `407 Proxy Authentication Required\r\nproxy-authenticate: ${scheme}`;
  }
  if (user === undefined) return undefined;
  const wanted = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  if (request.headers['proxy-authorization'] === wanted) return undefined;
  return '407 Proxy Authentication Required\r\nproxy-authenticate: Basic realm="company"';
}
