import { hears } from '../../scripts/stage/ear.ts';
import {
  accept,
  ana,
  bea,
  callerHz,
  cara,
  customerHears,
  customerHearsHold,
  ended,
  onCall,
  talk,
  transfer,
} from '../../scripts/stage/team.ts';
import { button, logged } from './fixture.ts';
import { expect, test } from './teams.ts';

test('kill -9 in an anchored call: hold audio, then the same agent again, by itself', async ({
  world,
  join,
}) => {
  const a = await join(ana);
  const callId = await talk(world, a, ana);
  await a.kill();
  await customerHearsHold(world, callId);
  const back = await join(ana, { again: true });
  await onCall(back.window);
  await Promise.all([customerHears(world, callId, ana), hears(back.window, [callerHz])]);
  await button(back, 'Hang up').click();
  expect(await ended(world, callId)).toBe('business');
  const rows = await logged(back);
  expect(rows).toHaveLength(1);
  expect(rows[0]?.outcome).toBe('answered');
});

test.describe('with short deadlines', () => {
  test.use({ policy: { rejoinGraceSeconds: 2, waitingSeconds: 6, transferSeconds: 6 } });

  test('an agent who does not come back leaves the caller to the team; nobody: it is ended', async ({
    world,
    join,
  }) => {
    const [a, b] = await Promise.all([join(ana), join(bea)]);
    const callId = await talk(world, a, ana);
    await a.kill();
    await expect(b.window.getByText('Caller waiting: Ana Lima’s console is gone')).toBeVisible();
    await customerHearsHold(world, callId);
    await accept(b);
    await Promise.all([customerHears(world, callId, bea), hears(b.window, [callerHz])]);

    const back = await join(ana, { again: true });
    await expect
      .poll(async () => (await logged(back)).map(({ endReason }) => endReason))
      .toContainEqual({ kind: 'lost-to-team', to: 'Bea Rocha' });
    await b.kill();
    await button(back, 'Decline').click();
    expect(await ended(world, callId)).toBe('business');
    const again = await join(bea, { again: true });
    await expect
      .poll(async () => (await logged(again)).map(({ outcome }) => outcome))
      .toContain('answered');
    expect(world.simulator.report(callId)?.violations).toEqual([]);
  });

  test('the first agent vanishes during a transfer that is declined: the team is asked', async ({
    world,
    join,
  }) => {
    const [a, b, c] = await Promise.all([join(ana), join(bea), join(cara)]);
    const callId = await talk(world, a, ana);
    await transfer(a, bea);
    await button(b, 'Decline').waitFor();
    await a.kill();
    await button(b, 'Decline').click();
    await expect(c.window.getByText('Caller waiting: Ana Lima’s console is gone')).toBeVisible();
    await accept(c);
    await Promise.all([customerHears(world, callId, cara), hears(c.window, [callerHz])]);
    world.simulator.hangUp(callId);
    expect(await ended(world, callId)).toBe('customer');
  });
});
