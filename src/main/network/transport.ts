import type { LookupAddress } from 'node:dns';
import { lookup } from 'node:dns/promises';
import https from 'node:https';
import http from 'node:http';
import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { callbackify } from 'node:util';
import tls, { type SecureContext } from 'node:tls';
import { WebSocket, type ClientOptions } from 'ws';
import { isLoopback } from '../../shared/lib/loopback.ts';
import { lossOf, NetworkFailure } from './failure.ts';
import type { Asked, HttpClient } from './http-client.ts';
import { bare, nameOf, portOf, type Proxy, type Way } from './proxies.ts';
import { Recall } from './recall.ts';
import type { Scheme, SignIn } from './proxy-sign-in.ts';
import { type Names, openWay, secure } from './sockets.ts';

/** From choosing a proxy until TLS is up, in ms. */
const OPEN_WITHIN_MS = 10_000;

export interface TransportPorts {
  /** The proxies for an `http(s)` address, best first. */
  waysTo: (url: URL) => Promise<readonly Way[]>;
  /** The addresses of a host; the system's resolver unless given. */
  names?: Names | undefined;
  /**
   * Trusted authorities, PEM. Read again when a certificate is not trusted, because its authority
   * may have been installed since.
   */
  authorities: () => readonly string[];
  /** Credentials for a proxy, by its host and port. */
  signInFor: (proxy: string) => SignIn | undefined;
  /** A proxy asks for credentials. `wrong`: it rejected those it got. */
  onProxyAsks: (proxy: string, wrong: boolean) => void;
  /** A proxy let us through to a host. `signIn`: with what Chromium can sign in as well. */
  onProxyTook: (
    proxy: string,
    to: { host: string; port: number },
    signIn: SignIn | undefined,
  ) => void;
}

/** The part of `fetch` that main uses; Node's own fits in tests. */
export type WayFetch = (
  address: string,
  init?: {
    method?: string;
    headers?: Record<string, string>;
    body?: string | Uint8Array<ArrayBuffer>;
    redirect?: 'error' | 'follow' | 'manual';
    signal?: AbortSignal;
  },
) => Promise<{
  ok: boolean;
  status: number;
  headers: { get(name: string): string | null };
  body: AsyncIterable<Uint8Array> | null;
  text(): Promise<string>;
}>;

/** The part of ws' class that opens connections. */
export type WebSocketClass = new (address: string, options?: ClientOptions) => WebSocket;

/** Main's access to the relay, the providers, their files and their audio, all the same way. */
export interface Transport {
  fetch: WayFetch;
  WebSocket: WebSocketClass;
  /**
   * Rejected credentials are not sent again until this is called: the proxy may lock the account.
   */
  forgive: () => void;
  /**
   * The SOCKS proxy that the last connection went through with a password. The window's media cannot: Chromium signs in to
   * none.
   */
  socksSignedIn: () => string | undefined;
  close: () => Promise<void>;
}

