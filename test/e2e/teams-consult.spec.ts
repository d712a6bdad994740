import { withinGoal } from '../helpers/held-up.ts';
import { agentHears } from './harness/agent-audio.ts';
import { ana, bea, cara, sol } from './harness/agents.ts';
import { customerHears, customerHearsHold, longestPause } from './harness/customer-audio.ts';
import {
  accept,
  callerHz,
  ended,
  hearEachOther,
  onCall,
  openTransfer,
  ringAt,
  talk,
  transfer,
} from './harness/team.ts';
import { press } from './harness/presses.ts';
import { button, logged } from './fixture.ts';
import { startFlakyProxy } from './harness/flaky-proxy.ts';
import { expect, test } from './team-fixture.ts';

test('an attended transfer: the agents talk while the customer waits, then the customer moves over', async ({
  backend,
  join,
}) => {
  const [a, b] = await Promise.all([join(ana), join(bea)]);
  const callId = await talk(backend, a, ana);
  await transfer(a, bea, { consult: true, note: 'Wants a refund' });
  await press(button(b, 'Accept'));
  await Promise.all([
    agentHears(a.window, [bea.hz], [callerHz]),
    agentHears(b.window, [ana.hz], [callerHz]),
    customerHearsHold(backend, callId),
  ]);
  await expect(b.window.getByText('Ana Lima is briefing you')).toBeVisible();

  // Back to the customer, then another consultation.
  await press(button(a, 'Return to customer'));
  await Promise.all([
    customerHears(backend, callId, ana),
    agentHears(a.window, [callerHz], [bea.hz]),
  ]);
  await expect(b.window.getByText('Your teammate cancelled the transfer')).toBeVisible();
  await button(a, 'Transfer').waitFor();
  await transfer(a, bea, { consult: true });
  await press(button(b, 'Accept'));
  await agentHears(b.window, [ana.hz]);
  const switchedAt = Date.now();
  await press(button(a, 'Transfer now'));
  await Promise.all([
    customerHears(backend, callId, bea),
    agentHears(b.window, [callerHz], [ana.hz]),
  ]);
  expect(longestPause(backend, callId, switchedAt)).toBeLessThan(withinGoal(300, switchedAt));
  await expect(a.window.getByText('Transferred to Bea Rocha')).toBeVisible();
  backend.simulator.hangUp(callId);
  await expect(b.window.getByText('Camila Souza hung up').first()).toBeVisible();
  await expect
    .poll(async () => (await logged(a))[0]?.transfers?.map(({ end }) => end))
    .toEqual(['cancelled', 'accepted']);
});

test('only teammates who can take a call are offered, and the relay checks again', async ({
  backend,
  join,
}) => {
  const { simulator, relay } = backend;
  const proxy = await startFlakyProxy(relay.url.replace(/^http/, 'ws'));
  const [a, b, c] = await Promise.all([
    join(ana, { profile: await backend.profileFor(ana, proxy.url) }),
    join(bea),
    join({ ...cara, calls: 'no-transfers' }),
    // Never joins.
    relay.addAgent(sol),
  ]);
  const callId = await ringAt(backend, [a, b, c]);
  await accept(a);
  await openTransfer(a.window);
  const options = a.window.getByRole('option');
  await expect(options).toHaveText([/^Bea Rocha.*Available$/]);
  await options.first().click();
  // While Ana writes her note, Bea answers another call.
  const mateo = { waId: '5215512345678', name: 'Mateo Ruiz' };
  const other = await simulator.startCall({ customer: mateo, kind: 'tone', hz: 700 });
  await accept(b);
  const dialog = a.window.getByRole('dialog', { name: 'Transfer this call' });
  await expect(dialog).toContainText('No teammate is available right now');
  await dialog.getByRole('combobox', { name: 'Teammate' }).click();
  await expect(options).toHaveText([/^Bea Rocha.*On a call$/]);
  await expect(options.first()).toHaveAttribute('aria-disabled', 'true');
  simulator.hangUp(other.callId);
  await expect(options).toHaveText([/^Bea Rocha.*Available$/]);
  await options.first().click();

  // Between the listing and the press Bea answers once more, and Ana's console does not know yet.
  // The relay decides.
  proxy.drop('team');
  await simulator.startCall({ customer: mateo, kind: 'tone', hz: 700 });
  await accept(b);
  await press(dialog.getByRole('button', { name: 'Transfer', exact: true }));
  await expect(a.window.getByText('Your teammate is on another call now').first()).toBeVisible();
  await hearEachOther(backend, callId, a, ana);
  await onCall(a.window);
  simulator.hangUp(callId);
  expect(await ended(backend, callId)).toBe('customer');
  await a.close();
  await proxy.close();
});

test('a supervisor listens and whispers: the agent sees it, the customer hears nothing', async ({
  backend,
  join,
}) => {
  const [a, s] = await Promise.all([join(ana), join(sol)]);
  const callId = await talk(backend, a, ana);
  await button(s, 'Team').click();
  await press(button(s, 'Listen'), button(s, 'Stop listening'));
  await expect(a.window.getByText('Sol Prado is listening', { exact: true })).toBeVisible();
  await agentHears(s.window, [callerHz, ana.hz]);
  await agentHears(a.window, [callerHz], [sol.hz]);

  await press(button(s, 'Whisper'), s.window.getByText(/Only the agent hears you/));
  await expect(a.window.getByText('Sol Prado is listening and can talk to you')).toBeVisible();
  await agentHears(a.window, [callerHz, sol.hz]);
  await customerHears(backend, callId, ana);

  await press(button(s, 'Stop listening'));
  await expect(a.window.getByText(/Sol Prado is listening/)).toHaveCount(0);
  await agentHears(a.window, [callerHz], [sol.hz]);
  await press(button(a, 'Hang up'));
  await expect
    .poll(
      async () =>
        (await logged(a))[0]?.timeline.filter(({ kind }) => kind === 'supervision').length,
    )
    .toBe(3);
});

