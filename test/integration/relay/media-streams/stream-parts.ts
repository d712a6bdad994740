import { onTestFinished } from 'vitest';
import { connectBridge, type BridgeOptions } from '../../../../src/simulator/pcm/bridge.ts';
import { PcmSession } from '../../../../src/simulator/pcm/session.ts';
import { FakeProvider } from '../../../fakes/provider.ts';
import { openStreamedSound } from '../../../helpers/streamed-sound.ts';
import { sign } from '../harness.ts';
import { postTo } from '../numbers.ts';
import type { TestConsole } from '../test-console.ts';

export const SECRET = 'a-secret-in-the-address';
const SIGNING = 'the secret of the subscription';

/** A number whose calls Zernio forwards to the relay. */
export const streamedNumber = (id: string, stream: object = {}) => ({
  id,
  provider: 'zernio',
  signingSecret: SIGNING,
  stream: { secret: SECRET, ...stream },
});

/** The customer whom `tell` names. */
export const DIAL = { type: 'dial', accountId: 'desk', to: '5511999990000' } as const;

const socketsOf = (url: string) => url.replace('http', 'ws');

/** Zernio's webhooks about a call. */
export async function tell(
  url: string,
  event: 'call.received' | 'call.ended',
  id: string,
  { number = 'desk', direction = 'inbound', now = Date.now() } = {},
): Promise<void> {
  const at = new Date(now).toISOString();
  const body = JSON.stringify({
    id: `${event}/${id}`,
    event,
    timestamp: at,
    account: { id: 'acc', platform: 'whatsapp', username: 'u' },
    call: {
      id,
      direction,
      from: direction === 'inbound' ? '+5511999990000' : '+551130000000',
      to: direction === 'inbound' ? '+551130000000' : '+5511999990000',
      startedAt: at,
      ...(event === 'call.ended' && { endedAt: at, durationSeconds: 3, endReason: 'hangup' }),
    },
  });
  const signature = sign(body, SIGNING).replace('sha256=', '');
  const answer = await postTo(url, `zernio/${number}`, body, {
    'x-zernio-signature': signature,
  });
  if (answer.status !== 200) throw new Error(`the relay answered with ${answer.status}`);
}

/** Zernio connects a humming customer to the relay. */
export function connect(
  relay: string,
  callId: string,
  {
    number = 'desk',
    sampleRate = 8_000,
    hz = 440,
    ...options
  }: Partial<BridgeOptions> & { number?: string; sampleRate?: number; hz?: number } = {},
) {
  const customer = new PcmSession({
    format: { sampleRate, frameMs: 20 },
    voice: { kind: 'tone', hz },
    speechFile: '',
  });
  let hungUp: () => void = () => undefined;
  const closed = new Promise<void>((resolve) => (hungUp = resolve));
  const disconnect = connectBridge({
    url: `${socketsOf(relay)}/v1/streams/zernio/${number}/${SECRET}`,
    callId,
    session: customer,
    frames: 'json',
    codec: 'PCMU',
    namesCall: true,
    onClosed: hungUp,
    ...options,
  });
  customer.accept();
  onTestFinished(async () => {
    disconnect();
    await customer.close();
  });
  const hears = (pitch: number) =>
    new Promise<void>((resolve) => {
      const off = customer.events.on(({ what }) => {
        const { toneHz } = customer.report();
        if (what !== 'heard' || toneHz === null || Math.abs(toneHz - pitch) > 5) return;
        off();
        resolve();
      });
    });
  return { customer, closed, disconnect, hears };
}

/** The sound of a console in a call, whose stream the relay carries. */
export function speak(relay: string, agent: TestConsole, callId: string, hz: number) {
  return openStreamedSound(
    {
      provider: () => new FakeProvider(),
      relay: {
        url: `${socketsOf(relay)}/v1/agents`,
        async stream(id) {
          const outcome = await agent.stream(id);
          return outcome.kind === 'stream' || outcome.kind === 'refused'
            ? outcome
            : { kind: 'unreachable' };
        },
        hangUp: (id) => void agent.hangUp(id),
      },
    },
    callId,
    hz,
  );
}
