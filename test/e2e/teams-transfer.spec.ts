import { withinGoal } from '../helpers/held-up.ts';
import { ana, bea, cara } from './harness/agents.ts';
import { customerHears, customerHearsHold, longestPause } from './harness/customer-audio.ts';
import { accept, ended, hearEachOther, ringAt, talk, transfer } from './harness/team.ts';
import { press, pressDecline } from './harness/presses.ts';
import { button, logged } from './fixture.ts';
import { expect, partsLogged, test } from './team-fixture.ts';

/** Longest gap the customer may hear at a switch, ms. */
const MAX_GAP_MS = 300;

const isHandedOver = ({ callOffer }: { callOffer?: unknown }) => callOffer !== undefined;

test('a relayed call rings on every console, is answered once, transferred twice and logged by all', async ({
  backend,
  join,
}) => {
  const { simulator } = backend;
  const [a, b, c] = await Promise.all([join(ana), join(bea), join(cara)]);
  const callId = await ringAt(backend, [a, b, c]);
  // The relay pre-accepts although several consoles ring; nothing is heard before the accept.
  await simulator.waitFor(() => simulator.report(callId)?.preAcceptedAt);
  await accept(a);
  await expect(b.window.getByText(/Answered by Ana Lima/)).toBeVisible();
  await hearEachOther(backend, callId, a, ana);

  await a.window.getByRole('textbox', { name: 'Note' }).fill('Wants a new cup');
  await transfer(a, bea, { note: 'Order 17 came broken' });
  await expect(b.window.getByText('Transfer from Ana Lima', { exact: true })).toBeVisible();
  await expect(b.window.getByText('“Order 17 came broken”')).toBeVisible();
  // What was written down goes along.
  await expect(b.window.locator('blockquote')).toContainText('Wants a new cup');
  await customerHearsHold(backend, callId);
  await expect(a.window.getByRole('timer')).toHaveText(/asking Bea Rocha, \d+\ss/);
  const firstSwitch = Date.now();
  await accept(b);
  await hearEachOther(backend, callId, b, bea);
  expect(longestPause(backend, callId, firstSwitch)).toBeLessThan(
    withinGoal(MAX_GAP_MS, firstSwitch),
  );
  await expect(a.window.getByText('Transferred to Bea Rocha')).toBeVisible();

  await transfer(b, cara);
  await expect(c.window.getByText('Transfer from Bea Rocha', { exact: true })).toBeVisible();
  const secondSwitch = Date.now();
  await accept(c);
  await hearEachOther(backend, callId, c, cara);
  expect(longestPause(backend, callId, secondSwitch)).toBeLessThan(
    withinGoal(MAX_GAP_MS, secondSwitch),
  );

  await press(button(c, 'Hang up'));
  expect(await ended(backend, callId)).toBe('business');
  const { violations, media } = simulator.report(callId) ?? {};
  expect(violations).toEqual([]);
  expect(media?.earlyPackets).toBe(0);
  expect(media?.ssrcs).toHaveLength(1);

  // Bea and Cara also log that it rang there and Ana answered.
  await expect.poll(async () => (await logged(c)).filter(isHandedOver)).toHaveLength(1);
  const [ofAna, ofBea, ofCara] = await Promise.all([logged(a), logged(b), logged(c)]);
  const takenOver = ofBea.filter(isHandedOver);
  const last = ofCara.filter(isHandedOver);
  expect(ofAna).toMatchObject([
    {
      outcome: 'answered',
      endReason: { kind: 'transferred', to: 'Bea Rocha' },
      transfers: [{ to: 'Bea Rocha', note: 'Order 17 came broken', end: 'accepted' }],
    },
  ]);
  expect(takenOver).toMatchObject([
    {
      outcome: 'answered',
      callOffer: { from: 'Ana Lima', note: 'Order 17 came broken' },
      endReason: { kind: 'transferred', to: 'Cara Nunes' },
    },
  ]);
  expect(last).toMatchObject([
    {
      outcome: 'answered',
      callOffer: { from: 'Bea Rocha' },
      endReason: { kind: 'agent-hung-up' },
    },
  ]);
  const total = simulator.report(callId)?.durationSeconds ?? 0;
  const shares = [ofAna, takenOver, last].map(([row]) => row?.talkSeconds ?? Infinity);
  for (const share of shares) expect(share).toBeLessThan(total);
});

test('a teammate’s decline returns the call with the reason', async ({ backend, join }) => {
  const [a, b] = await Promise.all([join(ana), join(bea)]);
  const callId = await talk(backend, a, ana);
  const offeredAt = Date.now();
  await transfer(a, bea);
  await button(b, 'Decline').waitFor();
  // By default a teammate has 30 s, and the relay owns the deadline.
  const left = Number(
    /(\d+)\ss/.exec((await a.window.getByRole('timer').textContent()) ?? '')?.[1],
  );
  expect(left).toBeGreaterThan(30 - (Date.now() - offeredAt) / 1000 - 2);
  expect(left).toBeLessThanOrEqual(30);
  await pressDecline(b);
  await expect(a.window.getByText(/Bea Rocha declined/).first()).toBeVisible();
  await hearEachOther(backend, callId, a, ana);

  // Cancelled before it is answered.
  await transfer(a, bea);
  await button(b, 'Accept').waitFor();
  await press(button(a, 'Cancel transfer'));
  await expect(button(b, 'Accept')).toHaveCount(0);
  await expect(b.window.getByText('Your teammate cancelled the transfer')).toBeVisible();
  await customerHears(backend, callId, ana);

  // A teammate whose console dies while ringing.
  await transfer(a, bea);
  await button(b, 'Accept').waitFor();
  await b.kill();
  await expect(a.window.getByText(/Bea Rocha lost connection/).first()).toBeVisible();
  await hearEachOther(backend, callId, a, ana);
  backend.simulator.hangUp(callId);
  await expect(a.window.getByText('Camila Souza hung up').first()).toBeVisible();
  await expect
    .poll(async () => (await logged(a))[0]?.transfers?.map(({ end }) => end))
    .toEqual(['declined', 'cancelled', 'teammate-gone']);
});

test.describe('with a short transfer deadline', () => {
  test.use({ policy: { transferSeconds: 5 } });

  test('no answer returns the call, and a caller who hangs up ends it for both agents', async ({
    backend,
    join,
  }) => {
    const [a, b] = await Promise.all([join(ana), join(bea)]);
    const callId = await talk(backend, a, ana);
    await transfer(a, bea);
    await button(b, 'Accept').waitFor();
    await customerHearsHold(backend, callId);
    await expect(a.window.getByText(/Bea Rocha did not answer/).first()).toBeVisible();
    await expect(button(b, 'Accept')).toHaveCount(0);
    await hearEachOther(backend, callId, a, ana);

    await transfer(a, bea);
    await button(b, 'Accept').waitFor();
    backend.simulator.hangUp(callId);
    await expect(a.window.getByText('Camila Souza hung up').first()).toBeVisible();
    await expect(b.window.getByText('Caller hung up').first()).toBeVisible();
    expect(await ended(backend, callId)).toBe('customer');
    // Bea's log says missed although the provider reports an answered call.
    await expect
      .poll(async () => (await partsLogged(b)).map(({ endReason }) => endReason.kind))
      .toEqual(['answered-elsewhere', 'rang-out', 'caller-gone']);
  });
});
