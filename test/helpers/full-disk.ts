import { execFileSync } from 'node:child_process';

/** From now on a process cannot write to any file, as on a full disk; or it can again. */
export function limitFiles(pid: number | undefined, isFull: boolean): void {
  if (pid === undefined) throw new Error('there is no such process');
  execFileSync('prlimit', [
    '--pid',
    String(pid),
    `--fsize=${isFull ? '1' : 'unlimited'}:unlimited`,
  ]);
}
