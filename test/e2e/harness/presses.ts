import { expect, type Locator } from '@playwright/test';
import type { ConsoleApp } from './console-app.ts';

/**
 * Presses Accept until the console shows that the call is answered. A card that moved under the pointer ignores a
 * press, and on a busy machine one can reach the provider too late; an agent would press again, too.
 */
export async function pressAccept({ window }: ConsoleApp, answered: Locator): Promise<void> {
  const accept = window.getByRole('button', { name: 'Accept', exact: true });
  await expect(async () => {
    if (await accept.isVisible()) await accept.click({ timeout: 5_000 });
    await answered.waitFor({ timeout: 8_000 });
  }).toPass({ timeout: 60_000 });
}

/** Presses Decline until the console offers to undo it. */
export async function pressDecline({ window }: ConsoleApp): Promise<void> {
  const named = (name: string) => window.getByRole('button', { name, exact: true });
  await expect(async () => {
    if (await named('Decline').isVisible()) await named('Decline').click({ timeout: 5_000 });
    await named('Undo').waitFor({ timeout: 2_000 });
  }).toPass({ timeout: 60_000 });
}

/** Presses one of a call's controls until it is gone, another has taken its place, or `effect` shows. */
export async function press(control: Locator, effect?: Locator): Promise<void> {
  await control.waitFor();
  await expect(async () => {
    if (await control.isVisible()) await control.click({ timeout: 5_000 });
    if (effect) await effect.waitFor({ timeout: 8_000 });
    else await control.waitFor({ state: 'hidden', timeout: 8_000 });
  }).toPass({ timeout: 60_000 });
}
