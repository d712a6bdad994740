import type { Fairness } from './fairness.ts';
import type { Ingest, Row, Storm } from './measure.ts';
import type { Goal } from './goals.ts';

interface Machine {
  cpu: string;
  cores: number;
  node: string;
  /** How many processes wanted to run in the last minute, before the run. */
  load: number;
}

const print = (text: string): void => void process.stdout.write(`${text}\n`);
const fixed = (value: number, digits = 0): string => value.toFixed(digits);

export function printHead({ cpu, cores, node, load }: Machine, webhooks: number): void {
  print(`${cpu}, ${cores} cores, a load of ${fixed(load, 1)} before the run, Node ${node};`);
  print(`${webhooks} webhooks told to each console; CPU time of the server + of the load\n`);
  print(
    '| consoles | server | all joined, ms | bytes of it | CPU of it, ms | KB a console | deliveries/s | p50 / p99 ms | CPU a delivery, µs |',
  );
  print('|---|---|---|---|---|---|---|---|---|');
}

export function printRow(row: Row): void {
  print(
    `| ${[
      row.consoles,
      row.kind,
      fixed(row.joinMs),
      row.joinBytes,
      `${fixed(row.joinCpuMs)} + ${fixed(row.joinLoadCpuMs)}`,
      fixed(row.kbPerConsole, 1),
      fixed(row.deliveriesPerSecond),
      `${fixed(row.p50, 1)} / ${fixed(row.p99, 1)}`,
      `${fixed(row.cpuUsPerDelivery, 1)} + ${fixed(row.loadCpuUsPerDelivery, 1)}`,
    ].join(' | ')} |`,
  );
}

export function printStorm(storm: Storm): void {
  const { consoles, gap, caughtUpMs, lost, doubled, disordered, cpuMs, loadCpuMs } = storm;
  print(
    `\nStorm: ${consoles} consoles cut at once have their gap of ${gap} after ${fixed(caughtUpMs)} ms; lost ${lost}, doubled ${doubled}, out of order ${disordered}; ${fixed(cpuMs)} + ${fixed(loadCpuMs)} ms of CPU.`,
  );
}

export function printIngest(ingest: Ingest): void {
  const { concurrency, committedPerSecond, p50, p99, cpuUsPerWebhook, loadCpuUsPerWebhook } =
    ingest;
  print(
    `Ingest with no console, ${concurrency} at once: ${fixed(committedPerSecond)} committed webhooks/s, p50 ${fixed(p50, 1)} ms, p99 ${fixed(p99, 1)} ms, ${fixed(cpuUsPerWebhook)} + ${fixed(loadCpuUsPerWebhook)} µs of CPU each.`,
  );
}

export function printFairness({ alone, flooded, floodPerSecond }: Fairness): void {
  const times = (now: number, before: number) =>
    `${fixed(now, 1)} ms (${fixed(now / before, 1)} ×)`;
  print(
    `Fairness: while one number floods with ${fixed(floodPerSecond)} webhooks/s, another's webhook is at its console after p50 ${times(flooded.p50Ms, alone.p50Ms)}, p99 ${times(flooded.p99Ms, alone.p99Ms)}; alone after ${fixed(alone.p50Ms, 1)} and ${fixed(alone.p99Ms, 1)} ms.`,
  );
}

export function printGoals(goals: readonly Goal[]): void {
  print('\n| goal | measured | reached |\n|---|---|---|');
  for (const { what, measured, isReached } of goals) {
    print(`| ${what} | ${measured} | ${isReached ? 'yes' : 'no'} |`);
  }
}
