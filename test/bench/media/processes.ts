import { Load, type Step } from './load.ts';

/** One media process beside two, by CPU time. */
export interface ProcessesResult {
  callsEach: number;
  one: ProcessesStep;
  two: ProcessesStep;
  /** How many times the calls of one process two carry where each has a core. */
  timesTheCalls: number;
}

interface ProcessesStep {
  cpuUsPerPacket: number;
  packetsPerSecond: number;
  lossPercent: number;
}

/**
 * Measures what a packet costs in one process, and in each of two that run at once with as many
 * calls each. A process carries as many calls as its core has time for, so two on two cores carry
 * `2 × cost alone / cost beside another`. By CPU time, because the load needs cores as well.
 */
export async function measureProcesses(
  callsEach: number,
  seconds: number,
  rounds: number,
): Promise<ProcessesResult> {
  const loads = [await Load.open([]), await Load.open([])] as const;
  for (const load of loads) await load.grow(callsEach);
  const alone: ProcessesStep[] = [];
  const beside: ProcessesStep[] = [];
  // Alternating, so that other load on the machine affects both alike.
  for (let round = 0; round < rounds; round++) {
    alone.push(together([await loads[0].forward(seconds)]));
    beside.push(together(await Promise.all(loads.map((load) => load.forward(seconds)))));
  }
  for (const load of loads) await load.close();
  const [one, two] = [cheapest(alone), cheapest(beside)];
  return { callsEach, one, two, timesTheCalls: (2 * one.cpuUsPerPacket) / two.cpuUsPerPacket };
}

function together(steps: readonly Step[]): ProcessesStep {
  const sum = (value: (step: Step) => number) =>
    steps.reduce((total, step) => total + value(step), 0);
  return {
    cpuUsPerPacket: sum(({ cpuUsPerPacket }) => cpuUsPerPacket) / steps.length,
    packetsPerSecond: sum(({ packetsPerSecond }) => packetsPerSecond),
    lossPercent: Math.max(...steps.map(({ lossPercent }) => lossPercent)),
  };
}

/** Other load on the machine can only add to the cost. */
const cheapest = (steps: readonly ProcessesStep[]): ProcessesStep =>
  steps.reduce((best, step) => (step.cpuUsPerPacket < best.cpuUsPerPacket ? step : best));
