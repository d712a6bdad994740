import { withinGoal } from '../helpers/held-up.ts';
import { ana, bea } from './harness/agents.ts';
import { customerHearsHold, longestPause } from './harness/customer-audio.ts';
import { accept, ended, hearEachOther, onCall, ringAt, talk, transfer } from './harness/team.ts';
import type { ConsoleApp } from './harness/console-app.ts';
import { press } from './harness/presses.ts';
import { button, connected, logged } from './fixture.ts';
import { expect, test } from './remote-network-fixture.ts';

/** Tries to send by UDP and prints the result. */
const SEND_BY_UDP = `
  const socket = require('node:dgram').createSocket('udp4');
  socket.send('x', 9, process.argv[1], (error) => {
    console.log(error ? error.code : 'sent');
    socket.close();
  });
`;

test('two consoles talk and transfer through TURN over TCP when UDP is blocked', async ({
  backend,
  join,
  remoteNetwork,
}) => {
  const { simulator } = backend;
  const sent = () =>
    remoteNetwork.run(process.execPath, '-e', SEND_BY_UDP, remoteNetwork.host).trim();
  expect(sent()).toBe('sent');
  remoteNetwork.blockUdp();
  expect(sent()).toBe('EACCES');
  const [a, b] = await Promise.all([
    join(ana, { network: remoteNetwork }),
    join(bea, { network: remoteNetwork }),
  ]);
  await Promise.all([keepPeers(a), keepPeers(b)]);
  const callId = await ringAt(backend, [a, b]);
  await accept(a);
  await hearEachOther(backend, callId, a, ana);
  expect(await ways(a)).toEqual([{ candidate: 'relay', turnOver: 'tcp' }]);

  await transfer(a, bea);
  await customerHearsHold(backend, callId);
  const switchedAt = Date.now();
  await accept(b);
  await hearEachOther(backend, callId, b, bea);
  expect(longestPause(backend, callId, switchedAt)).toBeLessThan(withinGoal(300, switchedAt));
  expect(await ways(b)).toEqual([{ candidate: 'relay', turnOver: 'tcp' }]);
  await button(b, 'Call quality: Good').click();
  await expect(b.window.getByText('through a TURN server')).toBeVisible();
  await b.window.keyboard.press('Escape');

  await press(button(b, 'Hang up'));
  expect(await ended(backend, callId)).toBe('business');
  expect(simulator.report(callId)?.violations).toEqual([]);
  for (const app of [a, b]) {
    await expect.poll(async () => (await logged(app))[0]?.quality?.route).toBe('relay');
  }
});

test('seconds of packet loss play hold music, then the same agent is back automatically', async ({
  backend,
  join,
  remoteNetwork,
}) => {
  const [a, b] = await Promise.all([join(ana, { network: remoteNetwork }), join(bea)]);
  const callId = await ringAt(backend, [a, b]);
  await accept(a);
  await hearEachOther(backend, callId, a, ana);
  remoteNetwork.dropAllPackets();
  await customerHearsHold(backend, callId);
  await expect(a.window.getByText('Audio interrupted')).toBeVisible();
  await expect(button(a, 'Call quality: Measuring')).toBeVisible();
  remoteNetwork.stopDropping();
  await hearEachOther(backend, callId, a, ana);
  await onCall(a.window);
  // No teammate was offered the call.
  await expect(button(b, 'Accept')).toHaveCount(0);
  await connected(a);
  // The disappearing bar moves the card, and a press at that moment is ignored.
  const hangUp = button(a, 'Hang up');
  await expect(async () => {
    if (await hangUp.isVisible()) await hangUp.click({ timeout: 2000 });
    await expect(hangUp).toHaveCount(0, { timeout: 2000 });
  }).toPass();
  expect(await ended(backend, callId)).toBe('business');
  await expect
    .poll(async () => (await logged(a)).map(({ outcome }) => outcome))
    .toEqual(['answered']);
});

test.describe('with a long rejoin grace', () => {
  test.use({ policy: { rejoinGraceSeconds: 90 } });

  test('packet loss that kills the connection makes the console build a new one', async ({
    backend,
    join,
    remoteNetwork,
  }) => {
    const a = await join(ana, { network: remoteNetwork });
    const callId = await talk(backend, a, ana);
    remoteNetwork.dropAllPackets();
    await customerHearsHold(backend, callId);
    // The console notices too: first that nothing gets through, then that the connection is dead.
    await expect(a.window.getByText('Audio interrupted')).toBeVisible();
    await expect(a.window.getByText(/Reconnecting/).first()).toBeVisible({ timeout: 30_000 });
    await expect(a.window.getByText(/Reconnecting audio/).first()).toBeVisible({
      timeout: 30_000,
    });
    remoteNetwork.stopDropping();
    await connected(a);
    await onCall(a.window);
    await hearEachOther(backend, callId, a, ana);
    backend.simulator.hangUp(callId);
    expect(await ended(backend, callId)).toBe('customer');
    await expect
      .poll(async () => (await logged(a)).map(({ outcome }) => outcome))
      .toEqual(['answered']);
  });
});

/** Records the window's peer connections from now on. */
async function keepPeers(app: ConsoleApp): Promise<void> {
  await app.window.evaluate(() => {
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

/** The local candidates in use, and the transport to TURN. */
async function ways({ window }: ConsoleApp) {
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
