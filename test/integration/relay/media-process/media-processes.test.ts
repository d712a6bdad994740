import { describe, expect, it } from 'vitest';
import { CUSTOMER_HZ, HZ, OTHER, RelayedCallWorld } from '../relayed-call-world.ts';

const PORTS = [41_200, 41_207] as const;
const world = new RelayedCallWorld({ apart: true, media: { processes: 2, portRange: PORTS } });

/** Two calls, each in its own media process. */
async function twoCalls() {
  const [ana, ben] = [await world.join('ana'), await world.join('ben')];
  const first = await world.talk(ana);
  const second = await world.ring(ben, { waId: OTHER.waId });
  await ben.bringLeg(second);
  expect(await ben.console.claim(second)).toEqual({ kind: 'granted' });
  await world.customerHears(second, HZ['ben'] ?? 0);
  return { ana, ben, first, second };
}

const isRunning = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

describe('a media process among several', () => {
  it('that dies loses only its own calls and is restarted', async () => {
    const { ana, ben, first, second } = await twoCalls();
    const died = world.mediaPid(0);
    const restarted = world.logged('media.started');
    world.killMedia(0);
    expect(await ana.console.entry('ended')).toMatchObject({ callId: first, why: 'media-gone' });
    await ana.console.call(({ state, callId }) => callId === first && state === 'ended');
    expect(await world.ended(first)).toEqual({ by: 'business', reason: 'hung-up' });
    await restarted;
    expect(world.mediaPid(0)).not.toBe(died);

    await Promise.all([world.customerHears(second, HZ['ben'] ?? 0), ben.hears(CUSTOMER_HZ)]);
    expect(world.report(second)?.end).toBeNull();
    const next = await world.talk(ana);
    expect(await ana.console.hangUp(next)).toEqual({ kind: 'granted' });
    expect(await ben.console.hangUp(second)).toEqual({ kind: 'granted' });
    expect(await world.ended(second)).toMatchObject({ by: 'business' });
  });

  it('share the port range without overlap', async () => {
    const { ana, ben } = await twoCalls();
    const middle = PORTS[0] + 4;
    expect(ana.relayPort).toBeGreaterThanOrEqual(PORTS[0]);
    expect(ana.relayPort).toBeLessThan(middle);
    expect(ben.relayPort).toBeGreaterThanOrEqual(middle);
    expect(ben.relayPort).toBeLessThanOrEqual(PORTS[1]);
  });

  it('fewer after a restart keep all their calls, and the surplus ones end', async () => {
    const { ben, first, second } = await twoCalls();
    await world.stopRelay('SIGKILL');
    await world.startRelay({ processes: 1 });
    const again = await world.join('ben');
    again.peer = ben.peer;
    await world.customerHears(second, HZ['ben'] ?? 0);
    expect(await again.console.hangUp(second)).toEqual({ kind: 'granted' });
    await world.ended(second);
    await world.simulator.waitFor(() => !isRunning(world.mediaPid(1)));
    await world.customerHears(first, HZ['ana'] ?? 0);
  });
});
