import type { IncomingHttpHeaders } from 'node:http';
import { BlockList, isIP } from 'node:net';

/** A list of addresses and subnets, e.g. `127.0.0.1` and `10.0.0.0/8`, for look-ups. */
export function addressList(entries: readonly string[]): BlockList {
  const list = new BlockList();
  for (const entry of entries) {
    const [address = '', prefix] = entry.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    if (prefix === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(prefix), family);
  }
  return list;
}

/** Private networks, in which a proxy may be: such an address says nothing about the sender. */
const INSIDE = addressList([
  '127.0.0.0/8',
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '100.64.0.0/10',
  '::1',
  'fc00::/7',
  'fe80::/10',
]);

/** More than any real chain of proxies. */
const MOST_HOPS = 20;

/**
 * The client address of a request: the last address in `X-Forwarded-For` that is not a trusted
 * proxy. Everything before it may be forged and is ignored; without a trusted proxy the whole
 * header is.
 *
 * @param proxies trusted proxies; see `trustProxy` in the config
 * @returns an IPv4 address, or the /64 network of an IPv6 one, all of which one machine may use;
 *   undefined for a private address, which many may share
 */
export function clientAddress(
  request: {
    headers: IncomingHttpHeaders;
    socket: { remoteAddress?: string | undefined };
  },
  proxies: BlockList,
): string | undefined {
  let address = plain(request.socket.remoteAddress ?? '');
  // Node joins repeated headers with commas, in order.
  const forwarded = [request.headers['x-forwarded-for'] ?? ''].flat().join(',');
  const hops = forwarded
    .split(',')
    .slice(-MOST_HOPS)
    .map((hop) => plain(hop.trim()));
  while (isIn(proxies, address)) {
    const before = hops.pop();
    if (before === undefined || isIP(before) === 0) break;
    address = before;
  }
  if (isIP(address) === 0 || isIn(INSIDE, address) || isIn(proxies, address)) return undefined;
  return isIP(address) === 4 ? address : networkOf(address);
}

const isIn = (list: BlockList, address: string): boolean =>
  isIP(address) !== 0 && list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');

/** Without brackets, port and zone; IPv4 in plain form if it is written as IPv6. */
function plain(address: string): string {
  const bare =
    /^\[([^\]]*)\](?::\d+)?$/.exec(address)?.[1] ?? address.replace(/^([\d.]+):\d+$/, '$1');
  return bare.replace(/%.*$/, '').replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, '');
}

function networkOf(address: string): string {
  const [head = '', tail] = address.split('::');
  const groups = head.split(':').filter(Boolean);
  const rest = tail === undefined ? [] : tail.split(':').filter(Boolean);
  const zeros = Array.from({ length: Math.max(0, 8 - groups.length - rest.length) }, () => '0');
  return `${[...groups, ...zeros, ...rest]
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`;
}
