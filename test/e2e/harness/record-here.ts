import { expect } from '@playwright/test';
import type { ConsoleApp } from './console-app.ts';

/** Has an admin's console record the calls of its number itself. */
export async function recordHere({ window }: ConsoleApp): Promise<void> {
  await window.getByRole('button', { name: 'Settings', exact: true }).click();
  await window.getByRole('button', { name: 'Number settings' }).click();
  const settings = window.getByRole('region', { name: 'Recordings', exact: true });
  await settings.getByRole('switch', { name: 'Record calls' }).click();
  await settings.getByRole('combobox', { name: 'Who records' }).click();
  await window.getByRole('option', { name: 'This console' }).click();
  await settings.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(settings.getByRole('button', { name: 'Undo' })).toHaveCount(0);
}
