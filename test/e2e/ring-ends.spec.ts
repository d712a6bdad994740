import { press, pressDecline } from './harness/presses.ts';
import { ana, bea, button, connected, expect, logged, ring, test } from './fixture.ts';

test.describe('a ring that ends elsewhere closes with its reason', () => {
  test('when the caller gives up', async ({ backend, app }) => {
    const callId = await ring(backend, app);
    backend.simulator.hangUp(callId);
    await expect(app.window.getByText(/caller hung up/i).first()).toBeVisible();
    await expect(button(app, 'Accept')).toHaveCount(0);
    const [row] = await logged(app);
    expect(row).toMatchObject({ outcome: 'missed', unseen: true });
  });

  test('when a teammate answers', async ({ backend, open, folder: _folder }) => {
    const first = await open({ profile: await backend.profileFor(ana) });
    const second = await open({ profile: await backend.profileFor(bea) });
    await Promise.all([connected(first), connected(second)]);
    // One whose window still loads is passed over, which shows after five seconds at most.
    await button(first, 'Team').click();
    const teammate = first.window.getByRole('listitem', { name: bea.name });
    await expect(teammate).toContainText(/Available\s*for\s(?:[89]|\d\d)\ss/);
    await button(first, 'To do').click();
    const callId = await ring(backend, first);
    await button(second, 'Accept').waitFor();
    // Two consoles ring, so neither may have pre-accepted.
    expect(backend.simulator.report(callId)?.preAcceptedAt).toBeNull();
    await press(button(second, 'Accept'));
    await expect(first.window.getByText(/Bea Rocha/).first()).toBeVisible();
    await expect(button(first, 'Accept')).toHaveCount(0);
    await button(second, 'Hang up').waitFor();
    const [row] = await logged(first);
    expect(row).toMatchObject({ outcome: 'elsewhere' });
    const accepts = backend.simulator.requests().filter((one) => one.action === 'accept');
    expect(accepts).toHaveLength(1);
  });

  test('when declined: one decline silences one console, the last one rejects the call', async ({
    backend,
    open,
  }) => {
    const first = await open({ profile: await backend.profileFor(ana) });
    const second = await open({ profile: await backend.profileFor(bea) });
    await Promise.all([connected(first), connected(second)]);
    const callId = await ring(backend, first);
    await button(second, 'Accept').waitFor();
    await pressDecline(first);
    await expect(button(first, 'Accept')).toHaveCount(0);
    await expect(button(second, 'Accept')).toBeVisible();
    // Now only Bea can answer.
    await backend.simulator.waitFor(() => backend.simulator.report(callId)?.preAcceptedAt);
    await pressDecline(second);
    await backend.simulator.waitFor(() => backend.simulator.report(callId)?.endedAt);
    const rejects = () => backend.simulator.requests().filter((one) => one.action === 'reject');
    await expect.poll(rejects).toHaveLength(1);
  });

  test.describe('when nobody answers', () => {
    test.use({ simulated: { timing: { acceptDeadlineMs: 3000 } } });
    test('and the provider gives up', async ({ backend, app }) => {
      await ring(backend, app);
      await expect(button(app, 'Accept')).toHaveCount(0);
      await expect.poll(async () => (await logged(app))[0]?.outcome).toBe('missed');
    });
  });
});

test('a terminate before its connect rings nowhere and is logged once', async ({
  backend,
  app,
}) => {
  const { callId } = await backend.simulator.startCall({
    customer: { waId: '5511987654321', name: 'Camila Souza' },
    terminateBeforeConnect: true,
  });
  await expect.poll(async () => (await logged(app)).length).toBe(1);
  const delivered = (label: string) =>
    backend.simulator.webhooks().some((one) => one.callId === callId && one.label === label);
  await backend.simulator.waitFor(() => delivered('connect'));
  await expect
    .poll(async () => (await logged(app))[0]?.timeline.filter((one) => one.kind === 'offer').length)
    .toBe(1);
  expect(await button(app, 'Accept').count()).toBe(0);
  expect(await logged(app)).toHaveLength(1);
});
