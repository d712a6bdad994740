import { BlockList, isIP } from 'node:net';

/** A console has an address or two on each of its networks, and those that STUN and TURN show. */
const MAX_CANDIDATES = 16;
/** Of one host: an SDP is no way to have a host's ports scanned, or one of them flooded. */
const MAX_PER_HOST = 4;
/** Where nobody's WebRTC is, but other services are, browsers send no checks either; 80 and 443 are TURN's. */
const FIRST_FREE_PORT = 1024;
const TURN_PORTS = new Set([80, 443]);

/** Addresses of many, of all or of none. */
const NOBODY = new BlockList();
NOBODY.addSubnet('0.0.0.0', 8);
NOBODY.addSubnet('224.0.0.0', 3);
NOBODY.addSubnet('ff00::', 8, 'ipv6');
NOBODY.addAddress('::', 'ipv6');

/**
 * Those of an SDP's candidates (RFC 8839 5.1, without `a=candidate:`) that we may send checks to, in their order: UDP
 * on a port that may be a peer's. Names are left out, so that nobody has us ask their DNS; behind an mDNS name, its
 * owner's own checks show the address.
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
  const [, component, transport, , host = '', port = ''] = candidate.split(' ');
  if (component !== '1' || transport?.toLowerCase() !== 'udp') return undefined;
  const family = isIP(host);
  if (family === 0 || NOBODY.check(host, family === 6 ? 'ipv6' : 'ipv4')) return undefined;
  const number = /^\d{1,5}$/.test(port) ? Number(port) : 0;
  const isUsable = number >= FIRST_FREE_PORT || TURN_PORTS.has(number);
  return isUsable && number <= 0xffff ? host : undefined;
}
