import { ana, bea, button, connected, expect, logged, ring, test } from './fixture.ts';

test.describe('a ring that ends elsewhere closes with its reason', () => {
  test('when the caller gives up', async ({ world, desk }) => {
    const callId = await ring(world, desk);
    world.simulator.hangUp(callId);
    await expect(desk.window.getByText(/caller hung up/i).first()).toBeVisible();
    await expect(button(desk, 'Accept')).toHaveCount(0);
    const [row] = await logged(desk);
    expect(row).toMatchObject({ outcome: 'missed', unseen: true });
  });

  test('when a teammate answers', async ({ world, open, folder: _folder }) => {
    const first = await open({ profile: await world.profileFor(ana) });
    const second = await open({ profile: await world.profileFor(bea) });
    await Promise.all([connected(first), connected(second)]);
    const callId = await ring(world, first);
    await button(second, 'Accept').waitFor();
    // Two consoles ring, so neither may have pre-accepted.
    expect(world.simulator.report(callId)?.preAcceptedAt).toBeNull();
    await button(second, 'Accept').click();
    await expect(first.window.getByText(/Bea Rocha/).first()).toBeVisible();
    await expect(button(first, 'Accept')).toHaveCount(0);
    await button(second, 'Hang up').waitFor();
    const [row] = await logged(first);
    expect(row).toMatchObject({ outcome: 'elsewhere' });
    const accepts = world.simulator.requests().filter((one) => one.action === 'accept');
    expect(accepts).toHaveLength(1);
  });

  test('when declined: one decline silences one console, the last one rejects the call', async ({
    world,
    open,
  }) => {
    const first = await open({ profile: await world.profileFor(ana) });
    const second = await open({ profile: await world.profileFor(bea) });
    await Promise.all([connected(first), connected(second)]);
    const callId = await ring(world, first);
    await button(second, 'Accept').waitFor();
    await button(first, 'Decline').click();
    await expect(button(first, 'Accept')).toHaveCount(0);
    await expect(button(second, 'Accept')).toBeVisible();
    // Now Bea alone can take it.
    await world.simulator.waitFor(() => world.simulator.report(callId)?.preAcceptedAt);
    await button(second, 'Decline').click();
    await world.simulator.waitFor(() => world.simulator.report(callId)?.endedAt);
    const rejects = () => world.simulator.requests().filter((one) => one.action === 'reject');
    await expect.poll(rejects).toHaveLength(1);
  });

  test.describe('when nobody answers', () => {
    test.use({ simulated: { timing: { acceptDeadlineMs: 3000 } } });
    test('and the provider gives up', async ({ world, desk }) => {
      await ring(world, desk);
      await expect(button(desk, 'Accept')).toHaveCount(0);
      await expect.poll(async () => (await logged(desk))[0]?.outcome).toBe('missed');
    });
  });
});

test('a terminate before its connect rings nowhere and is logged once', async ({ world, desk }) => {
  const { callId } = await world.simulator.startCall({
    customer: { waId: '5511987654321', name: 'Camila Souza' },
    terminateBeforeConnect: true,
  });
  await expect.poll(async () => (await logged(desk)).length).toBe(1);
  const delivered = (label: string) =>
    world.simulator.webhooks().some((one) => one.callId === callId && one.label === label);
  await world.simulator.waitFor(() => delivered('connect'));
  await expect
    .poll(
      async () => (await logged(desk))[0]?.timeline.filter((one) => one.kind === 'offer').length,
    )
    .toBe(1);
  expect(await button(desk, 'Accept').count()).toBe(0);
  expect(await logged(desk)).toHaveLength(1);
});
