import { join } from 'node:path';
import { withinGoal } from '../helpers/held-up.ts';
import { lostSound } from '../helpers/lost-sound.ts';
import { customerHearsTone } from './harness/customer-audio.ts';
import { recordingKeys, recordedUntil } from './harness/own-recording.ts';
import { accept, connected, expect, microphoneHz, openAna, ring, test } from './fixture.ts';
import { recordHere } from './harness/record-here.ts';

/** What a kill may cost, in ms. */
const MOST_LOST_MS = 1_000;
/** `npm run test:recording` kills ten times: whole consoles, and windows alone, in which the sound is recorded. */
const kills = process.env['RINGDESK_THOROUGH'] === undefined ? 1 : 10;

test('a recording loses at most a second when its console, or its window, is killed', async ({
  backend,
  open,
  folder,
}) => {
  test.setTimeout(kills * 45_000);
  const userData = join(folder, 'killed');
  let app = await openAna(backend, open, { userData }, 'admin');
  await recordHere(app);
  const lost: number[] = [];
  for (let round = 0; round < kills; round++) {
    const callId = await ring(backend, app);
    await accept(backend, app, callId);
    // The announcement is over.
    await customerHearsTone(backend, callId, microphoneHz);
    const keys = await recordingKeys(app);
    const recordedMs = 1_000 + ((round * 370) % 1_500);
    // The customer may hear the agent before there is a file.
    await expect(async () => {
      const { startedAt, until } = await recordedUntil(userData, keys);
      expect(Math.min(...until) - startedAt).toBeGreaterThan(recordedMs);
    }).toPass();
    const windows = await app.electron.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().map(({ webContents }) => webContents.getOSProcessId()),
    );
    const isWindow = round % 2 === 1;
    const killedAt = Date.now();
    if (isWindow) for (const pid of new Set(windows)) process.kill(pid, 'SIGKILL');
    else await app.kill();
    const { until } = await recordedUntil(userData, keys);
    for (const end of until) {
      lost.push(killedAt - end);
      expect(killedAt - end).toBeLessThanOrEqual(withinGoal(MOST_LOST_MS, killedAt - MOST_LOST_MS));
    }
    if (isWindow) await app.kill();
    backend.simulator.hangUp(callId);
    if (round + 1 === kills) break;
    app = await open({ userData });
    await connected(app);
  }
  process.stdout.write(lostSound(lost));
});
