import { customerHearsTone } from './harness/customer-audio.ts';
import { DecodedTrack, ownRecording } from './harness/own-recording.ts';
import { talkedFor } from './harness/talked-for.ts';
import { recordHere } from './harness/record-here.ts';
import { accept, button, expect, hangUp, microphoneHz, ring, test } from './fixture.ts';

// Only admins decide how calls are recorded.
test.use({ role: 'admin' });

test('a direct call is announced and recorded here, with silence while it is paused', async ({
  backend,
  app,
}) => {
  const { window } = app;
  await recordHere(app);

  const callId = await ring(backend, app);
  await expect(window.getByText('To be recorded')).toBeVisible();
  await accept(backend, app, callId);
  await expect(window.getByText('The customer hears that this call is recorded…')).toBeVisible();
  await expect(window.getByText('REC', { exact: true })).toBeVisible();
  const recording = await ownRecording(app);
  // The agent's own voice again.
  await customerHearsTone(backend, callId, microphoneHz);
  const pause = button(app, 'Pause recording');
  await talkedFor(window, 6);
  await pause.press('Enter');
  await expect(window.getByText('REC paused')).toBeVisible();
  await expect(window.getByText(/^Continues in \d+ s$/)).toBeVisible();
  await talkedFor(window, 8);
  await button(app, 'Continue recording').press('Enter');
  await expect(window.getByText('REC', { exact: true })).toBeVisible();
  await talkedFor(window, 10);
  await hangUp(backend, app, callId);

  await expect.poll(async () => (await recording()).stop.why).toBe('complete');
  const { facts, marks, tracks } = await recording();
  expect(facts).toMatchObject({ by: 'console', consent: 'announcement', agent: 'Ana Lima' });
  expect(marks.map(({ kind }) => kind)).toEqual(['announcement', 'pause', 'continue', 'end']);
  const at = (kind: string) => marks.find((mark) => mark.kind === kind)?.atMs ?? NaN;
  const [agent, customer] = await Promise.all(
    [0, 1].map((track) => DecodedTrack.open(app, tracks.get(track) ?? Buffer.alloc(0))),
  );
  for (const [track, hz] of [
    [agent, microphoneHz],
    [customer, 440],
  ] as const) {
    expect(track?.heard(500, at('pause') - 300).hz).toBeCloseTo(hz, -1.5);
    expect(track?.heard(at('pause') + 400, at('continue') - 300).hz).toBeUndefined();
    expect(track?.heard(at('continue') + 400, at('end') - 500).hz).toBeCloseTo(hz, -1.5);
    // The time of the pause is kept.
    expect(Math.abs((track?.ms ?? 0) - at('end'))).toBeLessThan(700);
  }
});
