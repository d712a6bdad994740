import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from '@playwright/test';
import type { ConsoleApp } from './harness/console-app.ts';
import { press } from './harness/presses.ts';
import { button, expect, logged, test, showHistory } from './fixture.ts';

/** The console says before dialling what is allowed, and keeps it up to date. */
const camila = { waId: '5511987654321', name: 'Camila Souza' };
const rui = { waId: '351912345678', name: 'Rui Costa' };
const teo = { waId: '525512345678', name: 'Teo Ruiz' };
const nia = { waId: '5521912345678', name: 'Nia Alves' };

async function enter({ window }: ConsoleApp, digits: string): Promise<void> {
  await window.getByRole('button', { name: 'New call', exact: true }).click();
  await window.getByLabel('Number', { exact: true }).fill(`+${digits}`);
}

const cockpit = ({ window }: ConsoleApp) => window.getByRole('region', { name: 'Calling rules' });
const finding = (app: ConsoleApp, code: string) => cockpit(app).locator(`[data-finding="${code}"]`);
const meter = (app: ConsoleApp, name: string) =>
  cockpit(app).locator('dl > div').filter({ hasText: name }).locator('dd');

/** Presses Call until its outcome shows. A button that has just moved ignores a press. */
async function pressCall(app: ConsoleApp, outcome: Locator): Promise<void> {
  await expect(async () => {
    if (!(await outcome.isVisible())) await button(app, 'Call').click({ timeout: 2_000 });
    await outcome.waitFor({ timeout: 8_000 });
  }).toPass();
}

/** Lets a call ring until the provider reports it, then gives up. */
async function callInVain(app: ConsoleApp, times: number): Promise<void> {
  await pressCall(app, app.window.getByText(/^Ringing/).first());
  await press(button(app, 'Hang up'));
  await expect.poll(async () => (await logged(app)).length).toBe(times);
}

test.describe('call permission', () => {
  test.use({
    simulated: {
      customers: [
        { ...camila, onPermissionRequest: 'accept' },
        { ...rui, onPermissionRequest: 'decline' },
        { ...nia, permission: 'temporary', onCall: 'ignore' },
        { ...teo, serviceWindow: 'closed', onPermissionRequest: 'accept-permanent' },
      ],
      timing: { permissionReplyAfterMs: 400 },
    },
  });

  test('shows, requests, gains and loses it; warns about unanswered calls, blocked countries and refusals', async ({
    backend,
    app,
  }) => {
    const { simulator } = backend;
    const { window } = app;

    // No permission and no message yet: both are shown, with the reason why nothing can be done.
    await enter(app, camila.waId);
    await expect(cockpit(app).getByText('Calling is not allowed now')).toBeVisible();
    await expect(finding(app, 'permission-missing')).toContainText('has not allowed calls');
    await expect(button(app, 'Call')).toBeDisabled();
    await expect(meter(app, 'Requests left')).toHaveText('1 of 1 in 24 hours');
    await expect(meter(app, 'Free-form messages')).toHaveText('closed: send a template');
    await expect(button(app, 'Request permission')).toBeDisabled();

    // Their message opens the window at once.
    simulator.writeMessage({ customer: camila, text: 'Hi' });
    await expect(meter(app, 'Free-form messages')).toHaveText(/\(24\u00a0h left\)/);
    await button(app, 'Request permission').click();
    await expect(cockpit(app).getByText('You can call', { exact: true })).toBeVisible();
    await expect(meter(app, 'Permission to call')).toHaveText('Allowed for another 7 days');
    await expect(meter(app, 'Requests left')).toContainText('0 of 1 in 24 hours');
    await expect(button(app, 'Call')).toBeEnabled();
    await expect(window.getByText('Camila Souza allows calls now').first()).toBeVisible();

    // A refusal blocks requests for a day.
    simulator.writeMessage({ customer: rui, text: 'Olá' });
    await enter(app, rui.waId);
    await button(app, 'Request permission').click();
    await expect(finding(app, 'permission-declined')).toBeVisible();
    await expect(button(app, 'Request permission')).toBeDisabled();
    await expect(finding(app, 'permission-declined')).toContainText('declined your call request');

    // Outside the window a template can ask, once its values are filled in.
    await enter(app, teo.waId);
    await button(app, 'Ask with a template').click();
    await expect(cockpit(app).getByText('Hello {{1}}, may we call you')).toBeVisible();
    await expect(button(app, 'Ask with a template')).toBeDisabled();
    await cockpit(app).getByLabel('Value {{1}}').fill('Teo');
    await button(app, 'Ask with a template').click();
    await expect(meter(app, 'Permission to call')).toHaveText('Allowed permanently');
    await expect(button(app, 'Ask with a template')).toHaveCount(0);

    // The fourth unanswered call ends the permission: warned at the second and again before it.
    await enter(app, nia.waId);
    await expect(button(app, 'Call')).toBeEnabled();
    await callInVain(app, 1);
    await expect(meter(app, 'Unanswered in a row')).toContainText('1 of 4');
    await callInVain(app, 2);
    await expect(finding(app, 'unanswered-some')).toBeVisible();
    await callInVain(app, 3);
    await expect(finding(app, 'unanswered-last')).toContainText('withdraws the permission');
    await expect(cockpit(app).getByText('You can call: check this first')).toBeVisible();

    // Countries and regions.
    await enter(app, '5351234567');
    await expect(finding(app, 'region-sanctioned')).toContainText('Cuba');
    await expect(button(app, 'Call')).toBeDisabled();
    await enter(app, '971501234567');
    await expect(finding(app, 'region-unreliable')).toContainText('United Arab Emirates');

    // No payment method: the refusal applies to the number for every customer until a call
    // succeeds.
    simulator.setFaults({ api: { fail: { connect: { code: 131044, times: 1 } } } });
    simulator.setCustomer(camila, { onCall: 'answer', answerAfterMs: 100 });
    await enter(app, camila.waId);
    await pressCall(app, finding(app, 'payment-missing').getByText('131044'));
    await enter(app, nia.waId);
    await expect(finding(app, 'payment-missing')).toBeVisible();
    await enter(app, camila.waId);
    await pressCall(app, button(app, 'Hang up'));
    await expect(window.getByText('On call').first()).toBeVisible();
    await press(button(app, 'Hang up'));
    await expect(finding(app, 'payment-missing')).toHaveCount(0);

    // A person who cannot be called on WhatsApp is not a problem of the number.
    simulator.setCustomer(camila, { callable: false });
    await pressCall(app, finding(app, 'customer-not-callable').getByText('138001'));
    await enter(app, nia.waId);
    await expect(finding(app, 'unanswered-last')).toBeVisible();
    await expect(finding(app, 'customer-not-callable')).toHaveCount(0);
  });
});

