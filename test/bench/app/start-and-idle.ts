import { setTimeout as pause } from 'node:timers/promises';
import { percentiles } from '../percentiles.ts';
import type { Desk } from './desk.ts';
import { type Program, RunningProgram } from './program.ts';
import { usageOf } from './processes.ts';

export interface Start {
  blankMs: number;
  ringdeskMs: number;
  ratio: number;
  pairs: readonly { blankMs: number; ringdeskMs: number }[];
}

export interface Idle {
  blankPssMb: number;
  /** With a second, hidden window, as the console has: the floor under its memory. */
  twoBlankPssMb: number;
  /** With a database, a socket and a look at the devices, but without any code of ours. */
  partsPssMb: number;
  pssMb: number;
  ratio: number;
  /** Of one core. */
  cpuPercent: number;
  blankCpuPercent: number;
  /** By kind of process. */
  kinds: Record<string, { pssMb: number; cpuPercent: number }>;
}

/** Until the first work is done: the numbers are asked about, and V8 has tidied up after the start. */
const SETTLED_MS = 30_000;

/** Starts both one after the other, so that what else the machine does meets both. */
export async function measureStart(desk: Desk, userData: string, pairs: number): Promise<Start> {
  const measured: { blankMs: number; ringdeskMs: number }[] = [];
  // The first pair fills the system's cache of files.
  for (let pair = 0; pair <= pairs; pair++) {
    const blankMs = await startOnce(desk, undefined);
    const ringdeskMs = await startOnce(desk, userData);
    if (pair > 0) measured.push({ blankMs, ringdeskMs });
  }
  const median = (values: readonly number[]) => Math.round(percentiles(values).p50Ms);
  return {
    blankMs: median(measured.map(({ blankMs }) => blankMs)),
    ringdeskMs: median(measured.map(({ ringdeskMs }) => ringdeskMs)),
    ratio: ratioOf(
      percentiles(measured.map(({ blankMs, ringdeskMs }) => ringdeskMs / blankMs)).p50Ms,
      1,
    ),
    pairs: measured,
  };
}

async function startOnce(desk: Desk, userData: string | undefined): Promise<number> {
  const running = await RunningProgram.start(desk.program(userData));
  await running.stop();
  return running.startMs;
}

/** What both use while nothing happens. */
export async function measureIdle(desk: Desk, userData: string, seconds: number): Promise<Idle> {
  const blank = await idle(desk.program(undefined), seconds);
  const two = await idle(desk.program(undefined, '--second-window'), seconds);
  const parts = await idle(desk.program(undefined, '--parts'), seconds);
  const ringdesk = await idle(desk.program(userData), seconds);
  return {
    blankPssMb: Math.round(blank.pssMb),
    twoBlankPssMb: Math.round(two.pssMb),
    partsPssMb: Math.round(parts.pssMb),
    pssMb: Math.round(ringdesk.pssMb),
    ratio: ratioOf(ringdesk.pssMb, blank.pssMb),
    cpuPercent: ringdesk.cpuPercent,
    blankCpuPercent: blank.cpuPercent,
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
  const percent = (cpuMs: number) => Number((cpuMs / seconds / 10).toFixed(2));
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

const ratioOf = (a: number, b: number) => Number((a / b).toFixed(2));
