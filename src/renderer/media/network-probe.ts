import type { NetworkReport } from '../../shared/devices/network.ts';
import type { IceServer } from '../../shared/protocol/frames.ts';
import { after } from './description.ts';
import { rtcServers } from './ice-servers.ts';
import { testNetwork } from './network-test.ts';

const CONNECTS_WITHIN_MS = 6000;
/** As a voice sends them. */
const PINGS = 60;
const PING_EVERY_MS = 20;
const LAST_ECHO_MS = 1000;

/** Measures how sound gets through this network, by the servers that calls use. */
export async function probeNetwork(servers: readonly IceServer[]): Promise<NetworkReport> {
  const reached = await testNetwork(servers);
  if (reached.turn !== 'answered') return reached;
  const turn = servers.filter(({ urls }) => urls.some((url) => url.startsWith('turn')));
  return { ...reached, ...(await throughTurn(rtcServers(turn))) };
}

/** From here to the TURN server and back, twice: to a second connection of this window. */
async function throughTurn(
  iceServers: RTCIceServer[],
): Promise<{ rttMs: number; lossPercent: number } | undefined> {
  const options: RTCConfiguration = { iceServers, iceTransportPolicy: 'relay' };
  const [here, there] = [new RTCPeerConnection(options), new RTCPeerConnection(options)];
  try {
    for (const [from, to] of [
      [here, there],
      [there, here],
    ] as const) {
      from.addEventListener('icecandidate', ({ candidate }) => {
        if (candidate) void to.addIceCandidate(candidate).catch(() => undefined);
      });
    }
    there.addEventListener('datachannel', ({ channel }) => {
      channel.addEventListener('message', ({ data }: MessageEvent<string>) => channel.send(data));
    });
    const channel = here.createDataChannel('', { ordered: false, maxRetransmits: 0 });
    const isOpen = new Promise<true>((resolve) =>
      channel.addEventListener('open', () => resolve(true)),
    );
    await here.setLocalDescription();
    if (here.localDescription) await there.setRemoteDescription(here.localDescription);
    await there.setLocalDescription();
    if (there.localDescription) await here.setRemoteDescription(there.localDescription);
    if ((await Promise.race([isOpen, after(CONNECTS_WITHIN_MS)])) === undefined) return undefined;
    return await ping(channel);
  } catch {
    return undefined;
  } finally {
    here.close();
    there.close();
  }
}

async function ping(channel: RTCDataChannel): Promise<{ rttMs: number; lossPercent: number }> {
  const times: number[] = [];
  channel.addEventListener('message', ({ data }: MessageEvent<string>) =>
    times.push(performance.now() - Number(data)),
  );
  for (let sent = 0; sent < PINGS; sent++) {
    channel.send(String(performance.now()));
    await after(PING_EVERY_MS);
  }
  await after(LAST_ECHO_MS);
  const median = times.toSorted((a, b) => a - b)[times.length >> 1] ?? 0;
  return {
    // Through the server there and back is twice the way that a call takes.
    rttMs: Math.round(median / 2),
    lossPercent: Math.round((100 * (PINGS - times.length)) / PINGS / 2),
  };
}
