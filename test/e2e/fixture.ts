import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test as base, type Page } from '@playwright/test';
import { writeTone } from '../../scripts/resources/tone.mjs';
import { openDesktop } from '../../scripts/runtime/display.mjs';
import {
  type ConsoleApp,
  type ConsoleAppOptions,
  openConsoleApp,
  projectFolder,
} from './harness/console-app.ts';
import { pressAccept } from './harness/presses.ts';
import { agentHearsTone } from './harness/agent-audio.ts';
import { customerHearsTone } from './harness/customer-audio.ts';
import { readLog } from './harness/log.ts';
import type { TestNumberKind } from './harness/numbers.ts';
import type { Role } from '../../src/shared/protocol/rights.ts';
import { startBackend, type Backend } from './harness/backend.ts';
import type { SimulatorConfigInput } from '../../src/simulator/simulator.ts';
import { DbusDesktop } from '../helpers/dbus-desktop.ts';

/** Pitch of the agent's microphone, in Hz. Customers send other pitches. */
export const microphoneHz = 1000;

export const ana = { id: 'ana', name: 'Ana Lima' };
export const bea = { id: 'bea', name: 'Bea Rocha' };

/** A customer who answers a call after 0.3 s and sends a tone of 520 Hz. */
export const answeringCustomer = {
  waId: '5521912345678',
  name: 'Rafael Nunes',
  permission: 'permanent',
  sends: { kind: 'tone', hz: 520 },
  answerAfterMs: 300,
} as const;

export interface PerTest {
  /** How simulated customers and their phones behave. Set with `test.use`. */
  simulated: Partial<Pick<SimulatorConfigInput, 'customers' | 'timing' | 'faults' | 'media'>>;
  /** The number's provider. Set with `test.use`. */
  number: TestNumberKind;
  /** Ana's role. Set with `test.use`. */
  role: Role;
  folder: string;
  backend: Backend;
  /** Opens a console with its own data folder. It is closed with the test. */
  open: (options?: Partial<ConsoleAppOptions>) => Promise<ConsoleApp>;
  /** Ana's console, provisioned and connected. */
  app: ConsoleApp;
}

export interface PerWorker {
  display: { env: Record<string, string>; args: string[] };
  /** The desktop's tray and notification service, with buttons a test can press. */
  desktop: DbusDesktop;
}

/** Real Electron, real relay, simulated WhatsApp, and one desktop per worker. */
export const test = base.extend<PerTest, PerWorker>({
  display: [
    async ({}, use) => {
      const { env, args, dispose } = await openDesktop({ isolated: true, keyring: true }, () => {});
      await use({ env, args });
      await dispose();
    },
    { scope: 'worker' },
  ],
  desktop: [
    async ({ display }, use) => {
      const busAddress = display.env['DBUS_SESSION_BUS_ADDRESS'];
      if (busAddress === undefined) throw new Error('the desktop has no D-Bus session');
      const desktop = await DbusDesktop.start({ busAddress });
      await use(desktop);
      desktop.stop();
    },
    { scope: 'worker' },
  ],
  simulated: [{}, { option: true }],
  number: ['meta', { option: true }],
  role: ['agent', { option: true }],
  folder: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'ringdesk-e2e-'));
    await use(folder);
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  },
  backend: async ({ folder, simulated, number }, use) => {
    const backend = await startBackend(join(folder, 'backend'), simulated, { number });
    await use(backend);
    await backend.close();
  },
  // The desktop must provide tray and notifications before an app looks for them.
  open: async ({ folder, display, desktop }, use, info) => {
    desktop.clear();
    const apps: ConsoleApp[] = [];
    const microphone = join(folder, 'microphone.wav');
    writeTone(microphone, microphoneHz, 4);
    await use(async (options = {}) => {
      const app = await openConsoleApp({
        electronPath: required('RINGDESK_E2E_ELECTRON'),
        appPath: projectFolder,
        machineArgs: [...machineArgs(), ...display.args],
        env: { ...process.env, ...display.env },
        userData: join(folder, `console-${apps.length}`),
        microphone,
        ...options,
      });
      apps.push(app);
      return app;
    });
    for (const [i, app] of apps.entries()) {
      if (info.status !== info.expectedStatus) {
        await info.attach(`console-${i}.log`, { body: app.output(), contentType: 'text/plain' });
        const picture = await app.window.screenshot({ timeout: 5000 }).catch(() => undefined);
        if (picture)
          await info.attach(`console-${i}.png`, { body: picture, contentType: 'image/png' });
      }
      await app.close();
    }
  },
  app: async ({ open, backend, role }, use) => {
    await use(await openAna(backend, open, {}, role));
  },
});

