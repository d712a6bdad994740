import { ana, bea, cara } from './harness/agents.ts';
import { customerHearsHold } from './harness/customer-audio.ts';
import { accept, ended, hearEachOther, onCall, talk, transfer } from './harness/team.ts';
import type { ConsoleApp } from './harness/console-app.ts';
import { press, pressDecline } from './harness/presses.ts';
import { button, inHistory, logged, showHistory } from './fixture.ts';
import { expect, partsLogged, test } from './team-fixture.ts';

test('kill -9 during a relayed call plays hold music until the same agent rejoins automatically', async ({
  backend,
  join,
}) => {
  const a = await join(ana);
  const callId = await talk(backend, a, ana);
  await a.kill();
  await customerHearsHold(backend, callId);
  const back = await join(ana, { again: true });
  await onCall(back.window);
  await hearEachOther(backend, callId, back, ana);
  await press(button(back, 'Hang up'));
  expect(await ended(backend, callId)).toBe('business');
  const rows = await logged(back);
  expect(rows).toHaveLength(1);
  expect(rows[0]?.outcome).toBe('answered');
});

test.describe('with short deadlines', () => {
  test.use({ policy: { rejoinGraceSeconds: 2, waitingSeconds: 6, transferSeconds: 6 } });

  test('a lost agent’s caller is offered to the team, and the call ends if nobody is there', async ({
    backend,
    join,
  }) => {
    const [a, b] = await Promise.all([join(ana), join(bea)]);
    const callId = await talk(backend, a, ana);
    await a.kill();
    await expect(
      b.window.getByText('On hold: Ana Lima lost connection. Pick up', { exact: true }),
    ).toBeVisible();
    await customerHearsHold(backend, callId);
    await accept(b);
    await hearEachOther(backend, callId, b, bea);

    const back = await join(ana, { again: true });
    await expect
      .poll(async () => (await partsLogged(back)).map(({ endReason }) => endReason))
      .toContainEqual({ kind: 'lost-to-team', to: 'Bea Rocha' });
    await b.kill();
    await pressDecline(back);
    expect(await ended(backend, callId)).toBe('business');
    const again = await join(bea, { again: true });
    await expect
      .poll(async () => (await partsLogged(again)).map(({ endReason }) => endReason.kind))
      .toContain('lost-to-team');
    expect(backend.simulator.report(callId)?.violations).toEqual([]);
  });

  test('a queued call that nobody takes ends, and every console is told', async ({
    backend,
    join,
  }) => {
    const [a, b] = await Promise.all([join(ana), join(bea)]);
    const callId = await talk(backend, a, ana);
    await a.kill();
    await expect(
      b.window.getByText('On hold: Ana Lima lost connection. Pick up', { exact: true }),
    ).toBeVisible();
    await customerHearsHold(backend, callId);
    expect(await ended(backend, callId)).toBe('business');
    expect(backend.simulator.report(callId)?.violations).toEqual([]);
    await expect(button(b, 'Accept')).toHaveCount(0);
    const back = await join(ana, { again: true });
    const lines: readonly [ConsoleApp, RegExp][] = [
      [back, /You were offline too long; the call went to the team/],
      [b, /^Not answered$/],
    ];
    for (const [app, words] of lines) {
      // The customer talked to an agent but then waited in vain, so they must be called back.
      const outcomes = async () => (await logged(app)).map(({ outcome }) => outcome);
      await expect.poll(outcomes).toEqual(['missed']);
      await showHistory(app.window);
      await inHistory(app.window, 'Camila Souza').click();
      const detail = app.window.getByRole('article', { name: 'Call', exact: true });
      await expect(detail.getByText(words).first()).toBeVisible();
    }
  });

  test('the team is asked when the first agent vanishes during a transfer that is declined', async ({
    backend,
    join,
  }) => {
    const [a, b, c] = await Promise.all([join(ana), join(bea), join(cara)]);
    const callId = await talk(backend, a, ana);
    await transfer(a, bea);
    await button(b, 'Decline').waitFor();
    await a.kill();
    await pressDecline(b);
    await expect(
      c.window.getByText('On hold: Ana Lima lost connection. Pick up', { exact: true }),
    ).toBeVisible();
    await accept(c);
    await hearEachOther(backend, callId, c, cara);
    backend.simulator.hangUp(callId);
    expect(await ended(backend, callId)).toBe('customer');
  });
});
