import { request as httpRequest } from 'node:http';
import net, { type Socket } from 'node:net';
import { type Duplex } from 'node:stream';
import tls, { type SecureContext, type TLSSocket } from 'node:tls';
import { SocksClient } from 'socks';
import { assertNever } from '../../shared/lib/assert-never.ts';
import { lossOf, NetworkFailure } from './failure.ts';
import { nameOf, type Proxy, type Way } from './proxies.ts';

/** Where a connection leads. */
export interface ProxyTarget {
  host: string;
  port: number;
}

/** Credentials for a proxy (Basic, RFC 7617). */
export interface SignIn {
  user: string;
  password: string;
}

interface WayOptions {
  signIn?: SignIn | undefined;
  trust: SecureContext;
  signal: AbortSignal;
}

/**
 * Opens a TCP connection to the target, through a proxy or directly.
 *
 * @param signIn credentials for the proxy, if known
 * @throws NetworkFailure
 */
export function openWay(
  way: Way,
  target: ProxyTarget,
  { signIn, trust, signal }: WayOptions,
): Promise<Socket> {
  switch (way.kind) {
    case 'direct':
      return dial(target, signal);
    case 'http':
    case 'https':
      return throughHttp(way, target, { signIn, trust, signal });
    case 'socks4':
    case 'socks5':
      return throughSocks(way, target, signal);
    default:
      return assertNever(way, 'way');
  }
}

function dial({ host, port }: ProxyTarget, signal: AbortSignal): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = net.connect({ host, port, autoSelectFamily: true });
    settle(socket, 'connect', signal, resolve, reject);
  });
}

/**
 * Waits for one event of a socket that is being opened; destroys a socket that fails or is late.
 */
function settle<T extends Socket>(
  socket: T,
  event: string,
  signal: AbortSignal,
  resolve: (socket: T) => void,
  reject: (error: unknown) => void,
): void {
  const failed = (error: unknown) => {
    signal.removeEventListener('abort', late);
    socket.destroy();
    reject(error);
  };
  const late = () => failed(new NetworkFailure('timeout'));
  signal.addEventListener('abort', late);
  if (signal.aborted) return late();
  socket.once('error', failed);
  socket.once('close', () => failed(new NetworkFailure('dropped')));
  socket.once(event, () => {
    signal.removeEventListener('abort', late);
    socket.removeAllListeners('error');
    socket.removeAllListeners('close');
    // Until its new owner listens, an error must not end the app.
    socket.on('error', () => undefined);
    resolve(socket);
  });
}

/** `CONNECT` (RFC 9110, 9.3.6). */
async function throughHttp(
  proxy: Proxy,
  target: ProxyTarget,
  { signIn, trust, signal }: WayOptions,
): Promise<Socket> {
  const name = nameOf(proxy);
  const line = await toProxy(proxy, async () => {
    const plain = await dial(proxy, signal);
    return proxy.kind === 'https' ? secure(plain, proxy.host, { trust, signal }) : plain;
  });
  const authority = nameOf(target);
  return new Promise((resolve, reject) => {
    const request = httpRequest({
      method: 'CONNECT',
      path: authority,
      headers: {
        host: authority,
        ...(signIn && {
          'proxy-authorization': `Basic ${Buffer.from(`${signIn.user}:${signIn.password}`).toString('base64')}`,
        }),
      },
      createConnection: () => line,
    });
    const fail = (failure: NetworkFailure) => {
      line.destroy();
      reject(failure);
    };
    const late = () => fail(new NetworkFailure('timeout'));
    signal.addEventListener('abort', late);
    request.once('connect', (response, socket: Duplex, head: Buffer) => {
      signal.removeEventListener('abort', late);
      const { statusCode = 0, headers } = response;
      if (statusCode >= 200 && statusCode < 300) {
        if (head.length > 0) socket.unshift(head);
        return resolve(line);
      }
      fail(refusalOf(statusCode, headers['proxy-authenticate'], name));
    });
    // Some proxies answer a CONNECT they reject like any other request.
    request.once('response', ({ statusCode = 0, headers }) => {
      fail(refusalOf(statusCode, headers['proxy-authenticate'], name));
    });
    request.once('error', (error) => fail(new NetworkFailure('proxy-refused', name, error)));
    request.end();
  });
}

