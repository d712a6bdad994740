import type { Locator, Page } from '@playwright/test';
import type { Language } from '../../src/shared/i18n/languages.ts';
import type { ConsoleApp } from './harness/console-app.ts';
import { accept, button, expect, hangUp, logged, ring, test, showHistory } from './fixture.ts';

/** A number's settings at its provider: validated first, answered in its words, updated live. */
const rafael = { waId: '5521912345678', name: 'Rafael Nunes' };

async function openNumber({ window }: ConsoleApp): Promise<void> {
  await window.getByRole('button', { name: 'Settings', exact: true }).click();
  await window.getByRole('button', { name: 'Number settings' }).click();
}

const speak = ({ window: page }: ConsoleApp, language: Language) =>
  page.evaluate((settings) => window.ringdesk.request('settings.set', { settings }), { language });

const section = (window: Page, name: string) => window.getByRole('region', { name, exact: true });
const save = (window: Page, name: string) =>
  section(window, name).getByRole('button', { name: 'Save', exact: true });

/** What prevents a section from being saved. */
const problem = (part: Locator, text: string | RegExp) =>
  part.getByRole('listitem').filter({ hasText: text });

// Only admins decide how calls are recorded.
test.use({ role: 'admin' });

test('an official number shows calls, hours, refusals, outside changes, warnings and analytics', async ({
  backend,
  app,
}) => {
  const { simulator } = backend;
  const { window } = app;
  const calls = section(window, 'Calls');
  const sentSettings = () =>
    simulator.requests().filter(({ action, method }) => action === 'settings' && method === 'POST');
  // Something for the analytics.
  const callId = await ring(backend, app);
  await accept(backend, app, callId);
  await hangUp(backend, app, callId);

  await openNumber(app);
  await expect(window.getByText('No problems reported.')).toBeVisible();

  // Only the changes are sent, and the answer is the provider's.
  await calls.getByRole('switch', { name: 'Ask callers for permission to call back' }).click();
  await save(window, 'Calls').click();
  await expect(window.getByText('Saved', { exact: true })).toBeVisible();
  const lastChange = () => sentSettings().at(-1)?.body;
  expect(lastChange()).toEqual({ calling: { callback_permission_status: 'ENABLED' } });

  // Invalid settings are not sent.
  const changes = sentSettings().length;
  await calls.getByLabel('Show the call button only in these countries').fill('BR XX');
  await expect(problem(calls, '“XX” is not a country code')).toBeVisible();
  await expect(save(window, 'Calls')).toBeDisabled();
  const hours = section(window, 'Call hours');
  await hours.getByRole('switch', { name: 'Take calls only during call hours' }).click();
  await hours.getByLabel('Monday, opens').fill('19:00');
  await expect(problem(hours, /closing time must be after opening time/)).toBeVisible();
  await hours.getByLabel('Monday, opens').fill('08:30');
  await button(app, 'Add a holiday').click();
  await hours.getByLabel('Date').fill('2024-12-25');
  await expect(problem(hours, /2024-12-25 is in the past/)).toBeVisible();
  await expect(save(window, 'Call hours')).toBeDisabled();
  expect(sentSettings()).toHaveLength(changes);
  // Typed in the order of the language that is spoken now, whatever the system's is.
  const year = new Date().getFullYear() + 1;
  await speak(app, 'pt-BR');
  await window.getByLabel('Data').focus();
  await window.keyboard.type(`2512${year}`);
  await expect(window.getByLabel('Data')).toHaveValue(`${year}-12-25`);
  await speak(app, 'en');
  await expect(hours.getByLabel('Date')).toHaveValue(`${year}-12-25`);
  await save(window, 'Call hours').click();
  await expect.poll(lastChange).toMatchObject({
    calling: { call_hours: { status: 'ENABLED', holiday_schedule: [{}] } },
  });
  await expect(save(window, 'Call hours')).toBeDisabled();

  // Another change to the same section is announced and keeps the draft; Undo then shows theirs.
  simulator.changeSettings({ calling: { callback_permission_status: 'DISABLED' } });
  await expect(calls.getByText(/Someone else changed these settings/)).toBeVisible();
  await expect(calls.getByLabel('Show the call button only in these countries')).toHaveValue(
    'BR XX',
  );
  await calls.getByRole('button', { name: 'Undo' }).click();
  await expect(
    calls.getByRole('switch', { name: 'Ask callers for permission to call back' }),
  ).not.toBeChecked();
  await expect(calls.getByLabel('Show the call button only in these countries')).toHaveValue('');

  // Refused in the provider's words and ours; the draft stays.
  const taken = calls.getByRole('switch', { name: 'Take and make calls' });
  simulator.changeSettings({ calling: { status: 'DISABLED' } });
  await expect(taken).not.toBeChecked();
  const refusal = { code: 138015, details: 'Tier below 2000', times: 1, method: 'POST' } as const;
  simulator.setFaults({ api: { fail: { settings: refusal } } });
  await taken.click();
  await save(window, 'Calls').click();
  await expect(calls.getByRole('alert')).toContainText('138015');
  await expect(calls.getByRole('alert')).toContainText('Tier below 2000');
  await expect(taken).toBeChecked();
  await expect(section(window, 'Status')).toContainText('messaging limit is too low');
  await save(window, 'Calls').click();
  await expect(calls.getByRole('alert')).toHaveCount(0);
  await expect(section(window, 'Status')).toContainText('No problems reported.');

  // Platform notices appear wherever the agent is, and here.
  simulator.changeSettings({ calling: { sip: { status: 'ENABLED' } } });
  await expect(section(window, 'Status')).toContainText('SIP is on, so calls cannot be made');
  simulator.changeSettings({ calling: { sip: { status: 'DISABLED' } } });
  await expect(section(window, 'Status')).toContainText('SIP is off');
  await simulator.announce({
    what: 'violation',
    type: 'USER_INITIATED_CALLS_LOW_PICKUP_RATE',
    remediation: 'Answer more calls.',
  });
  await expect(section(window, 'Status')).toContainText('Answer more calls.');
  await button(app, 'New call').click();
  await simulator.announce({
    what: 'restriction',
    type: 'RESTRICTED_BUSINESS_INITIATED_CALLING',
    expiresAt: Date.now() + 3 * 86_400_000,
  });
  const notices = window.getByRole('region', { name: 'Notices' });
  await expect(notices).toContainText('Too many customer calls are missed');
  await expect(notices).toContainText('WhatsApp restricted Support: it cannot call customers');
  await window.getByRole('button', { name: 'New call', exact: true }).click();
  await window.getByLabel('Number', { exact: true }).fill(`+${rafael.waId}`);
  await expect(window.locator('[data-finding="restricted"]')).toBeVisible();
  await window.locator('[data-finding="restricted"]').getByRole('button').click();
  await expect(section(window, 'Status')).toContainText('it cannot call customers');

  // Settings the provider does not know are validated too.
  const known = section(window, 'Details the provider does not share');
  await known.getByLabel('Prepaid balance').fill('9,98');
  await expect(problem(known, 'Enter an amount, e.g. 9.98')).toBeVisible();
  await known.getByLabel('Prepaid balance').fill('9.98');
  await save(window, 'Details the provider does not share').click();
  await expect(known.getByRole('button', { name: 'Undo' })).toHaveCount(0);
  await expect(known.getByLabel('Prepaid balance')).toHaveValue('9.98');

  // Recording must be requested with every call and needs a purpose.
  const recordings = section(window, 'Recordings');
  await recordings.getByRole('switch', { name: 'Record calls' }).click();
  await expect(problem(recordings, 'Enter the purpose of recording')).toBeVisible();
  await recordings.getByLabel('Purpose').fill('Quality assurance');
  await recordings.getByRole('switch', { name: 'Also transcribe calls' }).click();
  await save(window, 'Recordings').click();
  await expect(recordings.getByRole('button', { name: 'Undo' })).toHaveCount(0);
  await expect(known.getByLabel('Prepaid balance')).toHaveValue('9.98');
  const recorded = await ring(backend, app);
  await accept(backend, app, recorded);
  expect(simulator.requests().findLast(({ action }) => action === 'accept')?.body).toMatchObject({
    recording: { status: 'ENABLED', purpose: 'Quality assurance', announcement_language: 'en_US' },
    transcription: { status: 'ENABLED' },
  });
  await hangUp(backend, app, recorded);

  await button(app, 'Show call costs').click();
  await expect(window.getByRole('table')).toContainText('Incoming');

  // The transcript is fetched by itself. The ended call's pane goes by itself first.
  const pane = window.locator('section[data-open], section[data-folded]');
  await expect(pane).toHaveCount(0, { timeout: 60_000 });
  await showHistory(window);
  await window.locator('[data-call]').first().click();
  await expect(window.getByText('Has my order left yet?').first()).toBeVisible();
});

