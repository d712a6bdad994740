import { type IncomingHttpHeaders, request as httpRequest } from 'node:http';
import type { LookupAddress } from 'node:dns';
import net, { type LookupFunction, type Socket } from 'node:net';
import { type Duplex } from 'node:stream';
import { callbackify } from 'node:util';
import tls, { type SecureContext, type TLSSocket } from 'node:tls';
import { assertNever } from '../../shared/lib/assert-never.ts';
import { lossOf, NetworkFailure } from './failure.ts';
import { nameOf, type Proxy, type Way } from './proxies.ts';
import {
  type Challenge,
  chooseScheme,
  ProxyTalk,
  readChallenges,
  type Scheme,
  type SignIn,
} from './proxy-sign-in.ts';

/** Where a connection leads. */
export interface ProxyTarget {
  host: string;
  port: number;
}

/** The addresses of a host. */
export type Names = (host: string) => Promise<LookupAddress[]>;

interface WayOptions {
  names: Names;
  signIn?: SignIn | undefined;
  /** How each proxy was seen to be signed in to. */
  schemes: Map<string, Scheme>;
  trust: () => SecureContext;
  signal: AbortSignal;
}

/**
 * Opens a TCP connection to the target, through a proxy or directly.
 *
 * @param options.signIn credentials for the proxy, if known
 * @throws NetworkFailure
 */
export function openWay(way: Way, target: ProxyTarget, options: WayOptions): Promise<Socket> {
  switch (way.kind) {
    case 'direct':
      return dial(target, options);
    case 'http':
    case 'https':
      return throughHttp(way, target, options);
    case 'socks4':
    case 'socks5':
      return throughSocks(way, target, options);
    default:
      return assertNever(way, 'way');
  }
}

function dial(
  { host, port }: ProxyTarget,
  { names, signal }: Pick<WayOptions, 'names' | 'signal'>,
): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const lookup: LookupFunction = (name, _options, callback) => {
      callbackify(names)(name, (error, found) => callback(error, error ? [] : found));
    };
    const socket = net.connect({ host, port, autoSelectFamily: true, lookup });
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

/** Answers of a proxy that is asked again and again, with a margin for an expired nonce. */
const MOST_ROUNDS = 5;

/** `CONNECT` (RFC 9110, 9.3.6), with as many answers as signing in takes. */
async function throughHttp(
  proxy: Proxy,
  target: ProxyTarget,
  { names, signIn, schemes, trust, signal }: WayOptions,
): Promise<Socket> {
  const name = nameOf(proxy);
  const authority = nameOf(target);
  const openLine = () =>
    toProxy(proxy, async () => {
      const plain = await dial(proxy, { names, signal });
      return proxy.kind === 'https' ? secure(plain, proxy.host, { trust, signal }) : plain;
    });
  const talk = signIn && new ProxyTalk(signIn, authority);
  let send = talk?.first(schemes.get(name));
  let line = await openLine();
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const answer = await askProxy(line, { name, authority, send, signal });
    if (answer.status >= 200 && answer.status < 300) return line;
    if (answer.status !== 407) {
      line.destroy();
      throw refusalOf(answer.status, name);
    }
    const scheme = chooseScheme(answer.challenges);
    if (scheme !== undefined) schemes.set(name, scheme);
    const next = talk?.answer(answer.challenges) ?? (scheme === undefined ? 'unknown' : 'refused');
    if (typeof next === 'string') {
      line.destroy();
      throw new NetworkFailure(next === 'unknown' ? 'proxy-sign-in' : 'proxy-password', name);
    }
    ({ send } = next);
    // NTLM proves who is at the other end of one line; the others do not care.
    if (answer.isOver) {
      line.destroy();
      line = await openLine();
    }
  }
  line.destroy();
  throw new NetworkFailure('proxy-password', name);
}

interface ProxyAnswer {
  status: number;
  challenges: readonly Challenge[];
  /** Nothing more can be sent over this line. */
  isOver: boolean;
}

