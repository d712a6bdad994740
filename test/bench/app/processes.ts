import { readdirSync, readFileSync } from 'node:fs';

/** Clock ticks per second in `/proc`: the same on every Linux. */
const TICKS_PER_SECOND = 100;

/** What a program and all its children use. */
export interface Usage {
  /** Memory, pages that several processes share counted once. */
  pssMb: number;
  cpuMs: number;
  /** By kind of process, such as `renderer`; the first one is `main`. */
  kinds: Record<string, { pssMb: number; cpuMs: number }>;
}

export function usageOf(root: number): Usage {
  const total: Usage = { pssMb: 0, cpuMs: 0, kinds: {} };
  for (const pid of family(root)) {
    const pssMb = Number(/^Pss:\s+(\d+)/m.exec(read(pid, 'smaps_rollup'))?.[1] ?? 0) / 1024;
    const fields = statOf(pid);
    const cpuMs = ((Number(fields[11]) + Number(fields[12])) * 1000) / TICKS_PER_SECOND;
    const kind = kindOf(read(pid, 'cmdline'));
    const sum = (total.kinds[kind] ??= { pssMb: 0, cpuMs: 0 });
    sum.pssMb += pssMb;
    sum.cpuMs += cpuMs;
    total.pssMb += pssMb;
    total.cpuMs += cpuMs;
  }
  return total;
}

function kindOf(commandLine: string): string {
  const type = /--type=([\w-]+)/.exec(commandLine)?.[1];
  const service = /--utility-sub-type=([\w.]+)/.exec(commandLine)?.[1];
  return service ?? type ?? 'main';
}

/** The process and everything that descends from it. */
function family(root: number): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    if (/^\d+$/.test(name)) parents.set(Number(name), Number(statOf(Number(name))[1]));
  }
  const members = new Set([root]);
  for (let size = 0; size < members.size;) {
    size = members.size;
    for (const [pid, parent] of parents) if (members.has(parent)) members.add(pid);
  }
  return [...members];
}

/** The fields of a process's state after its name, which may contain anything. */
const statOf = (pid: number) =>
  read(pid, 'stat')
    .replace(/^.*\) /s, '')
    .split(' ');

/** Empty for a process that ended meanwhile. */
function read(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}
