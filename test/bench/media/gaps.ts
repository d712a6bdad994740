import type { BridgeEvent } from '../../../src/relay/media/call-bridge.ts';
import { MediaEngine } from '../../../src/relay/media/engine.ts';
import type { SdpResult } from '../../../src/relay/media/sdp-parse.ts';
import { ConsolePeer } from '../../integration/relay-media/console-peer.ts';
import { CustomerPeer } from '../../integration/relay-media/customer-peer.ts';
import { HOST } from './wire.ts';

const TONES = [900, 1600] as const;
const SWITCHES = 20;

/** The customer's audio gap at each of some switches between two agents' warm legs, ms, from decoded sound. */
export async function measureGaps(): Promise<number[]> {
  const engine = await MediaEngine.open({
    network: { bind: HOST },
    holdFile: new URL('../../../resources/speech/hold.opus20', import.meta.url).pathname,
  });
  let connected = () => {};
  const up = new Promise<void>((resolve) => {
    connected = resolve;
  });
  const bridge = engine.openBridge((event: BridgeEvent) => {
    if (event.type === 'connected' && event.leg.side === 'customer') connected();
  });
  const customer = await CustomerPeer.open();
  const agents = await Promise.all(TONES.map(() => ConsolePeer.open()));
  try {
    customer.connect(take(await bridge.answerCustomer(customer.offer())));
    bridge.startCustomer();
    for (const [index, agent] of agents.entries()) {
      await agent.connect(take(await bridge.addLeg(String(index), agent.offer)));
      agent.speak({ kind: 'tone', hz: TONES[index] ?? 0 });
    }
    await up;
    bridge.openGate();
    bridge.route({ kind: 'talking', agent: '0' });
    await customer.detector.hears(TONES[0]);
    const gaps: number[] = [];
    for (let i = 1; i <= SWITCHES; i++) {
      const [from, to] = i % 2 === 0 ? [TONES[1], TONES[0]] : TONES;
      const since = customer.detector.frames.length;
      bridge.route({ kind: 'talking', agent: String(i % 2) });
      await customer.detector.hears(to);
      gaps.push(customer.detector.gapMs(from, to, since));
    }
    return gaps;
  } finally {
    await Promise.all([customer.close(), ...agents.map((agent) => agent.close())]);
    await engine.close();
  }
}

function take<T>(result: SdpResult<T>): T {
  if (!result.ok) throw new Error(result.error);
  return result.value;
}
