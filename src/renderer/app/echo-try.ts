import { callEcho } from '../media/echo-call.ts';
import { rtcServers } from '../media/ice-servers.ts';
import { act, request } from '../state/requests.ts';
import { setEcho, useLive } from '../state/live.ts';

/** The agent hears themselves by way of the relay, and main is told what came of it. */
export class EchoTry {
  #running: AbortController | undefined;

  /** Begins, or stops what is under way. */
  async toggle(): Promise<void> {
    if (this.#running) return this.stop();
    const running = new AbortController();
    this.#running = running;
    setEcho({ doing: 'calling' });
    const servers = await act('ready.media-servers', {});
    const { microphone, speaker } = useLive.getState().devices;
    const report =
      servers &&
      (await callEcho({
        devices: { microphoneId: microphone.id, speakerId: speaker.id },
        iceServers: rtcServers(servers.iceServers),
        onlyTurn: servers.onlyTurn,
        async ask(sdp) {
          const answer = await request('ready.echo', { sdp });
          return answer.ok ? answer.value : { end: 'unanswered' };
        },
        speaking: (level) => setEcho({ doing: 'speaking', level }),
        listening: () => setEcho({ doing: 'listening' }),
        signal: running.signal,
      }));
    this.#running = undefined;
    setEcho(undefined, report);
    if (report) await request('ready.echo-heard', { report });
  }

  /** A call goes before it. */
  stop(): void {
    this.#running?.abort();
  }
}
