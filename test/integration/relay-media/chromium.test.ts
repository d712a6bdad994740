import { describe, expect, it, onTestFinished } from 'vitest';
import { MediaEngine } from '../../../src/relay/media/engine.ts';
import { seededRandom } from '../../../src/simulator/lib/random.ts';
import { openChromium } from '../../helpers/chromium.ts';
import { answer, offer, outcomes, takeAnswer } from './browser-legs.ts';
import { accepted } from './bridge-fixture.ts';
import { RoughPath, type Roughness } from './rough-path.ts';

/** The number of legs of each kind: consoles, inbound and outbound customers. */
const LEGS_OF_A_KIND = 20;
const AT_ONCE = 10;

/** An engine, a browser and a bad network between them. Each leg connects through its own path. */
async function openWorld(rough: Omit<Roughness, 'random'>) {
  const random = seededRandom(20_261_128);
  const [engine, browser] = await Promise.all([
    MediaEngine.open({
      network: { bind: '127.0.0.1' },
      holdFile: 'resources/speech/hold.opus20',
    }),
    openChromium(),
  ]);
  const paths: RoughPath[] = [];
  onTestFinished(async () => {
    await Promise.all([engine.close(), browser.close()]);
    for (const path of paths) path.close();
  });
  const { page } = browser;
  const ends: string[] = [];

  const openBridge = (name: string) => {
    let settle: (how: string) => void = () => undefined;
    const settled = new Promise<string>((resolve) => (settle = resolve));
    const bridge = engine.openBridge((event) => {
      if (event.type === 'connected') settle('connected');
      if (event.type !== 'closed') return;
      settle(event.reason);
      ends.push(`${name}: ${event.reason}`);
    });
    return { bridge, settled };
  };
  /** The SDP that leads the browser to us through its own path. */
  const lead = async (sdp: string): Promise<string> => {
    const path = await RoughPath.to(sdp, { ...rough, random });
    paths.push(path);
    return path.through(sdp);
  };
  const kinds = {
    console: async (name: string) => {
      const { bridge, settled } = openBridge(name);
      const ours = accepted(await bridge.addLeg('ana', await offer(page, name)));
      await takeAnswer(page, name, await lead(ours));
      return settled;
    },
    caller: async (name: string) => {
      const { bridge, settled } = openBridge(name);
      const ours = accepted(await bridge.answerCustomer(await offer(page, name)));
      await takeAnswer(page, name, await lead(ours));
      bridge.startCustomer();
      return settled;
    },
    called: async (name: string) => {
      const { bridge, settled } = openBridge(name);
      const ours = accepted(await bridge.offerCustomer());
      accepted(bridge.applyCustomerAnswer(await answer(page, name, await lead(ours))));
      return settled;
    },
  };
  return { page, kinds, ends };
}

describe('current Chromium', () => {
  it.each([
    ['10 % of all datagrams lost', { lossPercent: 10 }],
    ['every other DTLS datagram overtaken by the next', { swapByMs: 4 }],
  ] as const)('V1 60 of 60 legs come up with %s', { timeout: 90_000 }, async (_, rough) => {
    const { page, kinds, ends } = await openWorld(rough);
    const legs = Array.from({ length: LEGS_OF_A_KIND }, (_, i) => [
      { name: `console-${i}`, connect: kinds.console },
      { name: `caller-${i}`, connect: kinds.caller },
      { name: `called-${i}`, connect: kinds.called },
    ]).flat();
    const ours: string[] = [];
    const theirs: string[] = [];
    for (let at = 0; at < legs.length; at += AT_ONCE) {
      const some = legs.slice(at, at + AT_ONCE);
      ours.push(...(await Promise.all(some.map(({ name, connect }) => connect(name)))));
      theirs.push(
        ...(await outcomes(
          page,
          some.map(({ name }) => name),
        )),
      );
    }
    expect(ours.filter((how) => how === 'connected')).toHaveLength(legs.length);
    expect(theirs.filter((how) => how === 'connected')).toHaveLength(legs.length);
    expect(ends).toEqual([]);
  });
});
