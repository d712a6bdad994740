import { onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { PcmStreamManager } from '../../src/main/calls/streams/pcm-stream-manager.ts';
import { systemClock } from '../../src/shared/lib/clock.ts';
import { measureTone } from '../../src/simulator/media/tone.ts';
import { FakeLog } from '../fakes/log.ts';

type Ends = Pick<ConstructorParameters<typeof PcmStreamManager>[0], 'provider' | 'relay'>;

/** How many of the last frames a tone is measured in. */
const FRAMES = 60;

/** The sound of a console without a window in a streamed call: sends a tone, and keeps what it receives. */
export function openStreamedSound(ends: Ends, callId: string, hz: number) {
  const [accountId = '', providerCallId = ''] = callId.split('/');
  let rate = 8_000;
  let heard: Uint8Array[] = [];
  const looks = new Set<() => void>();
  const streams = new PcmStreamManager({
    ...ends,
    media: (command) => {
      if (command.do === 'stream') rate = command.sampleRate;
    },
    play: (_, frame) => {
      heard = [...heard, frame].slice(-FRAMES);
      for (const look of looks) look();
    },
    report: () => undefined,
    WebSocket,
    clock: systemClock,
    random: () => 0,
    log: new FakeLog(),
  });
  streams.open({ callId, accountId, providerCallId });
  let sample = 0;
  const timer = setInterval(() => {
    const frame = Buffer.alloc((2 * rate * 20) / 1000);
    for (let at = 0; at < frame.length; at += 2) {
      frame.writeInt16LE(Math.round(9000 * Math.sin((2 * Math.PI * hz * sample++) / rate)), at);
    }
    streams.send(callId, frame);
  }, 20);
  onTestFinished(() => {
    clearInterval(timer);
    streams.closeAll();
  });
  /** Resolves once the last frames have this tone. */
  const hears = (pitch: number) =>
    new Promise<void>((resolve) => {
      const look = () => {
        const bytes = Buffer.concat(heard);
        const samples = Int16Array.from({ length: bytes.length / 2 }, (_, n) =>
          bytes.readInt16LE(2 * n),
        );
        const found = measureTone(samples, rate).hz;
        if (heard.length < FRAMES || found === undefined || Math.abs(found - pitch) > 5) return;
        looks.delete(look);
        resolve();
      };
      looks.add(look);
    });
  return { streams, hears };
}
