import { bea, type TestAgent } from './harness/agents.ts';
import { accept, button, expect, hangUp, inHistory, logged, ring, showHistory } from './fixture.ts';
import { test } from './team-fixture.ts';

const ada: TestAgent = { id: 'ada', name: 'Ada Reis', hz: 1000, role: 'admin' };

test.use({ ownProcess: false, policy: { wrapUpSeconds: 60 } });

test('an admin sets the outcomes, an agent chooses one by its key, and teammates and exports have it', async ({
  join,
  backend,
}) => {
  // Two consoles start one after the other.
  test.slow();
  const admin = await join(ada);
  await button(admin, 'Settings').click();
  const settings = admin.window.getByRole('region', { name: 'After a call' });
  await settings.getByLabel('Outcomes, one per line').fill('Solved\nCall again\n\nSolved');
  await settings.getByLabel('Tags, one per line').fill('Delivery');
  await settings.getByRole('switch', { name: /Require an outcome/ }).click();
  await settings.getByRole('button', { name: 'Save' }).click();
  await admin.window.getByText('All agents have it now').waitFor();
  await expect(settings.getByLabel('Outcomes, one per line')).toHaveValue('Solved\nCall again');

  const agent = await join(bea);
  const callId = await ring(backend, agent);
  await accept(backend, agent, callId);
  const outcomes = agent.window.getByRole('region', { name: 'Outcome', exact: true });
  await expect(outcomes).toContainText('required');
  await hangUp(backend, agent, callId);
  // The customer stays until the agent has said how the call ended.
  await expect(button(agent, 'Ready')).toHaveAttribute('aria-disabled', 'true');
  await agent.window.keyboard.press('2');
  await expect(outcomes.getByRole('button', { name: /Call again/, pressed: true })).toBeVisible();
  await expect(outcomes).not.toContainText('required');
  await agent.window.getByRole('button', { name: 'Delivery' }).click();
  await button(agent, 'Ready').press('Enter');
  await expect(outcomes).toHaveCount(0);

  await showHistory(agent.window);
  await agent.window.getByRole('searchbox', { name: /Search/ }).fill('call again');
  await inHistory(agent.window, 'Camila Souza').click();
  await expect(outcomes.getByRole('button', { name: /Call again/, pressed: true })).toBeVisible();
  expect(await logged(agent)).toMatchObject([{ disposition: 'Call again', tags: ['Delivery'] }]);

  await admin.window
    .getByRole('button', { name: /^Contacts/ })
    .first()
    .click();
  await admin.window.getByRole('list', { name: 'Contacts' }).getByText('Camila Souza').click();
  await expect(admin.window.getByText('Call again · Delivery')).toBeVisible();

  // A wrap-up may end before that: the call still waits for its outcome.
  await agent.window.getByRole('button', { name: 'New call', exact: true }).click();
  const next = await ring(backend, agent);
  await accept(backend, agent, next);
  await hangUp(backend, agent, next);
  await button(agent, 'Ready').waitFor();
  await agent.window.getByRole('combobox', { name: 'Your presence' }).click();
  await agent.window.getByRole('option', { name: 'Available', exact: true }).click();
  await expect(button(agent, 'Ready')).toHaveCount(0);
  await expect(outcomes).toContainText('required');
  await outcomes.getByRole('button', { name: /Solved/ }).click();
  await expect(outcomes).toHaveCount(0);
});
