import { lookup as lookUp } from 'node:dns';
import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { reasonOf } from '../log.ts';

/** For connection, request and answer together, in ms. */
const PATIENCE_MS = 10_000;

/** What a receiver answered; nothing else of its answer is read. */
export type Answered =
  | { kind: 'answer'; status: number; retryAfter?: string | undefined }
  | { kind: 'failed'; why: string };

/**
 * RFC 6890 and its updates: what is not somewhere on the internet. So are the tunnels of IPv6 that lead to an IPv4 address
 * of the sender's choice (RFC 4291, 6145, 4380, 3056).
 */
const privateNetworks = new BlockList();
for (const [network, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const) {
  privateNetworks.addSubnet(network, bits);
  // How an IPv6-only network reaches IPv4 (RFC 6052): public addresses must be left.
  privateNetworks.addSubnet(`64:ff9b::${network}`, 96 + bits, 'ipv6');
}
for (const [network, bits] of [
  ['::', 96],
  ['::ffff:0:0:0', 96],
  ['64:ff9b:1::', 48],
  ['2001::', 32],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
] as const) {
  privateNetworks.addSubnet(network, bits, 'ipv6');
}

/** Whether an address is in a private network, or on this machine. */
export function isPrivateAddress(address: string): boolean {
  return privateNetworks.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}

const PRIVATE = 'the address is in a private network. Set privateNetwork to allow that';

/** Finds public addresses only, at the moment of connecting: a name may lead elsewhere the next time. */
const lookUpPublic: LookupFunction = (hostname, options, callback) =>
  lookUp(hostname, { ...options, all: true }, (error, found) => {
    if (error) return callback(error, []);
    if (found.some(({ address }) => isPrivateAddress(address))) {
      return callback(new Error(PRIVATE), []);
    }
    const [first] = found;
    if (options.all) callback(null, found);
    else callback(null, first?.address ?? '', first?.family);
  });

/** Sends one message. Redirects are not followed. Never throws. */
export function post(
  { url, privateNetwork }: { url: string; privateNetwork: boolean },
  headers: Readonly<Record<string, string>>,
  body: string,
): Promise<Answered> {
  const to = new URL(url);
  const host = to.hostname.replace(/^\[|\]$/g, '');
  if (!privateNetwork && isIP(host) !== 0 && isPrivateAddress(host)) {
    return Promise.resolve({ kind: 'failed', why: PRIVATE });
  }
  const request = to.protocol === 'https:' ? requestHttps : requestHttp;
  return new Promise((resolve) => {
    const outgoing = request(to, {
      method: 'POST',
      agent: false,
      headers: {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
        'user-agent': 'Ringdesk',
        ...headers,
      },
      signal: AbortSignal.timeout(PATIENCE_MS),
      ...(!privateNetwork && { lookup: lookUpPublic }),
    });
    outgoing.on('error', (error) => {
      const why = error.name === 'AbortError' || error.name === 'TimeoutError';
      resolve({ kind: 'failed', why: why ? 'no answer in time' : reasonOf(error) });
    });
    const settle = (answer: IncomingMessage) => {
      const { statusCode: status = 0, headers } = answer;
      resolve({ kind: 'answer', status, retryAfter: headers['retry-after'] });
      answer.destroy();
    };
    outgoing.on('response', settle);
    // 101 is no response to Node; unheard, it ends the request without an error.
    outgoing.on('upgrade', (answer, socket) => {
      settle(answer);
      socket.destroy();
    });
    outgoing.end(body);
  });
}
