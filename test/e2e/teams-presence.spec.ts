import { ana, bea } from './harness/agents.ts';
import { customerHears } from './harness/customer-audio.ts';
import { accept, ringAt } from './harness/team.ts';
import type { ConsoleApp } from './harness/console-app.ts';
import { press } from './harness/presses.ts';
import { button, logged } from './fixture.ts';
import { expect, test } from './team-fixture.ts';

test.describe('with a wrap-up time', () => {
  test.use({ policy: { wrapUpSeconds: 9 } });

  test('teammates see an agent’s presence, and wrap-up ends automatically', async ({
    backend,
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
      await choosePresence(b, choice);
      await expect(seen).toContainText(word);
    }

    const callId = await ringAt(backend, [a, b]);
    await accept(b);
    await customerHears(backend, callId, bea);
    await expect(seen).toContainText('On a call');
    await press(button(b, 'Hang up'));
    await expect(seen).toContainText('Wrapping up');
    const own = b.window.getByText('Wrapping up', { exact: true });
    await expect(own).toBeVisible();
    await expect(seen).toContainText('Available');
    await expect(own).toHaveCount(0);
  });

  test('U9 after a call the wrap-up counts down, takes more time, and ends with Ready', async ({
    backend,
    join,
  }) => {
    const b = await join(bea);
    const callId = await ringAt(backend, [b]);
    await accept(b);
    await customerHears(backend, callId, bea);
    await press(button(b, 'Hang up'));
    const wrapUp = b.window.getByRole('toolbar', { name: 'Wrap-up' });
    const timer = wrapUp.getByRole('timer');
    await expect(timer).toHaveText(/^0:0\d$/);
    await press(button(b, '+30 s'), timer.filter({ hasText: /^0:[23]\d$/ }));
    // The call would have left the screen by now.
    await b.window.getByRole('textbox', { name: 'Note' }).fill('Sent a new cup');
    await b.window.getByText('Saved', { exact: true }).waitFor();
    const message = b.window.getByRole('textbox', { name: 'Write a message' });
    await press(button(b, 'Send follow-up'), message);
    await expect(message).toBeFocused();
    // The next call takes nothing away from the one that is written down.
    const { callId: next } = await backend.simulator.startCall({
      customer: { waId: '5511912345678', name: 'Léa Duarte' },
      kind: 'tone',
      hz: 440,
    });
    await expect(b.window.getByText('Only you are being called')).toBeVisible();
    await expect(button(b, 'Accept')).toBeVisible();
    await expect(wrapUp).toBeVisible();
    await press(button(b, 'Ready'));
    await expect(wrapUp).toHaveCount(0);
    backend.simulator.hangUp(next);
    await expect(b.window.getByText('Available', { exact: true }).first()).toBeVisible();
  });
});

test('Do not disturb lists the call without a sound', async ({ backend, join }) => {
  const { simulator } = backend;
  const [a, b] = await Promise.all([join(ana), join(bea)]);
  await watchSound(b);
  await choosePresence(b, 'Do not disturb');
  const callId = await ringAt(backend, [a]);
  await expect.poll(() => isAudible(a)).toBe(true);
  await expect(b.window.getByText('Camila Souza').first()).toBeVisible();
  simulator.hangUp(callId);
  await expect.poll(async () => (await logged(b)).length).toBe(1);
  expect(await soundsOf(b)).toEqual([]);

  // A sound would have been recorded.
  await choosePresence(b, 'Available');
  await ringAt(backend, [a, b]);
  await expect.poll(() => soundsOf(b)).toContain(true);
});

/** Chooses the agent's presence. */
async function choosePresence({ window }: ConsoleApp, choice: string): Promise<void> {
  await window.getByRole('combobox', { name: 'Your presence' }).click();
  await window.getByRole('option', { name: choice, exact: true }).click();
}

/** Records from now on when a window becomes audible or silent. */
async function watchSound({ electron }: ConsoleApp): Promise<void> {
  await electron.evaluate(({ webContents }) => {
    const sounds: boolean[] = [];
    Reflect.set(globalThis, 'sounds', sounds);
    for (const one of webContents.getAllWebContents()) {
      one.on('audio-state-changed', ({ audible }) => sounds.push(audible));
    }
  });
}

const soundsOf = ({ electron }: ConsoleApp) =>
  electron.evaluate((): readonly boolean[] => Reflect.get(globalThis, 'sounds'));

const isAudible = ({ electron }: ConsoleApp) =>
  electron.evaluate(({ webContents }) =>
    webContents.getAllWebContents().some((one) => one.isCurrentlyAudible()),
  );
