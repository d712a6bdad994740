import type { NetworkFacts } from '../../shared/checks/facts.ts';
import type { IceServer } from '../../shared/protocol/frames.ts';
import { rtcServers } from './ice-servers.ts';

/** A server that has not answered by then does not, in ms. */
const WITHIN_MS = 6_000;
/** The server did not answer (WebRTC, RTCPeerConnectionIceErrorEvent). */
const NO_ANSWER = 701;

/** Whether this machine reaches the STUN and TURN servers that calls by the relay use. */
export async function testNetwork(
  iceServers: readonly IceServer[],
): Promise<Pick<NetworkFacts, 'stun' | 'turn'>> {
  const urls = iceServers.flatMap((server) => server.urls);
  const has = (kind: 'stun' | 'turn') => urls.some((url) => url.startsWith(kind));
  if (urls.length === 0) return { stun: 'none', turn: 'none' };
  const found = new Set<string>();
  const silent = new Set<string>();
  const connection = new RTCPeerConnection({ iceServers: rtcServers(iceServers) });
  connection.addEventListener('icecandidate', ({ candidate }) => {
    if (candidate?.type) found.add(candidate.type);
  });
  connection.addEventListener('icecandidateerror', ({ errorCode, url }) => {
    if (errorCode === NO_ANSWER) silent.add(url.startsWith('turn') ? 'turn' : 'stun');
  });
  try {
    connection.createDataChannel('test');
    await connection.setLocalDescription();
    await gathered(connection);
  } finally {
    connection.close();
  }
  return {
    // Without NAT there is no other address to learn: that nobody complains is the proof.
    stun: !has('stun') ? 'none' : found.has('srflx') || !silent.has('stun') ? 'answered' : 'silent',
    turn: !has('turn') ? 'none' : found.has('relay') ? 'answered' : 'silent',
  };
}

function gathered(connection: RTCPeerConnection): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, WITHIN_MS);
    connection.addEventListener('icegatheringstatechange', () => {
      if (connection.iceGatheringState !== 'complete') return;
      clearTimeout(timer);
      resolve();
    });
  });
}
