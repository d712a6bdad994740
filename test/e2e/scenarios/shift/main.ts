import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { ana, bea, cara } from '../../harness/agents.ts';
import type { Runtime } from '../runtime.ts';
import { openTeamContext, type TeamContext } from '../team/context.ts';
import { count, type ShiftReport } from './count.ts';
import { Desk, type Desks, TEAM } from './desk.ts';
import { recordClosed } from './record.ts';
import { addVoicemail, decline } from './voicemail.ts';
import {
  expectedTodos,
  type PlannedCall,
  type Step,
  stepsOf,
  type Task,
  type Volume,
  wholeShift,
} from './script.ts';

/** How long a customer waits whom nobody answers, in ms. */
const PATIENCE_MS = 1200;
const LOOK_MS = 100;
/** Four times what it takes on two idle cores. */
const LONGEST_MS = 480_000;

/**
 * Plays half an hour of a busy desk in two minutes, and reports what it came to.
 *
 * @returns the exit code; 1 if something was lost, or somebody waits who should not
 */
export async function reportShift(
  runtime: Runtime,
  json: string | undefined,
  say: (line: string) => void,
): Promise<number> {
  if (json !== undefined) mkdirSync(dirname(resolve(json)), { recursive: true });
  const report = await playShift(runtime, wholeShift, say);
  const text = `${JSON.stringify(report, null, 2)}\n`;
  if (json === undefined) say(text);
  else {
    writeFileSync(json, text);
    say(`The report is in ${json}.`);
  }
  const { open, closed } = expectedTodos(wholeShift);
  const isWhole = report.lost === 0 && report.openTodos === open && report.closedTodos === closed;
  return isWhole ? 0 : 1;
}

/** Plays a busy shift on three consoles: agents take calls, write notes, and take care of who waits. */
async function playShift(
  runtime: Runtime,
  volume: Volume,
  say: (line: string) => void,
): Promise<ShiftReport> {
  const folder = mkdtempSync(join(tmpdir(), 'ringdesk-shift-'));
  const context = await openTeamContext(runtime, folder, say, { wrapUpSeconds: 30 });
  try {
    return await play(context, volume);
  } finally {
    await context.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function play({ backend, open, say }: TeamContext, volume: Volume): Promise<ShiftReport> {
  const { simulator } = backend;
  const steps = stepsOf(volume);
  const calls = steps.flatMap((step) => (step.kind === 'call' ? [step.call] : []));
  const tasks: Task[] = [];
  const begun = new Set<PlannedCall>();
  let isOver = false;
  const desks: Desks = {
    callOf: (card) => calls.find(({ customer }) => card.includes(customer.name)),
    begin: (call) => {
      const isFirst = !begun.has(call);
      begun.add(call);
      return isFirst;
    },
    nextTask: () => tasks.shift(),
    addTask: (task) => tasks.push(task),
    isOver: () => isOver,
    say,
  };
  await addVoicemail(simulator);
  const team: Desk[] = [];
  for (const agent of [ana, bea, cara]) {
    team.push(new Desk(agent.name, await open({ ...agent, team: TEAM }), desks));
  }
  const apps = team.map(({ app }) => app);
  const closed = await Promise.all(apps.map(({ window }) => recordClosed(window)));
  const startedAt = Date.now();
  const working = Promise.all(team.map((desk) => desk.work()));
  // Whoever cannot go on ends the shift.
  const stopped = working.then(() => undefined);
  const until = async (is: () => boolean) => {
    while (!is()) {
      if (Date.now() - startedAt > LONGEST_MS) throw new Error('the shift does not end');
      await Promise.race([setTimeout(LOOK_MS), stopped]);
    }
  };
  const rings = () => simulator.calls().some(({ acceptedAt, endedAt }) => !acceptedAt && !endedAt);
  try {
    for (const step of steps) {
      await until(() => !rings() && team.some(({ isBusy }) => !isBusy));
      await happen(step);
    }
    await until(() => tasks.length === 0 && team.every(({ isBusy }) => !isBusy));
  } finally {
    isOver = true;
  }
  await working;
  const seconds = Math.round((Date.now() - startedAt) / 1000);
  const recorded = await Promise.all(closed.map((read) => read()));
  return {
    scenario: 'shift',
    consoles: team.length,
    seconds,
    transferred: team.reduce((sum, { transferred }) => sum + transferred, 0),
    ...(await count(simulator, apps, steps, recorded, say)),
  };

  async function happen(step: Step): Promise<void> {
    switch (step.kind) {
      case 'call': {
        const { customer } = step.call;
        simulator.setCustomer(customer, { permission: 'temporary', answerAfterMs: 500 });
        await simulator.startCall({ customer, kind: 'tone' });
        return;
      }
      case 'missed': {
        const { customer, voicemail } = step;
        const plan = voicemail ? { voicemail: {} } : { ringForMs: PATIENCE_MS };
        const { callId } = await simulator.startCall({ customer, ...plan });
        say(`${customer.name} calls, and ${voicemail ? 'speaks on the voicemail' : 'gives up'}.`);
        if (voicemail) await decline(simulator, callId);
        await simulator.waitFor(() => simulator.report(callId)?.endedAt, { what: 'its end' });
        return;
      }
      case 'message': {
        const { customer, text } = step;
        simulator.writeMessage({ customer, text });
        say(`${customer.name} writes: ${text}`);
        return;
      }
      case 'task':
        tasks.push(step.task);
        return;
    }
  }
}
