import { createHash, createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { connect } from 'node:net';
import type { Duplex } from 'node:stream';

export interface ForwardProxyOptions {
  /** Requires these credentials. */
  user?: string;
  password?: string;
  /** How; Basic unless given. */
  signIn?: 'digest' | 'digest-sha256' | 'ntlm';
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
    const answer = refusalOf(proxy.options, request, socket);
    if (answer !== undefined) {
      if (proxy.options.signIn === 'ntlm') {
        // It goes on over the same line, after a page.
        socket.write(`HTTP/1.1 ${answer}\r\ncontent-length: 9\r\n\r\n<denied/>`);
        server.emit('connection', socket);
        return;
      }
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

const asks = (challenge: string) =>
  `407 Proxy Authentication Required\r\nproxy-authenticate: ${challenge}`;

function refusalOf(
  { user, password = '', scheme, signIn, status }: ForwardProxyOptions,
  request: IncomingMessage,
  socket: Duplex,
): string | undefined {
  if (status !== undefined) return `${status} No`;
  if (scheme !== undefined) return asks(scheme);
  if (user === undefined) return undefined;
  const said = request.headers['proxy-authorization'] ?? '';
  if (signIn === 'ntlm') return ntlmRefusal(said, user, password, socket);
  if (signIn !== undefined) {
    const algorithm = signIn === 'digest' ? 'MD5' : 'SHA-256';
    const challenge = `Digest realm="the company, Ltd.", qop="auth,auth-int", algorithm=${algorithm}, nonce="n0nce", opaque="0paque"`;
    const hash = signIn === 'digest' ? 'md5' : 'sha256';
    return isDigest(said, { user, password, hash, target: request.url ?? '' })
      ? undefined
      : asks(challenge);
  }
  const wanted = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  return said === wanted ? undefined : asks('Basic realm="company"');
}

function isDigest(
  said: string,
  {
    user,
    password,
    hash,
    target,
  }: { user: string; password: string; hash: string; target: string },
): boolean {
  const value = (name: string) =>
    new RegExp(`\\b${name}="?([^",]*(?:, Ltd\\.)?)`).exec(said)?.[1] ?? '';
  const h = (text: string) => createHash(hash).update(text).digest('hex');
  const own = h(`${user}:the company, Ltd.:${password}`);
  const wanted = h(`${own}:n0nce:${value('nc')}:${value('cnonce')}:auth:${h(`CONNECT:${target}`)}`);
  return (
    said.startsWith('Digest ') &&
    value('username') === user &&
    value('opaque') === '0paque' &&
    value('response') === wanted
  );
}

const NTLM_CHALLENGE = Buffer.from('0123456789abcdef', 'hex');
/** MD4 of passwords, as a domain controller keeps them. */
const NT_HASHES: Readonly<Record<string, string>> = {
  Password: 'a4f49c406510bdcab6824ee7c30fd852',
};
/** Lines on which NTLM has begun. */
const begun = new WeakSet<Duplex>();

function ntlmRefusal(
  said: string,
  user: string,
  password: string,
  socket: Duplex,
): string | undefined {
  const message = Buffer.from(said.replace(/^NTLM /, ''), 'base64');
  const kind = message.length >= 12 ? message.readUInt32LE(8) : 0;
  if (!said.startsWith('NTLM ') || kind === 0) return asks('Negotiate\r\nproxy-authenticate: NTLM');
  if (kind === 1) {
    begun.add(socket);
    const target = Buffer.from('02000c0044006f006d00610069006e0000000000', 'hex');
    const challenge = Buffer.alloc(48);
    challenge.write('NTLMSSP\0', 'latin1');
    challenge.writeUInt32LE(2, 8);
    NTLM_CHALLENGE.copy(challenge, 24);
    challenge.writeUInt16LE(target.length, 40);
    challenge.writeUInt16LE(target.length, 42);
    challenge.writeUInt32LE(48, 44);
    return asks(`NTLM ${Buffer.concat([challenge, target]).toString('base64')}`);
  }
  const field = (at: number) => {
    const start = message.readUInt32LE(at + 4);
    return message.subarray(start, start + message.readUInt16LE(at));
  };
  const domain = field(28).toString('utf16le');
  const name = field(36).toString('utf16le');
  const proof = field(20);
  const hmac = (key: Buffer, data: Buffer) => createHmac('md5', key).update(data).digest();
  const key = hmac(
    Buffer.from(NT_HASHES[password] ?? '', 'hex'),
    Buffer.from(name.toUpperCase() + domain, 'utf16le'),
  );
  const wanted = hmac(key, Buffer.concat([NTLM_CHALLENGE, proof.subarray(16)]));
  const isRight =
    begun.has(socket) && `${domain}\\${name}` === user && proof.subarray(0, 16).equals(wanted);
  return isRight ? undefined : asks('NTLM');
}
