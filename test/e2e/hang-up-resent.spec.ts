import { ana, bea } from './harness/agents.ts';
import { ended, talk } from './harness/team.ts';
import { press } from './harness/presses.ts';
import { button, logged } from './fixture.ts';
import { expect, test } from './team-fixture.ts';

test('the next start ends a call that was hung up while the relay was down and the app then killed', async ({
  backend,
  join,
}) => {
  const [a, b] = await Promise.all([join(ana), join(bea)]);
  const callId = await talk(backend, a, ana);
  await backend.restartRelay(async () => {
    await press(button(a, 'Hang up'));
    await expect(a.window.getByText('You hung up')).toBeVisible();
    await a.kill();
  }, 'SIGKILL');
  expect(backend.simulator.report(callId)?.end).toBeNull();
  const again = await join(ana, { again: true });
  expect(await ended(backend, callId)).toBe('business');
  // No teammate was offered a caller whose agent had already hung up.
  await expect(button(b, 'Accept')).toHaveCount(0);
  await expect
    .poll(() => logged(again))
    .toMatchObject([{ outcome: 'answered', endReason: { kind: 'agent-hung-up' } }]);
});