function askProxy(
  line: Socket,
  {
    name,
    authority,
    send,
    signal,
  }: { name: string; authority: string; send: string | undefined; signal: AbortSignal },
): Promise<ProxyAnswer> {
  return new Promise((resolve, reject) => {
    const request = httpRequest({
      method: 'CONNECT',
      path: authority,
      headers: {
        host: authority,
        connection: 'keep-alive',
        'proxy-connection': 'keep-alive',
        ...(send !== undefined && { 'proxy-authorization': send }),
      },
      createConnection: () => line,
    });
    const fail = (failure: NetworkFailure) => {
      signal.removeEventListener('abort', late);
      line.destroy();
      reject(failure);
    };
    const late = () => fail(new NetworkFailure('timeout'));
    signal.addEventListener('abort', late);
    request.once('connect', (response, socket: Duplex, head: Buffer) => {
      const { statusCode: status = 0, headers } = response;
      const challenges = readChallenges(headers['proxy-authenticate']);
      const done = (isOver: boolean) => {
        signal.removeEventListener('abort', late);
        // Until its new owner listens, an error must not end the app.
        line.on('error', () => undefined);
        resolve({ status, challenges, isOver });
      };
      if (status !== 407) {
        if (head.length > 0) socket.unshift(head);
        return done(false);
      }
      const length = bodyLength(response.httpVersion, headers);
      if (length === undefined) return done(true);
      return discard(socket, length - head.length, done);
    });
    request.once('error', (error) => fail(new NetworkFailure('proxy-refused', name, error)));
    request.end();
  });
}

/** Undefined if the line is over after it, or nobody knows where it ends. */
function bodyLength(version: string, headers: IncomingHttpHeaders): number | undefined {
  const said = `${headers.connection ?? ''} ${String(headers['proxy-connection'] ?? '')}`;
  const stays = version === '1.1' ? !/close/i.test(said) : /keep-alive/i.test(said);
  const length = Number(headers['content-length'] ?? Number.NaN);
  return stays && Number.isSafeInteger(length) ? length : undefined;
}

/** Reads the rest of a page, so that the next answer begins where it should. */
function discard(socket: Duplex, length: number, done: (isOver: boolean) => void): void {
  let left = length;
  if (left <= 0) return done(left < 0);
  const finish = (isOver: boolean) => {
    socket.off('data', read);
    socket.off('close', gone);
    socket.pause();
    done(isOver);
  };
  const gone = () => finish(true);
  const read = (part: Buffer) => {
    left -= part.length;
    if (left <= 0) finish(left < 0);
  };
  socket.on('data', read);
  socket.on('close', gone);
}

function refusalOf(status: number, name: string): NetworkFailure {
  // The proxy is there, but its target is not.
  if (status === 502 || status === 503 || status === 504) return new NetworkFailure('unreachable');
  return new NetworkFailure('proxy-refused', `${name} (HTTP ${status})`);
}

async function throughSocks(
  proxy: Proxy,
  target: ProxyTarget,
  options: WayOptions,
): Promise<Socket> {
  const name = nameOf(proxy);
  const line = await toProxy(proxy, () => dial(proxy, options));
  const { signIn } = options;
  try {
    // Few need it, and it is large.
    const { SocksClient } = await import('socks');
    const { socket } = await SocksClient.createConnection({
      proxy: {
        host: proxy.host,
        port: proxy.port,
        type: proxy.kind === 'socks4' ? 4 : 5,
        ...(signIn && { userId: signIn.user, password: signIn.password }),
      },
      command: 'connect',
      destination: target,
      existing_socket: line,
    });
    return socket;
  } catch (error) {
    line.destroy();
    const wantsPassword = error instanceof Error && SOCKS_WANTS_PASSWORD.test(error.message);
    throw new NetworkFailure(wantsPassword ? 'proxy-password' : 'proxy-refused', name, error);
  }
}

/** The package has no codes: it offered nothing that the proxy takes, or a password that it rejects. */
const SOCKS_WANTS_PASSWORD = /no accepted authentication type|authentication failed/i;

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
  { trust, signal }: { trust: () => SecureContext; signal: AbortSignal },
): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const socket = tls.connect({
      socket: line,
      secureContext: trust(),
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
