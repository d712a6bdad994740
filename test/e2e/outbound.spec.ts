import { measureTone } from './harness/agent-audio.ts';
import type { ConsoleApp } from './harness/console-app.ts';
import { press } from './harness/presses.ts';
import { button, expect, logged, microphoneHz, test } from './fixture.ts';

const willing = { waId: '5511987654321', name: 'Camila Souza', permission: 'temporary' } as const;

async function enter(app: ConsoleApp, waId: string): Promise<void> {
  await button(app, 'New call').click();
  await app.window.getByLabel('Number', { exact: true }).fill(`+${waId}`);
}

test.describe('calling a customer who has given permission', () => {
  test.use({
    simulated: {
      customers: [
        { ...willing, onCall: 'answer', answerAfterMs: 500, sends: { kind: 'tone', hz: 520 } },
      ],
    },
  });

  test('connects, and both hear each other', async ({ backend, app }) => {
    const { simulator } = backend;
    await enter(app, willing.waId);
    await expect(app.window.getByText(/^Allowed for another/).first()).toBeVisible();
    await button(app, 'Call').click();
    const callId = await simulator.waitFor(() => simulator.calls()[0]?.callId);
    // The first audio is uneven while the jitter buffer adapts.
    await expect
      .poll(async () => Math.abs((await measureTone(app.window)).hz - 520))
      .toBeLessThan(5);
    await simulator.waitFor(() => {
      const tone = simulator.report(callId)?.media.toneHz;
      return typeof tone === 'number' && Math.abs(tone - microphoneHz) < 10;
    });
    await press(button(app, 'Hang up'));
    await simulator.waitFor(() => simulator.report(callId)?.endedAt);
    await expect
      .poll(async () => (await logged(app))[0])
      .toMatchObject({ direction: 'outbound', outcome: 'answered', providerCallId: callId });
  });

  test.describe('when the answer overtakes the HTTP response', () => {
    test.use({
      simulated: {
        customers: [
          { ...willing, onCall: 'answer', answerAfterMs: 500, sends: { kind: 'tone', hz: 520 } },
        ],
        faults: { webhooks: { connectBeforeResponse: true, copies: 2 } },
      },
    });
    test('still connects', async ({ app }) => {
      await enter(app, willing.waId);
      await button(app, 'Call').click();
      // The first audio is uneven while the jitter buffer adapts.
      await expect
        .poll(async () => Math.abs((await measureTone(app.window)).hz - 520))
        .toBeLessThan(5);
      await press(button(app, 'Hang up'));
      await expect.poll(async () => (await logged(app)).length).toBe(1);
    });
  });
});

test.describe('calling a customer who declines', () => {
  test.use({ simulated: { customers: [{ ...willing, onCall: 'decline', answerAfterMs: 500 }] } });
  test('records the decline', async ({ app }) => {
    await enter(app, willing.waId);
    await button(app, 'Call').click();
    await expect(app.window.getByText(/declined/i).first()).toBeVisible();
    await expect.poll(async () => (await logged(app))[0]?.outcome).toBe('rejected');
  });
});

test.describe('calling a customer who does not answer', () => {
  test.use({
    simulated: { customers: [{ ...willing, onCall: 'ignore' }], timing: { ringTimeoutMs: 2500 } },
  });
  test('logs the call as unanswered', async ({ app }) => {
    await enter(app, willing.waId);
    await button(app, 'Call').click();
    await expect.poll(async () => (await logged(app))[0]?.outcome).toBe('unanswered');
  });
});

test.describe('calling when the provider refuses', () => {
  test.use({
    simulated: {
      customers: [willing],
      faults: { api: { fail: { connect: { code: 138012, details: 'Free again at 18:00' } } } },
    },
  });
  test('shows the provider’s words beside ours and logs the call', async ({ app }) => {
    await enter(app, willing.waId);
    await button(app, 'Call').click();
    await expect(app.window.getByText(/138012/).first()).toBeVisible();
    await expect
      .poll(async () => (await logged(app))[0])
      .toMatchObject({
        outcome: 'failed',
        endReason: { kind: 'failed', error: { code: '138012' } },
      });
  });
});