function refusalOf(
  status: number,
  asks: string | string[] | undefined,
  name: string,
): NetworkFailure {
  if (status === 407) {
    const schemes = [asks ?? []].flat().join(',');
    return new NetworkFailure(
      schemes === '' || /\bbasic\b/i.test(schemes) ? 'proxy-password' : 'proxy-sign-in',
      name,
    );
  }
  // The proxy is there, but its target is not.
  if (status === 502 || status === 503 || status === 504) return new NetworkFailure('unreachable');
  return new NetworkFailure('proxy-refused', `${name} (HTTP ${status})`);
}

async function throughSocks(
  proxy: Proxy,
  target: ProxyTarget,
  signal: AbortSignal,
): Promise<Socket> {
  const name = nameOf(proxy);
  const line = await toProxy(proxy, () => dial(proxy, signal));
  const { user, password } = proxy;
  try {
    const { socket } = await SocksClient.createConnection({
      proxy: {
        host: proxy.host,
        port: proxy.port,
        type: proxy.kind === 'socks4' ? 4 : 5,
        ...(user !== undefined && { userId: user, password: password ?? '' }),
      },
      command: 'connect',
      destination: target,
      existing_socket: line,
    });
    return socket;
  } catch (error) {
    line.destroy();
    throw new NetworkFailure('proxy-refused', name, error);
  }
}

async function toProxy<T>(proxy: Proxy, open: () => Promise<T>): Promise<T> {
  try {
    return await open();
  } catch (error) {
    const { code } = lossOf(error);
    if (code.startsWith('certificate-')) throw error;
    throw new NetworkFailure('proxy-unreachable', nameOf(proxy), error);
  }
}

/**
 * TLS over a connection. The certificate is checked here, because Node's error does not name the
 * issuer; nothing is sent and nobody gets the socket before that.
 *
 * @throws NetworkFailure that says what is wrong with the certificate
 */
export function secure(
  line: Socket,
  host: string,
  { trust, signal }: { trust: SecureContext; signal: AbortSignal },
): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const socket = tls.connect({
      socket: line,
      secureContext: trust,
      ...(net.isIP(host) === 0 && { servername: host }),
      host,
      ALPNProtocols: ['http/1.1'],
      minVersion: 'TLSv1.2',
      // Regardless of NODE_TLS_REJECT_UNAUTHORIZED; `authorized` is checked below.
      rejectUnauthorized: false,
    });
    settle(
      socket,
      'secureConnect',
      signal,
      (ready) => {
        if (ready.authorized) return resolve(ready);
        reject(distrust(ready, host));
        ready.destroy();
      },
      (error) => {
        line.destroy();
        reject(error);
      },
    );
  });
}

function distrust(socket: TLSSocket, host: string): NetworkFailure {
  const reason: unknown = socket.authorizationError;
  const code = reason instanceof Error && 'code' in reason ? String(reason.code) : String(reason);
  if (code === 'CERT_HAS_EXPIRED') return new NetworkFailure('certificate-expired');
  if (code === 'CERT_NOT_YET_VALID') return new NetworkFailure('certificate-early');
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return new NetworkFailure('certificate-name', host);
  const { issuer } = socket.getPeerCertificate();
  const [name] = [issuer?.CN, issuer?.O, issuer?.OU].filter((part) => part !== undefined).flat();
  return new NetworkFailure('certificate-untrusted', shown(name ?? code));
}

/** Untrusted text on one line. */
function shown(text: string): string {
  return text
    .replace(/[\p{C}\s]+/gu, ' ')
    .trim()
    .slice(0, 100);
}
