import type { NetworkFacts } from '../../shared/checks/facts.ts';
import type { IceServer } from '../../shared/protocol/frames.ts';
import { rtcServers } from './ice-servers.ts';

/** A server that has not answered by then does not, in ms. */
const WITHIN_MS = 6_000;
/** The server did not answer (WebRTC, RTCPeerConnectionIceErrorEvent). */
const NO_ANSWER = 701;

type Answer = NetworkFacts['stun'];

/** Whether this machine reaches the STUN and TURN servers that calls by the relay use. */
export async function testNetwork(
  iceServers: readonly IceServer[],
): Promise<Pick<NetworkFacts, 'stun' | 'turn' | 'turnByUdp'>> {
  const [stun, turnByUdp, turnByTcp] = await Promise.all([
    tryStun(only(iceServers, (url) => url.startsWith('stun'))),
    tryTurn(only(iceServers, (url) => url.startsWith('turn') && !isTcp(url))),
    tryTurn(only(iceServers, isTcp)),
  ]);
  const both = [turnByUdp, turnByTcp];
  return {
    stun,
    turnByUdp,
    turn: (['answered', 'silent'] as const).find((one) => both.includes(one)) ?? 'none',
  };
}

/** RFC 7065: TLS is over TCP unless it says otherwise. */
const isTcp = (url: string): boolean =>
  /^turns?:.*transport=tcp/i.test(url) || /^turns:(?!.*transport=udp)/i.test(url);

const only = (servers: readonly IceServer[], fits: (url: string) => boolean): IceServer[] =>
  servers
    .map((server) => ({ ...server, urls: server.urls.filter((url) => fits(url)) }))
    .filter(({ urls }) => urls.length > 0);

/** Without NAT there is no other address to learn: an end without complaint is an answer, too. */
async function tryStun(servers: readonly IceServer[]): Promise<Answer> {
  if (servers.length === 0) return 'none';
  const { found, isComplete, hasError } = await gather(servers, 'srflx');
  return found || (isComplete && !hasError) ? 'answered' : 'silent';
}

/** An address of the TURN server proves that it can be reached, and takes our password. */
async function tryTurn(servers: readonly IceServer[]): Promise<Answer> {
  if (servers.length === 0) return 'none';
  return (await gather(servers, 'relay')).found ? 'answered' : 'silent';
}

/** Gathers candidates until there is one of this type. */
async function gather(
  servers: readonly IceServer[],
  type: RTCIceCandidateType,
): Promise<{ found: boolean; isComplete: boolean; hasError: boolean }> {
  const connection = new RTCPeerConnection({ iceServers: rtcServers(servers) });
  const state = { found: false, isComplete: false, hasError: false };
  try {
    const over = new Promise<void>((resolve) => {
      setTimeout(resolve, WITHIN_MS);
      connection.addEventListener('icecandidateerror', ({ errorCode }) => {
        state.hasError ||= errorCode === NO_ANSWER;
      });
      connection.addEventListener('icecandidate', ({ candidate }) => {
        state.found ||= candidate?.type === type;
        state.isComplete ||= candidate === null;
        if (state.found || state.isComplete) resolve();
      });
    });
    connection.createDataChannel('test');
    await connection.setLocalDescription();
    await over;
  } finally {
    connection.close();
  }
  return state;
}
