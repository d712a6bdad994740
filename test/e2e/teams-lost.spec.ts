import type { Desk } from './harness/desk.ts';
import { hears } from './harness/ear.ts';
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
} from './harness/team.ts';
import { button, inHistory, logged } from './fixture.ts';
import { expect, partsLogged, test } from './teams.ts';

test('kill -9 during a relayed call plays hold music until the same agent rejoins automatically', async ({
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

  test('a lost agent’s caller is offered to the team, and the call ends if nobody is there', async ({
    world,
    join,
  }) => {
    const [a, b] = await Promise.all([join(ana), join(bea)]);
    const callId = await talk(world, a, ana);
    await a.kill();
    await expect(
      b.window.getByText('On hold: Ana Lima lost connection. Pick up', { exact: true }),
    ).toBeVisible();
    await customerHearsHold(world, callId);
    await accept(b);
    await Promise.all([customerHears(world, callId, bea), hears(b.window, [callerHz])]);

    const back = await join(ana, { again: true });
    await expect
      .poll(async () => (await partsLogged(back)).map(({ endReason }) => endReason))
      .toContainEqual({ kind: 'lost-to-team', to: 'Bea Rocha' });
    await b.kill();
    await button(back, 'Decline').click();
    expect(await ended(world, callId)).toBe('business');
    const again = await join(bea, { again: true });
    await expect
      .poll(async () => (await partsLogged(again)).map(({ endReason }) => endReason.kind))
      .toContain('lost-to-team');
    expect(world.simulator.report(callId)?.violations).toEqual([]);
  });

  test('a queued call that nobody takes ends, and every console is told', async ({
    world,
    join,
  }) => {
    const [a, b] = await Promise.all([join(ana), join(bea)]);
    const callId = await talk(world, a, ana);
    await a.kill();
    await expect(
      b.window.getByText('On hold: Ana Lima lost connection. Pick up', { exact: true }),
    ).toBeVisible();
    await customerHearsHold(world, callId);
    expect(await ended(world, callId)).toBe('business');
    expect(world.simulator.report(callId)?.violations).toEqual([]);
    await expect(button(b, 'Accept')).toHaveCount(0);
    const back = await join(ana, { again: true });
    const story: readonly [Desk, RegExp][] = [
      [back, /You were offline too long; the call went to the team/],
      [b, /^Not answered$/],
    ];
    for (const [desk, words] of story) {
      // Somebody talked with them, and yet they waited in vain: to be called back.
      const outcomes = async () => (await logged(desk)).map(({ outcome }) => outcome);
      await expect.poll(outcomes).toEqual(['missed']);
      await desk.window.getByRole('button', { name: /^History/ }).click();
      await inHistory(desk.window, 'Camila Souza').click();
      const detail = desk.window.getByRole('article', { name: 'Call', exact: true });
      await expect(detail.getByText(words).first()).toBeVisible();
    }
  });

  test('the team is asked when the first agent vanishes during a transfer that is declined', async ({
    world,
    join,
  }) => {
    const [a, b, c] = await Promise.all([join(ana), join(bea), join(cara)]);
    const callId = await talk(world, a, ana);
    await transfer(a, bea);
    await button(b, 'Decline').waitFor();
    await a.kill();
    await button(b, 'Decline').click();
    await expect(
      c.window.getByText('On hold: Ana Lima lost connection. Pick up', { exact: true }),
    ).toBeVisible();
    await accept(c);
    await Promise.all([customerHears(world, callId, cara), hears(c.window, [callerHz])]);
    world.simulator.hangUp(callId);
    expect(await ended(world, callId)).toBe('customer');
  });
});
