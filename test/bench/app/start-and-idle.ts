import { setTimeout as pause } from 'node:timers/promises';
import { percentiles } from '../percentiles.ts';
import { type Program, RunningProgram } from './program.ts';
import { usageOf } from './processes.ts';

/** What is measured beside each other. */
export interface Programs {
  /** A window with one word. */
  blank: Program;
  /** What any console has to do, and no code of ours. */
  parts: Program;
  ringdesk: Program;
}

export interface Start {
  blankMs: number;
  partsMs: number;
  ringdeskMs: number;
  /** Of the parts to the blank window: the floor under `ratio`. */
  partsRatio: number;
  /** Of the console to the blank window. */
  ratio: number;
  pairs: readonly Record<keyof Programs, number>[];
}

export interface Idle {
  blankPssMb: number;
  /** With a second, hidden window, as the console has: the floor under its memory. */
  twoBlankPssMb: number;
  /** Of what any console has to do. */
  partsPssMb: number;
  pssMb: number;
  ratio: number;
  /** Of one core. */
  cpuPercent: number;
  blankCpuPercent: number;
  partsCpuPercent: number;
  /** By kind of process. */
  kinds: Record<string, { pssMb: number; cpuPercent: number }>;
}

/** Until the first work is done: the numbers are asked about, and V8 has tidied up after the start. */
const SETTLED_MS = 30_000;

/** Starts them one after the other, so that what else the machine does meets all. The first one changes each time. */
export async function measureStart(programs: Programs, pairs: number): Promise<Start> {
  const measured: Record<keyof Programs, number>[] = [];
  const order: (keyof Programs)[] = ['blank', 'parts', 'ringdesk'];
  // The first round fills the system's cache of files.
  for (let pair = 0; pair <= pairs; pair++) {
    const times = { blank: NaN, parts: NaN, ringdesk: NaN };
    for (const name of order) times[name] = await startOnce(programs[name]);
    if (pair > 0) measured.push(times);
    order.push(...order.splice(0, 1));
  }
  const median = (of: (times: Record<keyof Programs, number>) => number) =>
    percentiles(measured.map(of)).p50Ms;
  return {
    blankMs: Math.round(median(({ blank }) => blank)),
    partsMs: Math.round(median(({ parts }) => parts)),
    ringdeskMs: Math.round(median(({ ringdesk }) => ringdesk)),
    partsRatio: rounded(median(({ blank, parts }) => parts / blank)),
    ratio: rounded(median(({ blank, ringdesk }) => ringdesk / blank)),
    pairs: measured,
  };
}

async function startOnce(program: Program): Promise<number> {
  const running = await RunningProgram.start(program);
  await running.stop();
  return running.startMs;
}

/** What they use while nothing happens. */
export async function measureIdle(
  programs: Programs & { twoBlank: Program },
  seconds: number,
): Promise<Idle> {
  const blank = await idle(programs.blank, seconds);
  const two = await idle(programs.twoBlank, seconds);
  const parts = await idle(programs.parts, seconds);
  const ringdesk = await idle(programs.ringdesk, seconds);
  return {
    blankPssMb: Math.round(blank.pssMb),
    twoBlankPssMb: Math.round(two.pssMb),
    partsPssMb: Math.round(parts.pssMb),
    pssMb: Math.round(ringdesk.pssMb),
    ratio: rounded(ringdesk.pssMb / blank.pssMb),
    cpuPercent: ringdesk.cpuPercent,
    blankCpuPercent: blank.cpuPercent,
    partsCpuPercent: parts.cpuPercent,
    kinds: ringdesk.kinds,
  };
}

async function idle(program: Program, seconds: number) {
  const running = await RunningProgram.start(program);
  await pause(SETTLED_MS);
  const before = usageOf(running.pid);
  await pause(seconds * 1000);
  const after = usageOf(running.pid);
  await running.stop();
  const percent = (cpuMs: number) => rounded(cpuMs / seconds / 10);
  const kinds: Idle['kinds'] = {};
  for (const [kind, { pssMb, cpuMs }] of Object.entries(after.kinds)) {
    const cpuPercent = percent(cpuMs - (before.kinds[kind]?.cpuMs ?? 0));
    kinds[kind] = { pssMb: Math.round(pssMb), cpuPercent };
  }
  return {
    pssMb: after.pssMb,
    cpuPercent: percent(after.cpuMs - before.cpuMs),
    kinds,
  };
}

const rounded = (value: number) => Number(value.toFixed(2));
