import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Load, type Step } from './load.ts';

/** The same calls with and without being recorded. */
interface RecordingResult {
  off: Step;
  on: Step;
  /** CPU time of a packet, recorded ÷ not recorded: the median of all rounds. */
  ratio: number;
  ratios: readonly number[];
}

/**
 * Measures what recording costs: one media process records every call, the other none. They take turns, and each round
 * gives a ratio of its own, so that other work on the machine affects both alike.
 */
export async function measureRecording(
  calls: number,
  seconds: number,
  rounds: number,
): Promise<RecordingResult> {
  const folder = mkdtempSync(join(tmpdir(), 'ringdesk-bench-'));
  const [off, on] = [await Load.open([]), await Load.open([], folder)];
  for (const load of [off, on]) await load.grow(calls);
  const steps: { off: Step; on: Step }[] = [];
  for (let round = 0; round < rounds; round++) {
    steps.push({ off: await off.forward(seconds), on: await on.forward(seconds) });
  }
  for (const load of [off, on]) await load.close();
  rmSync(folder, { recursive: true });
  const ratios = steps
    .map((step) => step.on.cpuUsPerPacket / step.off.cpuUsPerPacket)
    .sort((a, b) => a - b);
  return {
    off: cheapest(steps.map((step) => step.off)),
    on: cheapest(steps.map((step) => step.on)),
    ratio: ratios[Math.floor(ratios.length / 2)] ?? NaN,
    ratios,
  };
}

/** Other load on the machine can only add to the cost. */
const cheapest = (steps: readonly Step[]): Step =>
  steps.reduce((best, step) => (step.cpuUsPerPacket < best.cpuUsPerPacket ? step : best));

/** For people. */
export function recordingTable({ off, on, ratio, ratios }: RecordingResult): string {
  const row = (name: string, step: Step) =>
    `| ${[
      name,
      step.calls,
      step.packetsPerSecond.toFixed(0),
      step.cpuUsPerPacket.toFixed(1),
      step.cpuPercent.toFixed(0),
      `${step.p50Ms.toFixed(2)} / ${step.p99Ms.toFixed(2)}`,
      step.lossPercent.toFixed(2),
      step.waitedPercent.toFixed(0),
      step.rssMib.toFixed(0),
    ].join(' | ')} |`;
  return [
    '| recorded | calls | packets/s | µs a packet | CPU % of a core | p50 / p99 ms | lost % | core taken by others % | MiB |',
    '|---|---|---|---|---|---|---|---|---|',
    row('no', off),
    row('yes', on),
    '',
    `Recording takes ${ratio.toFixed(2)} times the CPU time (rounds: ${ratios.map((one) => one.toFixed(2)).join(', ')}).`,
  ].join('\n');
}
