import type { IceOptions } from 'werift';
import type { UdpPorts } from './udp-ports.ts';
import { type IceServer, type IceUrl, parseIceUrl, turnCredentials } from './ice-servers.ts';

/** Where and how the relay's own media sockets are reached. */
export interface MediaNetwork {
  /** Local IPv4 address to bind; `0.0.0.0` for all. */
  bind: string;
  /**
   * Addresses under which others reach `bind` (the public one behind 1:1 NAT). Empty: `bind`
   * itself.
   */
  announce?: readonly string[];
  /** UDP ports to use; any free one by default. */
  ports?: UdpPorts;
  /** The relay's own STUN or TURN server; one of each is used. A relay with a public address needs none. */
  iceServers?: readonly IceServer[];
  /** `relay`: send and receive through TURN only. */
  policy?: 'all' | 'relay';
}

/** The longest call's TURN allocation must still be refreshable: coturn checks the time on every request. */
const OWN_TURN_TTL_SECONDS = 24 * 3600;

/**
 * werift's options for one socket. `nowMs` is Unix milliseconds.
 *
 * @param port the UDP port to bind; left out: any
 */
export function weriftIceOptions(
  network: MediaNetwork,
  nowMs: number,
  port?: number,
): Partial<IceOptions> {
  const stun = find(network, 'stun');
  const turn = find(network, 'turn');
  const credentials =
    turn?.secret === undefined
      ? undefined
      : turnCredentials(turn.secret, 'relay', OWN_TURN_TTL_SECONDS, nowMs);
  return {
    useTcp: false,
    // Only the configured address: werift would otherwise open a socket on each interface.
    useIpv4: false,
    useIpv6: false,
    additionalHostAddresses: [network.bind],
    interfaceAddresses: { udp4: network.bind },
    ...(port !== undefined && { portRange: [port, port] }),
    ...(stun ? { stunServer: [stun.url.host, stun.url.port] } : {}),
    ...(turn && credentials
      ? {
          turnServer: [turn.url.host, turn.url.port],
          turnTransport: turn.url.transport,
          turnUsername: credentials.username,
          turnPassword: credentials.credential,
        }
      : {}),
    forceTurn: network.policy === 'relay',
  };
}

function find(
  network: MediaNetwork,
  kind: IceUrl['kind'],
): { url: IceUrl; secret: string | undefined } | undefined {
  for (const { urls, secret } of network.iceServers ?? []) {
    for (const text of urls) {
      const url = parseIceUrl(text);
      if (url?.kind === kind) return { url, secret };
    }
  }
  return undefined;
}
