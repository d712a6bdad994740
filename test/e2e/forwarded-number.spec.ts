import { join } from 'node:path';
import type { ConsoleApp } from './harness/console-app.ts';
import type { Backend } from './harness/backend.ts';
import { press } from './harness/presses.ts';
import { ana, button, expect, logged, test, showHistory } from './fixture.ts';

/**
 * A Zernio number that forwards its calls to a telephone: dialled and followed here, spoken there.
 */
const rafael = { waId: '5521912345678', name: 'Rafael Nunes' } as const;
test.use({
  number: 'zernio',
  simulated: {
    customers: [{ ...rafael, permission: 'permanent', answerAfterMs: 300 }],
  },
});

async function dial(app: ConsoleApp): Promise<void> {
  const { window } = app;
  await window.getByRole('button', { name: 'New call', exact: true }).click();
  await window.getByLabel('Number', { exact: true }).fill(`+${rafael.waId}`);
  // It ignores a press when what is above it has just moved it.
  await press(button(app, 'Call'), window.getByRole('article', { name: /^Call: / }));
}

const placed = ({ simulator }: Backend) =>
  simulator.waitFor(
    () => simulator.calls().find(({ direction }) => direction === 'business-initiated')?.callId,
  );

test('a forwarded call is dialled, followed, released and billed', async ({ backend, app }) => {
  const { simulator } = backend;
  const { window } = app;
  simulator.setDestination({ answerAfterMs: 300 });
  await dial(app);
  const callId = await placed(backend);
  const card = window.getByRole('article', { name: /^Call: / });
  await expect(card.getByText('Answered at the destination')).toBeVisible();
  await expect(button(app, 'Hang up')).toHaveCount(0);
  await button(app, 'Dismiss').click();
  await expect(card).toHaveCount(0);
  expect(simulator.report(callId)?.phase).toBe('accepted');

  await showHistory(window);
  await expect(window.getByRole('list', { name: 'In progress' })).toContainText(
    'Answered at the destination',
  );
  simulator.hangUp(callId);
  await expect(window.getByRole('list', { name: 'In progress' })).toHaveCount(0);
  await expect
    .poll(async () => (await logged(app))[0])
    .toMatchObject({
      direction: 'outbound',
      outcome: 'answered',
      providerCallId: callId,
      endReason: { kind: 'over' },
      bill: { billable: expect.stringMatching(/^\d/) },
    });
  await window.locator('[data-call]').first().click();
  await expect(window.getByText(/billed by the provider/)).toBeVisible();
  await expect(window.getByText(/billed by Meta directly/)).toBeVisible();
});

test('the console fetches calls on start that no webhook reported', async ({
  backend,
  open,
  folder,
}) => {
  const { simulator } = backend;
  simulator.setFaults({ webhooks: { drop: ['announced', 'connect', 'terminate'] } });
  simulator.setDestination({ onCall: 'ignore' });
  const miss = async () => {
    const { callId } = await simulator.startCall({ customer: rafael, ringForMs: 100 });
    await simulator.waitFor(() => simulator.report(callId)?.phase === 'ended');
    return callId;
  };
  const missed = { direction: 'inbound', outcome: 'missed', reconciled: true };
  const newest = async (app: ConsoleApp) => (await logged(app))[0];

  const before = await miss();
  const profile = await backend.profileFor(ana);
  const userData = join(folder, 'console');
  const first = await open({ profile, userData });
  // From before this console was set up, so there is nobody to call back.
  await expect
    .poll(() => newest(first))
    .toMatchObject({ ...missed, providerCallId: before, unseen: false });
  await first.close();

  const meanwhile = await miss();
  const second = await open({ userData });
  await expect
    .poll(() => newest(second))
    .toMatchObject({ ...missed, providerCallId: meanwhile, unseen: true });
  expect(await logged(second)).toHaveLength(2);
});