export { expect };

/** Waits until the console shows that it is connected to the relay. */
export async function connected({ window }: ConsoleApp): Promise<void> {
  await window
    .getByText(/^Connected/)
    .first()
    .waitFor();
}

/** Starts an inbound call, waits until it rings here, and returns the provider's call id. */
export async function ring(
  backend: Backend,
  app: ConsoleApp,
  plan: Partial<Parameters<Backend['simulator']['startCall']>[0]> = {},
): Promise<string> {
  const { callId } = await backend.simulator.startCall({
    customer: { waId: '5511987654321', name: 'Camila Souza' },
    kind: 'tone',
    hz: 440,
    ...plan,
  });
  await button(app, 'Accept').waitFor();
  return callId;
}

/** Accepts the ringing call and waits until it is connected. */
export async function accept(
  { simulator }: Backend,
  app: ConsoleApp,
  callId: string,
): Promise<void> {
  await pressAccept(app, button(app, 'Hang up'));
  await simulator.waitFor(() => simulator.report(callId)?.acceptedAt);
}

/** Hangs up, again where a button that moved ignored the press, and waits until the provider has ended the call. */
export async function hangUp(
  { simulator }: Backend,
  app: ConsoleApp,
  callId: string,
): Promise<void> {
  const end = button(app, 'Hang up');
  await expect(async () => {
    if (await end.isVisible()) await end.click({ timeout: 5_000 });
    await simulator.waitFor(() => simulator.report(callId)?.endedAt, { timeoutMs: 8_000 });
  }).toPass({ timeout: 60_000 });
}

/** Accepts an inbound call and waits until both sides hear each other. Returns the call's id. */
export async function talk(backend: Backend, app: ConsoleApp): Promise<string> {
  const callId = await ring(backend, app);
  await accept(backend, app, callId);
  await agentHearsTone(app, 440);
  await customerHearsTone(backend, callId, microphoneHz);
  return callId;
}

/** Opens a console of Ana's, provisioned and connected. */
export async function openAna(
  backend: Backend,
  open: PerTest['open'],
  options: Partial<ConsoleAppOptions> = {},
  role: Role = 'agent',
): Promise<ConsoleApp> {
  const app = await open({ profile: await backend.profileFor({ ...ana, role }), ...options });
  await connected(app);
  return app;
}

/** Opens a console of Ana's in `userData` with one ended call in its history. */
export async function openWithHistory(
  backend: Backend,
  open: PerTest['open'],
  userData: string,
): Promise<ConsoleApp> {
  const app = await openAna(backend, open, { userData });
  const ended = await ring(backend, app);
  await accept(backend, app, ended);
  await hangUp(backend, app, ended);
  return app;
}

/** Enters a number and presses Call. Returns the provider's id of the placed call. */
export async function dial(
  { simulator }: Backend,
  { window }: ConsoleApp,
  e164: string,
): Promise<string> {
  await window.getByRole('button', { name: 'New call', exact: true }).click();
  await window.getByLabel('Number', { exact: true }).fill(e164);
  await window.getByRole('button', { name: 'Call', exact: true }).click();
  return simulator.waitFor(
    () => simulator.calls().find(({ direction }) => direction === 'business-initiated')?.callId,
  );
}

export { showHistory } from './harness/navigation.ts';

/** A button of the main window by its accessible name. */
export const button = ({ window }: ConsoleApp, name: string | RegExp) =>
  window.getByRole('button', { name, exact: true });

/** A call in the history list, by the person's name. */
export const inHistory = (window: Page, name: string) =>
  window.getByRole('list', { name: 'Calls' }).getByText(name, { exact: true }).first();

/** The calls in the console's log, newest first. */
export const logged = ({ window }: ConsoleApp) => readLog(window);

function required(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set; run npm run test:e2e`);
  return value;
}

function machineArgs(): string[] {
  const args: unknown = JSON.parse(process.env['RINGDESK_E2E_ARGS'] ?? '[]');
  // Each worker has its own display, so the launcher's display switches do not apply.
  return Array.isArray(args)
    ? args.filter((arg) => typeof arg === 'string' && !arg.startsWith('--password-store'))
    : [];
}
