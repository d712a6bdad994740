import type { ConsoleApp } from './harness/console-app.ts';
import { pressDecline } from './harness/presses.ts';
import { button, connected, expect, ring, test } from './fixture.ts';

/**
 * An expired token is reported on the number, before a call and on the ring card, until it works.
 */
const camila = { waId: '5511987654321', name: 'Camila Souza' };
const expired = { code: 190 };

const cockpit = ({ window }: ConsoleApp) => window.getByRole('region', { name: 'Calling rules' });

async function enter({ window }: ConsoleApp, digits: string): Promise<void> {
  await window.getByRole('button', { name: 'New call', exact: true }).click();
  await window.getByLabel('Number', { exact: true }).fill(`+${digits}`);
}

test.use({ simulated: { customers: [{ ...camila, permission: 'permanent' }] } });

test('U5 V4 an expired access token disables Call with the reason, marks the number and warns on the ring card', async ({
  backend,
  app,
}, info) => {
  const { simulator } = backend;
  const { window } = app;
  await connected(app);
  simulator.setFaults({
    api: {
      fail: {
        permissions: expired,
        settings: expired,
        pre_accept: expired,
        accept: expired,
        connect: expired,
        reject: expired,
      },
    },
  });

  // Before a call: the actual reason instead of "could not say", and the next step.
  await enter(app, camila.waId);
  const reason = /is offline: its access token expired/;
  await expect(cockpit(app).locator('[data-finding="access-refused"]')).toContainText(reason);
  await expect(cockpit(app).locator('[data-finding="permission-unavailable"]')).toHaveCount(0);
  await expect(button(app, 'Call')).toBeDisabled();
  await expect(window.getByText(/try the call/)).toHaveCount(0);
  // Reported once, and it stays.
  const notice = window.getByRole('alert').filter({ hasText: reason });
  await expect(notice).toHaveCount(1);
  await window.screenshot({ path: info.outputPath('before-a-call.png') });

  // On the number, wherever it is shown.
  await window.getByRole('button', { name: 'Settings', exact: true }).click();
  await expect(window.locator('[data-finding="access-refused"]').first()).toContainText(reason);
  await window.screenshot({ path: info.outputPath('settings.png') });

  // On the ring card, before anyone presses Accept.
  await ring(backend, app);
  const card = window.getByRole('article', { name: /Incoming call/ });
  await expect(card).toContainText(reason);
  await window.screenshot({ path: info.outputPath('ring.png') });
  await window.emulateMedia({ colorScheme: 'dark' });
  await window.screenshot({ path: info.outputPath('ring-dark.png') });
  await window.emulateMedia({ colorScheme: 'light' });
  await pressDecline(app);

  // The next accepted request clears it.
  simulator.setFaults({ api: { fail: {} } });
  await enter(app, camila.waId);
  // One by itself may have come first.
  const refresh = cockpit(app).getByRole('button', { name: 'Refresh' });
  await expect(async () => {
    if (await refresh.isVisible()) await refresh.click({ timeout: 1_000 });
    await expect(button(app, 'Call')).toBeEnabled({ timeout: 2_000 });
  }).toPass();
  await expect(notice).toHaveCount(0);
  await expect(window.locator('[data-finding="access-refused"]')).toHaveCount(0);
});
