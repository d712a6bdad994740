import { describe, expect, it, onTestFinished } from 'vitest';
import { ConsolePeer } from '../../relay-media/console-peer.ts';
import { relayConfig, startRelay, temporaryFolder } from '../harness.ts';
import { type AgentMachine, HZ, RelayedCallWorld } from '../relayed-call-world.ts';
import { TestConsole } from '../test-console.ts';

/** Less than the relay waits before it sends back: an echo at once would be heard sooner. */
const LATER_MS = 1_000;

/** Begins an echo call; resolves with its leg. */
async function openEcho({ console }: AgentMachine) {
  const peer = await ConsolePeer.open();
  onTestFinished(() => peer.close());
  const outcome = await console.ask({ type: 'echo', sdp: peer.offer });
  if (outcome.kind !== 'leg') throw new Error(JSON.stringify(outcome));
  await peer.connect(outcome.sdp);
  return peer;
}

describe('an echo call', () => {
  // As relays run: their media in a process of its own.
  const world = new RelayedCallWorld({ apart: true });

  it('agents hear themselves a moment later, beside a call, and can do so again', async () => {
    const [ana, ben] = [await world.join('ana'), await world.join('ben')];
    const callId = await world.talk(ben);
    const first = await openEcho(ana);
    const spoke = performance.now();
    first.speak({ kind: 'tone', hz: HZ['ana'] ?? 0 });
    const heard = await first.detectors[0].hears(HZ['ana'] ?? 0);
    expect(heard - spoke).toBeGreaterThan(LATER_MS);
    expect(first.detectors[1].frames).toEqual([]);

    const again = await openEcho(ana);
    again.speak({ kind: 'tone', hz: HZ['sam'] ?? 0 });
    await again.detectors[0].hears(HZ['sam'] ?? 0);
    await world.customerHears(callId, HZ['ben'] ?? 0);
  });

  it('an offer that cannot be read is refused, and the connection lives on', async () => {
    const ana = await world.join('ana');
    const refusal = { kind: 'refused', why: expect.stringContaining('SDP refused') };
    expect(await ana.console.ask({ type: 'echo', sdp: 'nonsense' })).toMatchObject(refusal);
    await openEcho(ana);
  });
});

it('a relay that carries no sound says so', async () => {
  const folder = temporaryFolder();
  const relay = await startRelay(relayConfig(folder.dir));
  onTestFinished(async () => {
    await relay.close();
    folder.remove();
  });
  const { token } = await relay.agents.add({ id: 'ana', name: 'Ana' });
  const console = await TestConsole.join(relay.url, token);
  onTestFinished(() => console.terminate());
  const peer = await ConsolePeer.open();
  onTestFinished(() => peer.close());
  const answer = await console.ask({ type: 'echo', sdp: peer.offer });
  expect(answer).toEqual({ kind: 'refused', why: 'no-media' });
});
