import { t } from '../../src/shared/i18n/i18n.ts';
import type { CheckId } from '../../src/shared/checks/ids.ts';
import type { ConsoleApp } from './harness/console-app.ts';
import { axeProblems } from './harness/axe.ts';
import { ana as anaAgent, bea as beaAgent } from './harness/agents.ts';
import { test as team } from './team-fixture.ts';
import { ana, button, connected, expect, test } from './fixture.ts';

const check = ({ window }: ConsoleApp, id: CheckId) => window.locator(`[data-check="${id}"]`);
/** The name may be followed by how many checks are red. */
const goTo = ({ window }: ConsoleApp, view: 'ready' | 'team') =>
  window
    .getByRole('navigation')
    .getByRole('button', { name: t(`views.${view}`) })
    .click();
const state = (app: ConsoleApp, id: CheckId) => expect(check(app, id));

test('U5 U18 a fault turns its check red and its repair green, and a lost relay shows above everything', async ({
  backend,
  open,
}) => {
  const app = await open({ profile: await backend.profileFor(ana) });
  await connected(app);
  await goTo(app, 'ready');
  await state(app, 'calling').toHaveAttribute('data-state', 'ok');
  await state(app, 'ring').toHaveAttribute('data-state', 'ok');

  backend.simulator.changeSettings({ calling: { status: 'DISABLED' } });
  await state(app, 'calling').toHaveAttribute('data-state', 'fault');
  await expect(app.window.locator('[data-state="fault"]')).toHaveCount(1);
  expect(await axeProblems(app.window)).toEqual([]);
  await check(app, 'calling')
    .getByRole('button', { name: t('checks.actions.switch-calling-on') })
    .click();
  await state(app, 'calling').toHaveAttribute('data-state', 'ok');
  await expect(app.window.locator('[data-state="fault"]')).toHaveCount(0);

  await backend.restartRelay(async () => {
    await app.window.getByRole('region', { name: t('reach.notReachable') }).waitFor();
    await state(app, 'relay').toHaveAttribute('data-state', 'fault');
    await expect(app.window.locator('[data-state="fault"]')).toHaveCount(1);
  });
  await state(app, 'relay').toHaveAttribute('data-state', 'ok');
});

team(
  'U4 an agent hears themselves by the relay, and is not reachable once the ring cannot be played',
  async ({ join }) => {
    const [anas, beas] = [await join(anaAgent), await join(beaAgent)];
    await goTo(anas, 'team');
    const row = anas.window.getByRole('listitem', { name: beaAgent.name });
    await expect(row).toContainText(t('team.presences.available'));

    await beas.window.evaluate(() => {
      HTMLMediaElement.prototype.play = () => Promise.reject(new Error('the ringer is dead'));
    });
    await goTo(beas, 'ready');
    await state(beas, 'echo').toHaveAttribute('data-state', 'unknown');
    await button(beas, `${t('checks.actions.hear-yourself')}: ${t('checks.names.echo')}`).click();
    // A busy machine delays it, which is said as well.
    await state(beas, 'echo').toHaveAttribute('data-state', /^(ok|warning|fault)$/);
    await state(beas, 'udp').toHaveAttribute('data-state', 'ok');
    const echo = beas.window.getByRole('listitem', { name: t('soundCheck.echo'), exact: true });
    const heard = (['good', 'fair', 'poor'] as const).map((verdict) =>
      t(`soundCheck.echoVerdicts.${verdict}`),
    );
    await expect(echo).toContainText(new RegExp(heard.join('|')));
    await expect(beas.window.locator('audio[data-call="echo"]')).toHaveCount(0);

    await button(beas, t('checks.again')).click();
    await state(beas, 'ring').toHaveAttribute('data-state', 'fault');
    await expect(beas.window.getByRole('region', { name: t('reach.notReachable') })).toContainText(
      t('reach.causes.ringer'),
    );
    await expect(row).toContainText(t('team.notReachable', { why: t('team.causes.ringer') }));
  },
);