/** Opens the app's only way to the network. */
export function openTransport(ports: TransportPorts): Transport {
  const trust = new Trust(ports.authorities);
  const recalled = new Recall<LookupAddress[]>(
    ports.names ?? ((host) => lookup(host, { all: true })),
  );
  const names = (host: string) => recalled.get(host);
  /** Proxies that rejected their credentials, with those. */
  const refused = new Map<string, string>();
  const schemes = new Map<string, Scheme>();
  let socksSignedIn: string | undefined;

  const signInOf = (proxy: Proxy): SignIn | undefined =>
    proxy.user === undefined
      ? ports.signInFor(nameOf(proxy))
      : { user: proxy.user, password: proxy.password ?? '' };

  const tryWay = async (way: Way, { host, port, tls: overTls }: Asked): Promise<Socket> => {
    const signal = AbortSignal.timeout(OPEN_WITHIN_MS);
    const name = way.kind === 'direct' ? undefined : nameOf(way);
    const signIn = way.kind === 'direct' ? undefined : signInOf(way);
    const said = signIn && `${signIn.user}:${signIn.password}`;
    if (name !== undefined && said !== undefined && refused.get(name) === said) {
      ports.onProxyAsks(name, true);
      throw new NetworkFailure('proxy-password', name);
    }
    try {
      const line = await openWay(
        way,
        { host, port },
        {
          names,
          signIn,
          schemes,
          trust: trust.context,
          signal,
        },
      );
      const isSocks = way.kind === 'socks4' || way.kind === 'socks5';
      socksSignedIn = isSocks && signIn ? name : undefined;
      if (name !== undefined) {
        ports.onProxyTook(name, { host, port }, isSocks ? undefined : signIn);
      }
      return overTls ? await secure(line, host, { trust: trust.context, signal }) : line;
    } catch (error) {
      const failure = failureOf(error);
      if (failure.code === 'certificate-untrusted') trust.doubt();
      if (failure.code === 'proxy-password' && name !== undefined) {
        if (said !== undefined) refused.set(name, said);
        ports.onProxyAsks(name, said !== undefined);
      }
      throw failure;
    }
  };

  const open = async (asked: Asked): Promise<Socket> => {
    // For every caller and every redirect: nothing is sent unencrypted.
    if (!asked.tls && !isLoopback(asked.host)) {
      throw new NetworkFailure('insecure', asked.host);
    }
    const host = asked.host.includes(':') ? `[${asked.host}]` : asked.host;
    const ways = await ports.waysTo(
      new URL(`${asked.tls ? 'https' : 'http'}://${host}:${asked.port}/`),
    );
    let failure: unknown = new NetworkFailure('unreachable');
    for (const way of ways) {
      try {
        return await tryWay(way, asked);
      } catch (error) {
        failure = error;
        // The next proxy of the list is for when this one is unreachable, not for when it refuses.
        if (lossOf(error).code !== 'proxy-unreachable') break;
      }
    }
    throw failure;
  };

  let client: Promise<HttpClient> | undefined;
  /** Read at the first request, when the window is there. */
  const clientOf = async () => {
    const { HttpClient } = await import('./http-client.ts');
    return new HttpClient(open);
  };
  const agents = {
    'wss:': agentOf(https.Agent, true, open),
    'ws:': agentOf(http.Agent, false, open),
  };

  return {
    fetch: async (address, init) => (await (client ??= clientOf())).fetch(address, init),
    WebSocket: class extends WebSocket {
      constructor(address: string, options?: ClientOptions) {
        const secured = new URL(address).protocol === 'wss:';
        super(address, { ...options, agent: agents[secured ? 'wss:' : 'ws:'] });
      }
    },
    forgive: () => refused.clear(),
    socksSignedIn: () => socksSignedIn,
    close: async () => (await client)?.close(),
  };
}

/** Created once, and only for TLS, because parsing some 150 certificates is slow. */
class Trust {
  readonly #authorities: () => readonly string[];
  #made: SecureContext | undefined;

  constructor(authorities: () => readonly string[]) {
    this.#authorities = authorities;
  }

  readonly context = (): SecureContext => {
    this.#made ??= tls.createSecureContext({ ca: [...this.#authorities()], minVersion: 'TLSv1.2' });
    return this.#made;
  };

  doubt(): void {
    this.#made = undefined;
  }
}

/** Node's agents call this method for a connection, and also accept a callback. */
function agentOf(
  Base: typeof http.Agent,
  overTls: boolean,
  open: (asked: Asked) => Promise<Socket>,
): http.Agent {
  class WayAgent extends Base {
    override createConnection(
      options: http.ClientRequestArgs,
      callback?: (error: Error | null, stream: Duplex) => void,
    ): undefined {
      const host = bare(options.host ?? options.hostname ?? '');
      const asked = { host, port: portOf(options.port, overTls), tls: overTls };
      callbackify(open)(asked, (error, socket) => {
        callback?.(error, error === null ? socket : new Duplex());
      });
      return undefined;
    }
  }
  return new WayAgent({ keepAlive: false });
}

function failureOf(error: unknown): NetworkFailure {
  if (error instanceof NetworkFailure) return error;
  const { code, about } = lossOf(error);
  return new NetworkFailure(code, about, error);
}
