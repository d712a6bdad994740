import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { recordingKeyOf } from '../../../../src/recording/keys.ts';
import { limitFiles } from '../../../helpers/full-disk.ts';
import { withinGoal } from '../../../helpers/held-up.ts';
import { lostSound } from '../../../helpers/lost-sound.ts';
import { tempFolder } from '../../../helpers/temp.ts';
import { type AgentMachine, CUSTOMER_HZ, RelayedCallWorld } from '../relayed-call-world.ts';
import { heardUntil, RECORDING_SECRET, recordingsIn } from './recording-files.ts';

/** What a kill may cost, in ms. */
const MOST_LOST_MS = 1_000;
const isThorough = process.env['RINGDESK_THOROUGH'] !== undefined;
/** `npm run test:recording` kills 50 times: 20 media processes, 15 relays, 15 consoles. */
const rounds = (thorough: number, daily: number) =>
  Array.from({ length: isThorough ? thorough : daily }, (_, round) => round);
/** So many packets of 20 ms are heard before the kill: never at the same place of a second. */
const packets = (round: number) => 25 + ((round * 37) % 90);

const now = () => performance.timeOrigin + performance.now();
const lost: number[] = [];
function expectKept(killedAt: number, until: readonly number[]): void {
  for (const end of until) {
    lost.push(Math.round(killedAt - end));
    expect(killedAt - end).toBeLessThanOrEqual(withinGoal(MOST_LOST_MS, killedAt - MOST_LOST_MS));
  }
}

describe('a recording of the relay', () => {
  const world = new RelayedCallWorld({
    apart: true,
    recording: { key: RECORDING_SECRET },
    account: { recording: { by: 'relay', consent: 'agent', where: 'relay', pauseForSeconds: 5 } },
  });

  /** Ana's call, which is recorded; its file is the newest. */
  async function recorded(ana: AgentMachine) {
    const before = recordingsIn(world.folder);
    const callId = await world.talk(ana);
    expect(await ana.console.record(callId, 'confirm')).toEqual({ kind: 'granted' });
    await ana.console.call((call) => {
      return call.callId === callId && call.recording?.state.step === 'on';
    });
    const file = recordingsIn(world.folder).find((one) => !before.includes(one)) ?? '';
    return { callId, file };
  }

  it('loses at most a second when its media process is killed', async () => {
    const ana = await world.join('ana');
    for (const round of rounds(20, 1)) {
      const { callId, file } = await recorded(ana);
      await ana.peer?.detectors[0].more(packets(round));
      const restarted = world.logged('media.started');
      const killedAt = now();
      world.killMedia();
      await ana.console.call((call) => call.callId === callId && call.state === 'ended');
      await restarted;
      const { stop, until } = await heardUntil(file);
      expect(stop.why).toBe('unfinished');
      expectKept(killedAt, until);
    }
  }, 300_000);

  it('ends with a full disk, which the card says, and the call goes on', async () => {
    const ana = await world.join('ana');
    const { callId, file } = await recorded(ana);
    await ana.peer?.detectors[0].more(50);
    world.fillMediaDisk();
    const { recording } = await ana.console.call((call) => call.recording?.state.step === 'failed');
    expect(recording?.state).toEqual({ step: 'failed', why: 'disk-full' });
    await ana.hears(CUSTOMER_HZ);
    // What was recorded before stays.
    for (const end of (await heardUntil(file)).until) {
      expect(end).toBeGreaterThan(recording?.since ?? Infinity);
    }
    expect(await ana.console.hangUp(callId)).toEqual({ kind: 'granted' });
  });

  it('goes on when the relay is killed, and is complete when it is back', async () => {
    let ana = await world.join('ana');
    for (const round of rounds(15, 1)) {
      const { callId, file } = await recorded(ana);
      await ana.peer?.detectors[0].more(packets(round));
      // A pause ends by itself, whether or not the relay is there.
      if (round === 0) await ana.console.record(callId, 'pause');
      await world.stopRelay('SIGKILL');
      await ana.peer?.detectors[0].more(25);
      const { until } = await heardUntil(file);
      expectKept(now(), until);
      await world.startRelay();
      const { peer } = ana;
      ana = await world.join('ana');
      ana.peer = peer;
      await ana.console.call(({ recording }) => recording?.state.step === 'on');
      expect(await ana.console.hangUp(callId)).toEqual({ kind: 'granted' });
      await expect.poll(async () => (await heardUntil(file)).stop.why).toBe('complete');
    }
  }, 300_000);
});

it('a recording of the console loses at most a second when the console is killed', async () => {
  const script = fileURLToPath(new URL('../../../helpers/record-forever.ts', import.meta.url));
  for (const round of rounds(15, 2)) {
    const folder = tempFolder();
    const child = spawn(process.execPath, ['--no-warnings', script, folder, RECORDING_SECRET], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const exited = once(child, 'exit');
    let slices = 0;
    let killedAt = 0;
    // Each line is a slice that the softphone has sent; the kill falls anywhere between two.
    for await (const _ of createInterface({ input: child.stdout })) {
      if (++slices !== 3) continue;
      setTimeout(
        () => {
          killedAt = now();
          child.kill('SIGKILL');
        },
        (round * 97) % 480,
      );
    }
    expect(await exited).toEqual([null, 'SIGKILL']);
    const file = join(folder, 'killed.rdrec');
    const { stop, until } = await heardUntil(file, [recordingKeyOf(RECORDING_SECRET)]);
    expect(stop.why).toBe('unfinished');
    expectKept(killedAt, until);
  }
}, 120_000);

it('a full disk ends the recording of the console, and not the call', async () => {
  const script = fileURLToPath(new URL('../../../helpers/record-forever.ts', import.meta.url));
  const folder = tempFolder();
  const child = spawn(process.execPath, ['--no-warnings', script, folder, RECORDING_SECRET], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const lines: string[] = [];
  let fullAt = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push(line);
    if (lines.length === 3) {
      fullAt = now();
      limitFiles(child.pid, true);
    }
    // The softphone goes on.
    if (lines.includes('disk-full') && lines.at(-1) !== 'disk-full') child.kill('SIGKILL');
  }
  await exited;
  expect(lines.filter((line) => line === 'disk-full')).toHaveLength(1);
  const file = join(folder, 'killed.rdrec');
  const { until } = await heardUntil(file, [recordingKeyOf(RECORDING_SECRET)]);
  for (const end of until)
    expect(fullAt - end).toBeLessThanOrEqual(withinGoal(MOST_LOST_MS, fullAt - MOST_LOST_MS));
}, 30_000);

it('says what was lost at most', () => {
  if (isThorough) {
    process.stdout.write(lostSound(lost));
  }
  expect(lost.length).toBeGreaterThan(0);
});
