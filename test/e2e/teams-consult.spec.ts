import { hears } from '../../scripts/stage/ear.ts';
import {
  accept,
  ana,
  bea,
  callerHz,
  cara,
  customerHears,
  customerHearsHold,
  ended,
  longestPause,
  onCall,
  openTransfer,
  ringAt,
  sol,
  talk,
  transfer,
} from '../../scripts/stage/team.ts';
import { account } from '../../scripts/stage/world.ts';
import { button, logged } from './fixture.ts';
import { expect, test } from './teams.ts';

test('consult first: the agents talk, the customer waits, then goes over', async ({
  world,
  join,
}) => {
  const [a, b] = await Promise.all([join(ana), join(bea)]);
  const callId = await talk(world, a, ana);
  await transfer(a, bea, { consult: true, note: 'Wants a refund' });
  await button(b, 'Accept').click();
  await Promise.all([
    hears(a.window, [bea.hz], [callerHz]),
    hears(b.window, [ana.hz], [callerHz]),
    customerHearsHold(world, callId),
  ]);
  await expect(b.window.getByText('Ana Lima talks with you first')).toBeVisible();

  // Back to the customer, and once more.
  await button(a, 'Take back').click();
  await Promise.all([customerHears(world, callId, ana), hears(a.window, [callerHz], [bea.hz])]);
  await expect(b.window.getByText('Your teammate kept the call')).toBeVisible();
  await button(a, 'Transfer').waitFor();
  await transfer(a, bea, { consult: true });
  await button(b, 'Accept').click();
  await hears(b.window, [ana.hz]);
  const switchedAt = Date.now();
  await button(a, 'Hand over').click();
  await Promise.all([customerHears(world, callId, bea), hears(b.window, [callerHz], [ana.hz])]);
  expect(longestPause(world, callId, switchedAt)).toBeLessThan(300);
  await expect(a.window.getByText('You handed the call to Bea Rocha')).toBeVisible();
  world.simulator.hangUp(callId);
  await expect(b.window.getByText('Camila Souza hung up').first()).toBeVisible();
  await expect
    .poll(async () => (await logged(a))[0]?.transfers?.map(({ end }) => end))
    .toEqual(['cancelled', 'accepted']);
});

test('only teammates who can take a call are offered, and the relay looks again', async ({
  world,
  join,
}) => {
  const { simulator } = world;
  const [a, b, c] = await Promise.all([
    join(ana),
    join(bea),
    join({ ...cara, calls: 'no-transfers' }),
  ]);
  const callId = await ringAt(world, [a, b, c]);
  await accept(a);
  await openTransfer(a.window);
  await expect(a.window.getByRole('option', { name: /Cara Nunes/ })).toHaveCount(0);
  await a.window.getByRole('option', { name: /Bea Rocha/ }).click();
  // While Ana writes her note, Bea takes another call.
  const other = await simulator.startCall({
    customer: { waId: '5215512345678', name: 'Mateo Ruiz' },
    kind: 'silent',
  });
  await accept(b);
  const dialog = a.window.getByRole('dialog', { name: 'Transfer this call' });
  await expect(dialog).toContainText('Nobody else is free at the moment');
  // Whatever a console believes, the relay decides.
  const refused = await a.window.evaluate(
    (id) => window.ringdesk.request('calls.transfer', { callId: id, to: 'bea', mode: 'blind' }),
    `${account.id}/${callId}`,
  );
  expect(refused).toMatchObject({ ok: false, error: { code: 'relay-refused' } });
  await customerHears(world, callId, ana);
  await dialog.getByRole('combobox', { name: 'Teammate' }).click();
  const busy = a.window.getByRole('option', { name: /Bea Rocha/ });
  await expect(busy).toContainText('On a call');
  await expect(busy).toHaveAttribute('aria-disabled', 'true');
  simulator.hangUp(other.callId);
  await expect(busy).toContainText('Available');
  simulator.hangUp(callId);
  expect(await ended(world, callId)).toBe('customer');
});

test('a supervisor listens and whispers; the agent sees it, the customer hears nothing', async ({
  world,
  join,
}) => {
  const [a, s] = await Promise.all([join(ana), join(sol)]);
  const callId = await talk(world, a, ana);
  await button(s, 'Team').click();
  const listen = button(s, 'Listen');
  await listen.click();
  await expect(a.window.getByText('Sol Prado listens', { exact: true })).toBeVisible();
  await hears(s.window, [callerHz, ana.hz]);
  await hears(a.window, [callerHz], [sol.hz]);

  await button(s, 'Whisper').click();
  await expect(a.window.getByText('Sol Prado listens and can speak to you')).toBeVisible();
  await hears(a.window, [callerHz, sol.hz]);
  await customerHears(world, callId, ana);

  await button(s, 'Stop listening').click();
  await expect(a.window.getByText(/Sol Prado listens/)).toHaveCount(0);
  await hears(a.window, [callerHz], [sol.hz]);
  await button(a, 'Hang up').click();
  await expect
    .poll(
      async () =>
        (await logged(a))[0]?.timeline.filter(({ kind }) => kind === 'supervision').length,
    )
    .toBe(3);
});

test('an anchored call the other way; keys the customer presses are shown and kept', async ({
  world,
  join,
}) => {
  world.simulator.setCustomer(
    { waId: '5511987654321', name: 'Camila Souza' },
    {
      permission: 'permanent',
      answerAfterMs: 500,
      sends: { kind: 'tone', hz: callerHz },
      digits: '42#',
    },
  );
  const a = await join(ana);
  await a.window.getByLabel('Number', { exact: true }).fill('+5511987654321');
  await a.window
    .getByText(/Permanent permission/i)
    .first()
    .waitFor();
  await button(a, 'Call').click();
  const { callId } = await world.simulator.waitFor(() => world.simulator.calls()[0]);
  await onCall(a.window);
  await Promise.all([customerHears(world, callId, ana), hears(a.window, [callerHz])]);
  await expect(a.window.getByText('42#', { exact: true })).toBeVisible();
  await button(a, 'Hang up').click();
  expect(await ended(world, callId)).toBe('business');
  expect(world.simulator.report(callId)?.violations).toEqual([]);
  await expect.poll(async () => (await logged(a))[0]?.keys).toBe('42#');
});
