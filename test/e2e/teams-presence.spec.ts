import type { Desk } from './harness/desk.ts';
import { accept, ana, bea, customerHears, ringAt } from './harness/team.ts';
import { button, logged } from './fixture.ts';
import { expect, test } from './teams.ts';

test.describe('with a wrap-up time', () => {
  test.use({ policy: { wrapUpSeconds: 4 } });

  test('teammates see an agent’s presence, and wrap-up ends automatically', async ({
    world,
    join,
  }) => {
    const [a, b] = await Promise.all([join(ana), join(bea)]);
    await button(a, 'Team').click();
    const seen = a.window.getByRole('listitem', { name: 'Bea Rocha' });
    await expect(seen).toContainText('Available');
    for (const [choice, word] of [
      ['Away', 'Away'],
      ['Do not disturb for 1 h', 'Do not disturb'],
      ['Wrapping up for 5 min', 'Wrapping up'],
      ['Available', 'Available'],
    ] as const) {
      await say(b, choice);
      await expect(seen).toContainText(word);
    }

    const callId = await ringAt(world, [a, b]);
    await accept(b);
    await customerHears(world, callId, bea);
    await expect(seen).toContainText('On a call');
    await button(b, 'Hang up').click();
    const hungUpAt = Date.now();
    await expect(seen).toContainText('Wrapping up');
    const own = b.window.getByText('Wrapping up', { exact: true });
    await expect(own).toBeVisible();
    await expect(seen).toContainText('Available');
    expect(Date.now() - hungUpAt).toBeGreaterThan(3000);
    await expect(own).toHaveCount(0);
  });
});

test('Do not disturb lists the call without a sound', async ({ world, join }) => {
  const { simulator } = world;
  const [a, b] = await Promise.all([join(ana), join(bea)]);
  await watchSound(b);
  await say(b, 'Do not disturb');
  const callId = await ringAt(world, [a]);
  await expect.poll(() => isAudible(a)).toBe(true);
  await expect(b.window.getByText('Camila Souza').first()).toBeVisible();
  simulator.hangUp(callId);
  await expect.poll(async () => (await logged(b)).length).toBe(1);
  expect(await soundsOf(b)).toEqual([]);

  // It would have been noticed.
  await say(b, 'Available');
  await ringAt(world, [a, b]);
  await expect.poll(() => soundsOf(b)).toContain(true);
});

/** An agent chooses what they are to others. */
async function say({ window }: Desk, choice: string): Promise<void> {
  await window.getByRole('combobox', { name: 'Your presence' }).click();
  await window.getByRole('option', { name: choice, exact: true }).click();
}

/** Notes from now on when a window of this console becomes audible or silent. */
async function watchSound({ app }: Desk): Promise<void> {
  await app.evaluate(({ webContents }) => {
    const sounds: boolean[] = [];
    Reflect.set(globalThis, 'sounds', sounds);
    for (const one of webContents.getAllWebContents()) {
      one.on('audio-state-changed', ({ audible }) => sounds.push(audible));
    }
  });
}

const soundsOf = ({ app }: Desk) =>
  app.evaluate((): readonly boolean[] => Reflect.get(globalThis, 'sounds'));

const isAudible = ({ app }: Desk) =>
  app.evaluate(({ webContents }) =>
    webContents.getAllWebContents().some((one) => one.isCurrentlyAudible()),
  );
