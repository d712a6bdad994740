import { describe, expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { PcmStreamManager } from '../../../src/main/calls/streams/pcm-stream-manager.ts';
import { inboundCallId } from '../../../src/shared/call/ids.ts';
import { systemClock } from '../../../src/shared/lib/clock.ts';
import { measureTone } from '../../../src/simulator/media/tone.ts';
import { FakeLog } from '../../fakes/log.ts';
import { inSoftphone, numberOf, streamPath } from './numbers.ts';
import { type Contract, openContract } from './contract.ts';

const CUSTOMER_HZ = 440;
const AGENT_HZ = 1000;
const near = (hz: number | null | undefined, wanted: number) =>
  typeof hz === 'number' && Math.abs(hz - wanted) < 5;

/** The agent's end of a streamed call, with a tone as its voice. */
function openSound(contract: Contract, accountId: string, providerCallId: string) {
  const callId = inboundCallId(accountId, providerCallId);
  let rate = 8000;
  let heard: Uint8Array[] = [];
  let look = () => undefined as void;
  const streams = new PcmStreamManager({
    provider: () => contract.provider,
    relay: contract.listener.client.streams,
    media: (command) => {
      if (command.do === 'stream') rate = command.sampleRate;
    },
    play: (_, frame) => {
      heard = [...heard, frame].slice(-50);
      look();
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
      const turns = (AGENT_HZ * sample++) / rate;
      frame.writeInt16LE(Math.round(9000 * Math.sin(2 * Math.PI * turns)), at);
    }
    streams.send(callId, frame);
  }, 20);
  onTestFinished(() => {
    clearInterval(timer);
    streams.closeAll();
  });
  const hears = (hz: number) =>
    new Promise<void>((resolve) => {
      look = () => {
        const bytes = Buffer.concat(heard);
        const samples = Int16Array.from({ length: bytes.length / 2 }, (_, n) =>
          bytes.readInt16LE(2 * n),
        );
        if (heard.length === 50 && near(measureTone(samples, rate).hz, hz)) resolve();
      };
    });
  return { hears };
}

/** Numbers with streamed calls: by Pilot Status, or by our relay for what Zernio forwards to it. */
describe.each([
  { name: 'a web number', number: numberOf('pilot-web') },
  { name: 'a Zernio number in the softphone', number: inSoftphone },
])('a streamed call of $name', ({ number }) => {
  const accountId = number.simulated.id;

  it('is heard both ways by the agent who accepted it', async () => {
    const contract = await openContract(number);
    if (number === inSoftphone) {
      const forwardTo = `${contract.relay.url.replace('http', 'ws')}${streamPath}`;
      contract.simulator.changeSettings({ forwardTo });
    }
    const call = await contract.rung({ kind: 'tone', hz: CUSTOMER_HZ });
    expect(call.reported.kind).toBe('announced');
    const callId = inboundCallId(accountId, call.callId);
    expect(await contract.listener.client.claim(callId)).toMatchObject({ kind: 'granted' });
    await contract.take(call);
    const { hears } = openSound(contract, accountId, call.callId);
    await Promise.all([
      hears(CUSTOMER_HZ),
      contract.simulator.waitFor(
        () => near(contract.simulator.report(call.callId)?.media.toneHz, AGENT_HZ),
        { timeoutMs: 30_000, what: 'the agent’s tone' },
      ),
    ]);
    contract.simulator.hangUp(call.callId);
    expect(await contract.end(call.callId)).toMatchObject({ startedAt: expect.any(Number) });
  });
});
