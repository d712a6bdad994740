import { BlockList, isIP } from 'node:net';

/** A console has one or two addresses per network, plus those from STUN and TURN. */
const MAX_CANDIDATES = 16;
/** Per host, so that an SDP cannot be used to scan or flood a host's ports. */
const MAX_PER_HOST = 4;
/**
 * Below this port there are other services and no WebRTC, and browsers send no checks there either;
 * 80 and 443 are TURN's.
 */
const FIRST_FREE_PORT = 1024;
const TURN_PORTS = new Set([80, 443]);

/** Addresses of many hosts, of all hosts or of none. */
const NOBODY = new BlockList();
NOBODY.addSubnet('0.0.0.0', 8);
NOBODY.addSubnet('224.0.0.0', 3);
NOBODY.addSubnet('ff00::', 8, 'ipv6');
NOBODY.addAddress('::', 'ipv6');

/**
 * The candidates of an SDP (RFC 8839 5.1, without `a=candidate:`) that we may send checks to, in
 * order: UDP on a port that may be a peer's. Names are dropped, so that nobody can make us query
 * their DNS; behind an mDNS name, its owner's own checks reveal the address.
 */
export function usableCandidates(candidates: readonly string[]): string[] {
  const perHost = new Map<string, number>();
  const usable: string[] = [];
  for (const text of candidates) {
    if (usable.length === MAX_CANDIDATES) break;
    const host = usableHost(text);
    const before = host === undefined ? MAX_PER_HOST : (perHost.get(host) ?? 0);
    if (host === undefined || before >= MAX_PER_HOST) continue;
    perHost.set(host, before + 1);
    usable.push(text);
  }
  return usable;
}

function usableHost(candidate: string): string | undefined {
  const [, component, transport, , host = '', port = ''] = candidate.split(/ +/);
  if (component !== '1' || transport?.toLowerCase() !== 'udp') return undefined;
  const family = isIP(host);
  if (family === 0 || NOBODY.check(host, family === 6 ? 'ipv6' : 'ipv4')) return undefined;
  const number = /^\d{1,5}$/.test(port) ? Number(port) : 0;
  const isUsable = number >= FIRST_FREE_PORT || TURN_PORTS.has(number);
  return isUsable && number <= 0xffff ? host : undefined;
}
