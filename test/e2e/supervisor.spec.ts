import { ana, bea, sol } from './harness/agents.ts';
import { customerHears } from './harness/customer-audio.ts';
import { showHistory } from './harness/navigation.ts';
import { ended, openTransfer, talk } from './harness/team.ts';
import { press } from './harness/presses.ts';
import { button } from './fixture.ts';
import { expect, test } from './team-fixture.ts';

test('a call goes to a team, the first of whom has it', async ({ backend, join }) => {
  const [a, b] = await Promise.all([join(ana), join({ ...bea, team: 'Care' })]);
  const callId = await talk(backend, a, ana);
  await openTransfer(a.window);
  await a.window.getByRole('option', { name: /Care.*1 of 1 can be reached/ }).click();
  await press(a.window.getByRole('dialog').getByRole('button', { name: 'Transfer', exact: true }));
  await expect(b.window.getByText('Transfer from Ana Lima to Care')).toBeVisible();
  await press(button(b, 'Accept'));
  await customerHears(backend, callId, bea);
  await expect(a.window.getByText('Transferred to Bea Rocha').first()).toBeVisible();
  await press(button(b, 'Hang up'));
  expect(await ended(backend, callId)).toBe('business');
});

test('a supervisor sees who waits and today’s figures, writes to an agent, and lists the team’s calls', async ({
  backend,
  join,
}) => {
  const [a, s] = await Promise.all([join(ana), join(sol)]);
  await talk(backend, a, ana);
  await backend.simulator.startCall({ customer: { waId: '5511955554444' }, kind: 'tone', hz: 500 });
  await button(s, 'Team').click();
  const waiting = s.window.getByRole('list', { name: 'Waiting', exact: true });
  await expect(waiting.getByText(/^Waiting 0:/)).toBeVisible();
  await expect(s.window.getByRole('row', { name: /^Support 2 1 0 0/ })).toBeVisible();
  await button(s, 'Message to Ana Lima').click();
  await s.window.getByRole('textbox', { name: 'Message' }).fill('Offer a refund');
  await button(s, 'Send').click();
  await expect(a.window.getByText('Sol Prado: Offer a refund')).toBeVisible();
  await button(a, 'Team').click();
  await expect(s.window.getByText(/read by Ana Lima/)).toBeVisible();
  await showHistory(s.window);
  await s.window.getByRole('combobox', { name: 'Calls of' }).click();
  await s.window.getByRole('option', { name: 'Ana Lima' }).click();
  await expect(s.window.getByText(/Incoming · Ana Lima .*in progress/)).toBeVisible();
  // A month, of which the relay's log has two weeks.
  await press(button(a, 'Hang up'));
  await button(s, 'Insight').click();
  await s.window.getByRole('combobox', { name: 'Whose calls' }).click();
  await s.window.getByRole('option', { name: 'The team’s' }).click();
  await expect(s.window.getByText(/^The relay knows calls since/)).toBeVisible();
  await expect(s.window.getByRole('region', { name: 'Calls by weekday and hour' })).toBeVisible();
});
