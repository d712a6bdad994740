import { hears } from './harness/ear.ts';
import type { Desk } from './harness/desk.ts';
import {
  accept,
  ana,
  bea,
  callerHz,
  customerHears,
  customerHearsHold,
  ended,
  longestPause,
  onCall,
  ringAt,
  talk,
  transfer,
} from './harness/team.ts';
import { button, connected, logged } from './fixture.ts';
import { expect, test } from './elsewhere.ts';

/** Tries to send by UDP, and tells the system's word on it. */
const SEND_BY_UDP = `
  const socket = require('node:dgram').createSocket('udp4');
  socket.send('x', 9, process.argv[1], (error) => {
    console.log(error ? error.code : 'sent');
    socket.close();
  });
`;

test('two consoles talk and transfer through TURN over TCP when UDP is blocked', async ({
  world,
  join,
  elsewhere,
}) => {
  const { simulator } = world;
  const sent = () => elsewhere.run(process.execPath, '-e', SEND_BY_UDP, elsewhere.host).trim();
  expect(sent()).toBe('sent');
  elsewhere.prohibitUdp();
  expect(sent()).toBe('EACCES');
  const [a, b] = await Promise.all([
    join(ana, { network: elsewhere }),
    join(bea, { network: elsewhere }),
  ]);
  await Promise.all([keepPeers(a), keepPeers(b)]);
  const callId = await ringAt(world, [a, b]);
  await accept(a);
  await Promise.all([customerHears(world, callId, ana), hears(a.window, [callerHz])]);
  expect(await ways(a)).toEqual([{ candidate: 'relay', turnOver: 'tcp' }]);

  await transfer(a, bea);
  await customerHearsHold(world, callId);
  const switchedAt = Date.now();
  await accept(b);
  await Promise.all([customerHears(world, callId, bea), hears(b.window, [callerHz])]);
  expect(longestPause(world, callId, switchedAt)).toBeLessThan(300);
  expect(await ways(b)).toEqual([{ candidate: 'relay', turnOver: 'tcp' }]);
  await button(b, 'Call quality: Good').click();
  await expect(b.window.getByText('through a TURN server')).toBeVisible();
  await b.window.keyboard.press('Escape');

  await button(b, 'Hang up').click();
  expect(await ended(world, callId)).toBe('business');
  expect(simulator.report(callId)?.violations).toEqual([]);
  for (const desk of [a, b]) {
    await expect.poll(async () => (await logged(desk))[0]?.quality?.route).toBe('relay');
  }
});

test('seconds of packet loss play hold music, then the same agent is back automatically', async ({
  world,
  join,
  elsewhere,
}) => {
  const [a, b] = await Promise.all([join(ana, { network: elsewhere }), join(bea)]);
  const callId = await ringAt(world, [a, b]);
  await accept(a);
  await Promise.all([customerHears(world, callId, ana), hears(a.window, [callerHz])]);
  elsewhere.loseEverything();
  await customerHearsHold(world, callId);
  await expect(a.window.getByText('Audio interrupted')).toBeVisible();
  await expect(button(a, 'Call quality: Measuring')).toBeVisible();
  elsewhere.loseNothing();
  await Promise.all([customerHears(world, callId, ana), hears(a.window, [callerHz])]);
  await onCall(a.window);
  // Nobody else was troubled with it.
  await expect(button(b, 'Accept')).toHaveCount(0);
  await connected(a);
  // The bar that goes moves the card, and a press in that moment is ignored.
  const hangUp = button(a, 'Hang up');
  await expect(async () => {
    if (await hangUp.isVisible()) await hangUp.click({ timeout: 2000 });
    await expect(hangUp).toHaveCount(0, { timeout: 2000 });
  }).toPass();
  expect(await ended(world, callId)).toBe('business');
  await expect
    .poll(async () => (await logged(a)).map(({ outcome }) => outcome))
    .toEqual(['answered']);
});

test.describe('with a long rejoin grace', () => {
  test.use({ policy: { rejoinGraceSeconds: 90 } });

  test('packet loss that kills the connection makes the console build a new one', async ({
    world,
    join,
    elsewhere,
  }) => {
    const a = await join(ana, { network: elsewhere });
    const callId = await talk(world, a, ana);
    elsewhere.loseEverything();
    await customerHearsHold(world, callId);
    // The console notices, too: first that nothing gets through, then that the connections are dead.
    await expect(a.window.getByText('Audio interrupted')).toBeVisible();
    await expect(a.window.getByText(/Reconnecting/).first()).toBeVisible({ timeout: 30_000 });
    await expect(a.window.getByText(/Reconnecting audio/).first()).toBeVisible({
      timeout: 30_000,
    });
    elsewhere.loseNothing();
    await connected(a);
    await onCall(a.window);
    await Promise.all([customerHears(world, callId, ana), hears(a.window, [callerHz])]);
    world.simulator.hangUp(callId);
    expect(await ended(world, callId)).toBe('customer');
    await expect
      .poll(async () => (await logged(a)).map(({ outcome }) => outcome))
      .toEqual(['answered']);
  });
});

/** Remembers the window's peer connections from now on. */
async function keepPeers(desk: Desk): Promise<void> {
  await desk.window.evaluate(() => {
    const peers: RTCPeerConnection[] = [];
    Reflect.set(window, 'peers', peers);
    window.RTCPeerConnection = class extends RTCPeerConnection {
      constructor(configuration?: RTCConfiguration) {
        super(configuration);
        peers.push(this);
      }
    };
  });
}

/** By what candidates of its own a window's connections go, and how they reach TURN. */
async function ways({ window }: Desk) {
  return window.evaluate(async () => {
    const peers: RTCPeerConnection[] = Reflect.get(window, 'peers');
    const found = [];
    for (const peer of peers) {
      const stats: Record<string, unknown>[] = [];
      (await peer.getStats()).forEach((entry) => stats.push(entry));
      const byId = (id: unknown) => stats.find((entry) => entry['id'] === id);
      const transport = stats.find(({ type }) => type === 'transport');
      const local = byId(byId(transport?.['selectedCandidatePairId'])?.['localCandidateId']);
      if (local) {
        found.push({ candidate: local['candidateType'], turnOver: local['relayProtocol'] });
      }
    }
    return found;
  });
}