test('a supervisor joins the call, heard by both, and takes it over', async ({ backend, join }) => {
  const [a, s] = await Promise.all([join(ana), join(sol)]);
  const callId = await talk(backend, a, ana);
  await button(s, 'Team').click();
  await press(button(s, 'Join'), button(s, 'Leave the call'));
  await expect(
    a.window.getByText('Sol Prado is in the call. The customer hears them'),
  ).toBeVisible();
  await Promise.all([
    agentHears(a.window, [callerHz, sol.hz]),
    agentHears(s.window, [callerHz, ana.hz]),
  ]);
  await press(button(s, 'Take over'), button(s, 'Hang up'));
  await expect(a.window.getByText('Sol Prado took over this call').first()).toBeVisible();
  await Promise.all([
    customerHears(backend, callId, sol),
    agentHears(s.window, [callerHz], [ana.hz]),
  ]);
  await press(button(s, 'Hang up'));
  expect(await ended(backend, callId)).toBe('business');
  await expect
    .poll(async () => (await logged(s))[0]?.callOffer)
    .toMatchObject({ why: 'take-over', from: 'Ana Lima' });
});

test.describe('when policy hides supervision', () => {
  test.use({ policy: { hideSupervision: true } });

  test('L10 the agent sees no listening supervisor, and no log entry mentions one', async ({
    backend,
    join,
  }) => {
    const [a, s] = await Promise.all([join(ana), join(sol)]);
    const callId = await talk(backend, a, ana);
    await button(s, 'Team').click();
    await press(button(s, 'Listen'), button(s, 'Stop listening'));
    await agentHears(s.window, [callerHz, ana.hz]);
    await expect(s.window.getByText(/You are listening/)).toBeVisible();
    await expect(a.window.getByText(/Sol Prado/)).toHaveCount(0);
    await Promise.all([
      customerHears(backend, callId, ana),
      agentHears(a.window, [callerHz], [sol.hz]),
    ]);
    await press(button(s, 'Stop listening'));
    await expect(s.window.getByText(/You are listening/)).toHaveCount(0);
    await expect(a.window.getByText(/Sol Prado/)).toHaveCount(0);
    await press(button(a, 'Hang up'));
    expect(await ended(backend, callId)).toBe('business');
    await expect.poll(async () => (await logged(a)).length).toBe(1);
    const [row] = await logged(a);
    expect(row?.timeline.filter(({ kind }) => kind === 'supervision')).toEqual([]);
    const kept = (await backend.relay.logged()).filter(({ type }) => type === 'supervision');
    expect(kept).toEqual([]);
  });
});

test('Hold plays music to the customer, and Resume brings the same agent back', async ({
  backend,
  join,
}) => {
  const a = await join(ana);
  const callId = await talk(backend, a, ana);
  const card = a.window.getByRole('article', { name: 'Call: Camila Souza' });
  await press(button(a, 'Hold'));
  await expect(card.getByText(/^Customer on hold/)).toBeVisible();
  await Promise.all([customerHearsHold(backend, callId), agentHears(a.window, [], [callerHz])]);
  const resumedAt = Date.now();
  await press(button(a, 'Resume'));
  await expect(card.getByText('On call', { exact: true })).toBeVisible();
  await hearEachOther(backend, callId, a, ana);
  expect(longestPause(backend, callId, resumedAt)).toBeLessThan(withinGoal(300, resumedAt));

  // Hanging up during hold ends the call.
  await press(button(a, 'Hold'));
  await customerHearsHold(backend, callId);
  await press(button(a, 'Hang up'));
  expect(await ended(backend, callId)).toBe('business');
  const report = backend.simulator.report(callId);
  expect(report?.violations).toEqual([]);
  expect(report?.media.ssrcs).toHaveLength(1);
});

test('a relayed outbound call shows and logs the keys the customer presses', async ({
  backend,
  join,
}) => {
  backend.simulator.setCustomer(
    { waId: '5511987654321', name: 'Camila Souza' },
    {
      permission: 'permanent',
      answerAfterMs: 500,
      sends: { kind: 'tone', hz: callerHz },
      digits: '42#',
    },
  );
  const a = await join(ana);
  await a.window.getByRole('button', { name: 'New call', exact: true }).click();
  await a.window.getByLabel('Number', { exact: true }).fill('+5511987654321');
  await a.window
    .getByText(/You can call/)
    .first()
    .waitFor();
  await button(a, 'Call').click();
  const { callId } = await backend.simulator.waitFor(() => backend.simulator.calls()[0]);
  await onCall(a.window);
  await hearEachOther(backend, callId, a, ana);
  await expect(a.window.getByText('42#', { exact: true })).toBeVisible();
  await press(button(a, 'Hang up'));
  expect(await ended(backend, callId)).toBe('business');
  expect(backend.simulator.report(callId)?.violations).toEqual([]);
  await expect.poll(async () => (await logged(a))[0]?.dtmf).toBe('42#');
});
