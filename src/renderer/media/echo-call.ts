import type { EchoReport } from '../../shared/devices/echo.ts';
import type { EchoAnswer } from '../../shared/ipc/ready.ts';
import { Voices } from './call-audio.ts';
import { after, localSdp, speechCodecs } from './description.ts';
import { LevelMeter } from './level-meter.ts';
import { openMicrophone } from './microphone.ts';
import { incomingAnswer } from './sdp.ts';
import { readTotals, type Sample, sampleBetween, type Totals } from './stats.ts';

const CONNECTS_WITHIN_MS = 10_000;
/** A sentence. */
const SPEAKS_MS = 5_000;
/** The relay sends back what it hears so much later, and the network adds to it. In ms. */
const ECHO_LATER_MS = 2_000;
const LOOKS_EVERY_MS = 100;
const MEASURES_EVERY_MS = 1_000;

export interface EchoCallPorts {
  devices: { microphoneId: string; speakerId: string };
  iceServers: RTCIceServer[];
  /** By TURN alone, as the organisation wants it. */
  onlyTurn: boolean;
  /** The relay's answer to our offer, or why there is none. */
  ask(sdp: string): Promise<EchoAnswer>;
  /** The agent can speak now, this loud (0–1). */
  speaking: (level: number) => void;
  /** The agent has spoken enough, and hears the end of it. */
  listening: () => void;
  signal: AbortSignal;
}

/** Calls the relay, which sends back what it hears. Resolves when it has been heard; undefined if it was aborted. */
export async function callEcho(ports: EchoCallPorts): Promise<EchoReport | undefined> {
  const opened = await openMicrophone(ports.devices.microphoneId);
  if (!opened.ok) return { end: 'no-microphone' };
  const microphone = opened.value;
  const connection = new RTCPeerConnection({
    bundlePolicy: 'max-bundle',
    iceServers: ports.iceServers,
    iceTransportPolicy: ports.onlyTurn ? 'relay' : 'all',
  });
  const voices = new Voices('echo');
  try {
    const remote = connection.addTransceiver(microphone, { direction: 'sendrecv' });
    remote.setCodecPreferences(speechCodecs());
    await connection.setLocalDescription(await connection.createOffer());
    const answer = await ports.ask(await localSdp(connection, 'offer'));
    if (ports.signal.aborted) return undefined;
    if (!('sdp' in answer)) return answer;
    await connection.setRemoteDescription({ type: 'answer', sdp: incomingAnswer(answer.sdp) });
    const { track } = remote.receiver;
    void voices.play(track, true, ports.devices.speakerId);
    if (!(await isConnected(connection, ports.signal)))
      return ports.signal.aborted ? undefined : { end: 'blocked' };
    return await speakAndListen(connection, { microphone, track }, ports);
  } catch {
    return ports.signal.aborted ? undefined : { end: 'unanswered' };
  } finally {
    connection.close();
    voices.close();
    microphone.stop();
  }
}

/** Measures what is said and what comes back. */
async function speakAndListen(
  connection: RTCPeerConnection,
  { microphone, track }: { microphone: MediaStreamTrack; track: MediaStreamTrack },
  { signal, speaking, listening }: EchoCallPorts,
): Promise<EchoReport | undefined> {
  const meters = { spoken: new LevelMeter(microphone), heard: new LevelMeter(track) };
  const samples: Sample[] = [];
  let [spoken, heard] = [0, 0];
  let before: Totals | undefined;
  try {
    const start = performance.now();
    for (let now = start; now < start + SPEAKS_MS + ECHO_LATER_MS; now = performance.now()) {
      if (signal.aborted) return undefined;
      const isSpeaking = now < start + SPEAKS_MS;
      // What is said at the end would not come back any more.
      if (!isSpeaking && microphone.enabled) {
        microphone.enabled = false;
        listening();
      }
      const level = meters.spoken.level();
      spoken = Math.max(spoken, level);
      heard = Math.max(heard, meters.heard.level());
      if (isSpeaking) speaking(level);
      if (!before || now - before.at >= MEASURES_EVERY_MS) {
        const totals = await readTotals(connection, now);
        if (before) samples.push(sampleBetween(before, totals));
        before = totals;
      }
      await after(LOOKS_EVERY_MS);
    }
    const last = await readTotals(connection, performance.now());
    return { end: 'heard', spoken, heard, ...measured(samples, last), by: last.protocol ?? 'udp' };
  } finally {
    meters.spoken.close();
    meters.heard.close();
  }
}

function measured(samples: readonly Sample[], { packetsReceived, packetsLost, rttMs }: Totals) {
  const lossIn = packetsLost / Math.max(1, packetsReceived + packetsLost);
  const told = samples.flatMap(({ lossOut }) => (lossOut === undefined ? [] : [lossOut]));
  const lossOut = told.reduce((sum, loss) => sum + loss, 0) / Math.max(1, told.length);
  return {
    lossPercent: Math.round(100 * Math.max(lossIn, lossOut)),
    ...(rttMs !== undefined && { rttMs: Math.round(rttMs) }),
  };
}

async function isConnected(connection: RTCPeerConnection, signal: AbortSignal): Promise<boolean> {
  const known = new Promise<boolean>((resolve) => {
    const look = () => connection.connectionState === 'connected' && resolve(true);
    connection.addEventListener('connectionstatechange', look);
    signal.addEventListener('abort', () => resolve(false));
    look();
  });
  return (await Promise.race([known, after(CONNECTS_WITHIN_MS)])) === true;
}
