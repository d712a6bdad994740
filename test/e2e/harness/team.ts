import { expect, type Page } from '@playwright/test';
import { pressAccept } from './presses.ts';
import { agentHears } from './agent-audio.ts';
import type { TestAgent } from './agents.ts';
import type { Backend } from './backend.ts';
import type { ConsoleApp } from './console-app.ts';
import { customerHears } from './customer-audio.ts';

const caller = { waId: '5511987654321', name: 'Camila Souza' };
export const callerHz = 440;
const ENDED_WITHIN_MS = 30_000;

/** A button of the main window, by its accessible name. */
const button = (window: Page, name: string) => window.getByRole('button', { name, exact: true });

/** Starts an inbound call, waits until all these consoles ring, and returns the provider's call id. */
export async function ringAt({ simulator }: Backend, apps: readonly ConsoleApp[]): Promise<string> {
  const { callId } = await simulator.startCall({ customer: caller, kind: 'tone', hz: callerHz });
  await Promise.all(apps.map(({ window }) => button(window, 'Accept').waitFor()));
  return callId;
}

/** Accepts the ringing call and waits until the console shows it as connected. */
export async function accept(app: ConsoleApp): Promise<void> {
  await pressAccept(app, app.window.getByText('On call', { exact: true }));
}

/** Waits until the console shows a connected call. */
export async function onCall(window: Page): Promise<void> {
  await window.getByText('On call', { exact: true }).waitFor();
}

/** Starts an inbound call that this console accepts. Returns the provider's call id. */
export async function talk(backend: Backend, app: ConsoleApp, agent: TestAgent): Promise<string> {
  const callId = await ringAt(backend, [app]);
  await accept(app);
  await customerHears(backend, callId, agent);
  return callId;
}

/** Waits until the customer and this agent hear each other. */
export async function hearEachOther(
  backend: Backend,
  callId: string,
  app: ConsoleApp,
  agent: TestAgent,
): Promise<void> {
  await Promise.all([customerHears(backend, callId, agent), agentHears(app.window, [callerHz])]);
}

/** Offers the call to a teammate through the transfer dialog. `consult`: an attended transfer. */
export async function transfer(
  { window }: ConsoleApp,
  to: { name: string },
  { consult = false, note }: { consult?: boolean; note?: string } = {},
): Promise<void> {
  await openTransfer(window);
  await window.getByRole('option', { name: new RegExp(to.name) }).click();
  const dialog = window.getByRole('dialog');
  if (note !== undefined) await dialog.getByRole('textbox', { name: 'Note' }).fill(note);
  const kind = consult ? `Ask ${to.name} first` : 'Transfer';
  await dialog.getByRole('button', { name: kind, exact: true }).click();
}

/** Opens the transfer dialog with its list of teammates. A press on what has just moved does not count: it is repeated. */
export async function openTransfer(window: Page): Promise<void> {
  const field = window.getByRole('combobox', { name: 'Teammate or team' });
  await expect(async () => {
    if (!(await field.isVisible())) await button(window, 'Transfer').click({ timeout: 5_000 });
    await field.waitFor({ timeout: 2_000 });
  }).toPass({ timeout: 60_000 });
  await field.click();
}

/** Waits until the provider has ended the call; returns who ended it. */
export async function ended({ simulator }: Backend, callId: string): Promise<string> {
  const end = await simulator.waitFor(() => simulator.report(callId)?.end, {
    what: 'the end of the call',
    timeoutMs: ENDED_WITHIN_MS,
  });
  return end.by;
}