test.describe('a forwarded number', () => {
  test.use({
    number: 'zernio',
    simulated: {
      customers: [{ ...rafael, permission: 'permanent', answerAfterMs: 100 }],
      timing: { recordingAfterMs: 200 },
    },
  });

  test('shows its destination and plays a call recording', async ({ backend, app }) => {
    const { simulator } = backend;
    const { window } = app;
    await openNumber(app);
    const forwarding = section(window, 'Forwarding');
    const to = forwarding.getByLabel('Forward calls to');
    await expect(to).toHaveValue('tel:+551150209999');
    for (const [typed, why] of [
      ['ws://media.example.com', 'Calls must be encrypted'],
      ['+55 11 5020-1234', 'cannot forward to itself'],
      ['tel:12', 'Enter the number like this'],
      ['', 'Enter where to forward calls'],
    ] as const) {
      await to.fill(typed);
      await expect(problem(forwarding, why)).toBeVisible();
      await expect(save(window, 'Forwarding')).toBeDisabled();
    }
    await to.fill('+55 11 5020-7777');
    await forwarding.getByRole('switch', { name: 'Record calls' }).click();
    await save(window, 'Forwarding').click();
    await expect(window.getByText('Saved', { exact: true })).toBeVisible();
    await expect(to).toHaveValue('tel:+551150207777');

    // The provider's own estimate appears beside the calling rules.
    await button(app, 'New call').click();
    await window.getByLabel('Number', { exact: true }).fill(`+${rafael.waId}`);
    await expect(window.getByText(/Estimate for 5 min/)).toBeVisible();
    simulator.setDestination({ answerAfterMs: 100 });
    await button(app, 'Call').click();
    const id = await simulator.waitFor(
      () => simulator.calls().find(({ direction }) => direction === 'business-initiated')?.callId,
    );
    await expect(window.getByText('Answered at the destination')).toBeVisible();
    await simulator.waitFor(() => (simulator.report(id)?.media.packetsReceived ?? 0) >= 0);
    simulator.hangUp(id);
    await expect.poll(async () => (await logged(app))[0]?.recorded).toBeDefined();
    await showHistory(window);
    await window.locator('[data-call]').first().click();
    await button(app, 'Play').click();
    const position = window.getByRole('slider', { name: 'Position in the recording' });
    await expect.poll(() => position.getAttribute('aria-valuemax').then(Number)).toBeGreaterThan(0);
  });
});
