import { createHmac } from 'node:crypto';

/** One entry of the relay's ICE configuration. `secret` is coturn's `static-auth-secret`; STUN needs none. */
export interface IceServer {
  /** `stun:host[:port]`, `turn:host[:port][?transport=udp|tcp]` or `turns:host[:port]` (RFC 7064, RFC 7065). */
  urls: readonly string[];
  secret?: string;
}

/** An entry as a browser's RTCPeerConnection takes it. */
export interface BrowserIceServer {
  urls: string[];
  username?: string;
  credential?: string;
}

/** An ICE URL taken apart. */
export interface IceUrl {
  kind: 'stun' | 'turn';
  host: string;
  port: number;
  transport: 'udp' | 'tcp' | 'tls';
}

/**
 * Time-limited TURN credentials by coturn's REST scheme (draft-uberti-behave-turn-rest-00): the name is the Unix time
 * in seconds at which they expire and who they are for, the password a keyed hash of it. `nowMs` is Unix milliseconds.
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

/** What a console needs to reach the relay, with credentials made for this agent. */
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

/** The config's STUN and TURN servers as consoles get them. */
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

/** Reads an ICE URL; undefined when it is none. IPv6 hosts stand in brackets. */
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
