import { createHmac } from 'node:crypto';

/** One entry of the relay's ICE configuration. `secret` is coturn's `static-auth-secret`; STUN needs none. */
export interface IceServer {
  /** `stun:host[:port]`, `turn:host[:port][?transport=udp|tcp]` or `turns:host[:port]` (RFC 7064, RFC 7065). */
  urls: readonly string[];
  secret?: string;
}

/** An entry in the form of a browser's RTCPeerConnection. */
export interface BrowserIceServer {
  urls: string[];
  username?: string;
  credential?: string;
}

/** A parsed ICE URL. */
export interface IceUrl {
  kind: 'stun' | 'turn';
  host: string;
  port: number;
  transport: 'udp' | 'tcp' | 'tls';
}

/**
 * Time-limited TURN credentials by coturn's REST scheme (draft-uberti-behave-turn-rest-00): the
 * username is the expiry as Unix time in seconds and the name of the holder, the password a keyed
 * hash of it. `nowMs` is Unix milliseconds.
 */
export function turnCredentials(
  secret: string,
  agentId: string,
  ttlSeconds: number,
  nowMs: number,
): { username: string; credential: string } {
  const username = `${Math.floor(nowMs / 1000) + ttlSeconds}:${agentId}`;
  return { username, credential: createHmac('sha1', secret).update(username).digest('base64') };
}

/** The ICE servers for a console, with credentials for this agent. */
export function browserIceServers(
  servers: readonly IceServer[],
  agentId: string,
  ttlSeconds: number,
  nowMs: number,
): BrowserIceServer[] {
  return servers.map(({ urls, secret }) => ({
    urls: [...urls],
    ...(secret === undefined ? {} : turnCredentials(secret, agentId, ttlSeconds, nowMs)),
  }));
}

/** The config's STUN and TURN servers in the form that consoles get. */
export function consoleIceServers(
  config: {
    stun?: readonly string[] | undefined;
    turn?: { urls: readonly string[]; secret: string; ttlSeconds: number } | undefined;
  },
  agentId: string,
  nowMs: number,
): BrowserIceServer[] {
  const { stun, turn } = config;
  return [
    ...(stun ? [{ urls: [...stun] }] : []),
    ...(turn ? browserIceServers([turn], agentId, turn.ttlSeconds, nowMs) : []),
  ];
}

/** Parses an ICE URL; undefined if it is not one. IPv6 hosts are in brackets. */
export function parseIceUrl(url: string): IceUrl | undefined {
  const match =
    /^(stuns?|turns?):(\[[\da-f:.]+\]|[^:?[\]\s]+)(?::(\d{1,5}))?(?:\?transport=(udp|tcp))?$/i.exec(
      url,
    );
  const [, scheme, host, port, transport] = match ?? [];
  if (scheme === undefined || host === undefined) return undefined;
  const secure = /s$/i.test(scheme);
  return {
    kind: scheme.toLowerCase().startsWith('turn') ? 'turn' : 'stun',
    host: host.replace(/^\[|\]$/g, ''),
    port: port === undefined ? (secure ? 5349 : 3478) : Number(port),
    transport: secure ? 'tls' : transport?.toLowerCase() === 'tcp' ? 'tcp' : 'udp',
  };
}