const card = `effective_from,currency,region,areas,above_minutes,rate_per_minute
2026-01-01,USD,Brazil,BR,0,0.60
2026-01-01,USD,Rest of the world,*,0,1.00
`;

test.describe('call cost', () => {
  test.use({
    simulated: {
      customers: [{ ...camila, permission: 'permanent', answerAfterMs: 100 }],
    },
  });

  test('imports a rate card, shows the price before, during and after a call, and warns outside hours', async ({
    backend,
    app,
    folder,
  }) => {
    const { simulator } = backend;
    const { window } = app;
    await enter(app, camila.waId);
    await expect(cockpit(app).getByText('no rate card')).toBeVisible();
    await window.getByRole('button', { name: 'Settings', exact: true }).click();

    // An invalid file is rejected as a whole, with the line.
    const bad = join(folder, 'bad.csv');
    writeFileSync(bad, card.replace('0.60', 'sixty'));
    const good = join(folder, 'rates.csv');
    writeFileSync(good, card);
    const choose = (filePath: string) =>
      app.electron.evaluate(({ dialog }, path) => {
        dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [path] });
      }, filePath);
    await choose(bad);
    await button(app, 'Import a rate card').click();
    await expect(window.getByText(/Line 2: “sixty” is not a price/)).toBeVisible();
    await choose(good);
    await button(app, 'Import a rate card').click();
    await expect(window.getByText(/rates\.csv, imported just now/)).toBeVisible();

    await enter(app, camila.waId);
    await expect(cockpit(app).getByText('5 min: 3.00 USD')).toBeVisible();

    // Closed all week except for a minute at night: the customer could not call back.
    const closed = {
      status: 'ENABLED',
      timezone_id: 'America/Sao_Paulo',
      weekly_operating_hours: [{ day_of_week: yesterday(), open_time: '0300', close_time: '0301' }],
    };
    simulator.changeSettings({
      calling: { status: 'ENABLED', call_icon_visibility: 'DISABLE_ALL', call_hours: closed },
    });
    await expect(finding(app, 'outside-hours')).toBeVisible();
    await expect(meter(app, 'Your call hours')).toContainText('closed until');

    await button(app, 'Call').click();
    const meterOnCard = window.getByTitle(/at the rate for Brazil/);
    await expect(meterOnCard).toContainText('0.06 USD');
    await expect(meterOnCard).toContainText('0.12 USD');
    await press(button(app, 'Hang up'));
    await expect.poll(async () => (await logged(app))[0]?.outcome).toBe('answered');
    const [row] = await logged(app);
    await showHistory(window);
    await window
      .getByRole('list', { name: 'Calls' })
      .getByText('+55', { exact: false })
      .first()
      .click();
    const pulses = Math.ceil((row?.wholeSeconds ?? row?.talkSeconds ?? 0) / 6);
    await expect(window.getByText(`by the rate card, for ${pulses * 6} s`)).toBeVisible();
  });
});

const days = [
  'SUNDAY',
  'MONDAY',
  'TUESDAY',
  'WEDNESDAY',
  'THURSDAY',
  'FRIDAY',
  'SATURDAY',
] as const;

function yesterday(): (typeof days)[number] {
  return days[(new Date().getDay() + 5) % 7] ?? 'SUNDAY';
}
