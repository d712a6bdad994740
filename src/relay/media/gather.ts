import { randomBytes } from 'node:crypto';
import { RTCIceGatherer, RTCIceTransport } from 'werift';
import { guardIce } from '../../werift/ice.ts';
import { type MediaNetwork, weriftIceOptions } from './network.ts';

/**
 * An unresponsive STUN or TURN server delays werift for 13 s, while the caller is ringing. In ms.
 */
const GATHER_MS = 2000;

/**
 * Binds a UDP port and gathers candidates; asks STUN and TURN servers only if some are configured.
 *
 * @throws Error when no port is free
 */
export function openIce(network: MediaNetwork): Promise<RTCIceTransport> {
  if (!network.ports) return gather(network);
  return network.ports.open(async (port) => {
    const ice = await gather(network, port);
    // werift does not report that a port was taken: it then has no candidate.
    if (ice.localCandidates.length > 0) return ice;
    await ice.stop();
    return undefined;
  });
}

async function gather(network: MediaNetwork, port?: number): Promise<RTCIceTransport> {
  const options = weriftIceOptions(network, Date.now(), port);
  const gatherer = new RTCIceGatherer(options);
  // Without one of ours, werift would use a public STUN server.
  if (!options.stunServer) gatherer.connection.stunServer = undefined;
  // werift's own have 16 and 88 bits; RFC 8445 5.3 requires at least 24 and 128.
  gatherer.connection.localUsername = randomBytes(6).toString('hex');
  gatherer.connection.localPassword = randomBytes(16).toString('hex');
  guardIce(gatherer.connection);
  await atMost(GATHER_MS, gatherer.gather());
  return new RTCIceTransport(gatherer);
}

/** Our candidates for an SDP; a host candidate is repeated for each announced address. */
export function candidateLines(ice: RTCIceTransport, network: MediaNetwork): string[] {
  return ice.localCandidates.flatMap((candidate) => {
    const { foundation, priority, port, type, relatedAddress, relatedPort } = candidate;
    const announced = network.announce?.length ? network.announce : [candidate.ip];
    const related =
      relatedAddress === undefined ? '' : ` raddr ${relatedAddress} rport ${relatedPort ?? 0}`;
    return (type === 'host' ? announced : [candidate.ip]).map(
      (ip, index) =>
        `candidate:${foundation}${index === 0 ? '' : index} 1 udp ${priority - index} ${ip} ${port} typ ${type}${related}`,
    );
  });
}

async function atMost(ms: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([work, late]);
  clearTimeout(timer);
}
