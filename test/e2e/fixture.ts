import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, type Page } from '@playwright/test';
import { writeTone } from '../../scripts/resources/tone.mjs';
import { openDesktop } from '../../scripts/runtime/display.mjs';
import { type Desk, type DeskOptions, openDesk, projectFolder } from './harness/desk.ts';
import { readLog } from './harness/log.ts';
import type { StageNumberKind } from './harness/numbers.ts';
import { createWorld, type World } from './harness/world.ts';
import type { SimulatorConfigInput } from '../../src/simulator/simulator.ts';
import { DbusDesktop } from '../helpers/dbus-desktop.ts';

/** Pitch of the agents' microphones, Hz; the customers send others. */
export const microphoneHz = 1000;

export const ana = { id: 'ana', name: 'Ana Lima' };
export const bea = { id: 'bea', name: 'Bea Rocha' };

export interface PerTest {
  /** How the simulated customers and their phones behave in this test; set with `test.use`. */
  simulated: Partial<Pick<SimulatorConfigInput, 'customers' | 'timing' | 'faults'>>;
  /** Of which provider the number is; set with `test.use`. */
  number: StageNumberKind;
  folder: string;
  world: World;
  /** Opens a console with a data folder of its own; consoles that are still open are closed at the end. */
  open: (options?: Partial<DeskOptions>) => Promise<Desk>;
  /** Ana's console, provisioned and connected. */
  desk: Desk;
}

export interface PerWorker {
  display: { env: Record<string, string>; args: string[] };
  /** The desktop's tray and notification service, which a test presses as a person would. */
  desktop: DbusDesktop;
}

/** Real Electron, real relay, simulated WhatsApp, and a desktop of its own for each worker. */
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
  folder: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'ringdesk-e2e-'));
    await use(folder);
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  },
  world: async ({ folder, simulated, number }, use) => {
    const world = await createWorld(join(folder, 'world'), simulated, { number });
    await use(world);
    await world.close();
  },
  // The desktop must own tray and notifications before an app looks for them.
  open: async ({ folder, display, desktop }, use, info) => {
    desktop.clear();
    const desks: Desk[] = [];
    const microphone = join(folder, 'microphone.wav');
    writeTone(microphone, microphoneHz, 4);
    await use(async (options = {}) => {
      const desk = await openDesk({
        electronPath: required('RINGDESK_E2E_ELECTRON'),
        appPath: projectFolder,
        machineArgs: [...machineArgs(), ...display.args],
        env: { ...process.env, ...display.env },
        userData: join(folder, `console-${desks.length}`),
        microphone,
        ...options,
      });
      desks.push(desk);
      return desk;
    });
    for (const [i, desk] of desks.entries()) {
      if (info.status !== info.expectedStatus) {
        await info.attach(`console-${i}.log`, { body: desk.output(), contentType: 'text/plain' });
        const picture = await desk.window.screenshot({ timeout: 5000 }).catch(() => undefined);
        if (picture)
          await info.attach(`console-${i}.png`, { body: picture, contentType: 'image/png' });
      }
      await desk.close();
    }
  },
  desk: async ({ open, world }, use) => {
    const desk = await open({ profile: await world.profileFor(ana) });
    await connected(desk);
    await use(desk);
  },
});

export { expect } from '@playwright/test';

/** Waits until the console says that it is connected to the relay. */
export async function connected({ window }: Desk): Promise<void> {
  await window
    .getByText(/^Connected/)
    .first()
    .waitFor();
}

/** The customer calls and the console shows it. Gives the provider's id of the call. */
export async function ring(
  world: World,
  desk: Desk,
  plan: Partial<Parameters<World['simulator']['startCall']>[0]> = {},
): Promise<string> {
  const { callId } = await world.simulator.startCall({
    customer: { waId: '5511987654321', name: 'Camila Souza' },
    kind: 'tone',
    hz: 440,
    ...plan,
  });
  await button(desk, 'Accept').waitFor();
  return callId;
}

/** A button of the main window by its accessible name. */
export const button = ({ window }: Desk, name: string) =>
  window.getByRole('button', { name, exact: true });

/** A call in the history list, by the person's name. */
export const inHistory = (window: Page, name: string) =>
  window.getByRole('list', { name: 'Calls' }).getByText(name, { exact: true }).first();

/** What the console's log holds, newest first, through the same door as the history view. */
export const logged = ({ window }: Desk) => readLog(window);

function required(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set; run npm run test:e2e`);
  return value;
}

function machineArgs(): string[] {
  const args: unknown = JSON.parse(process.env['RINGDESK_E2E_ARGS'] ?? '[]');
  // The launcher's own screen is replaced by one for each worker, its switches with it.
  return Array.isArray(args)
    ? args.filter((arg) => typeof arg === 'string' && !arg.startsWith('--password-store'))
    : [];
}
