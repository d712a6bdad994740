import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { tempFolder } from './temp.ts';

/** Only root mounts. */
function asRoot(...command: readonly string[]): void {
  const [file = '', ...args] = process.getuid?.() === 0 ? command : ['sudo', '-n', ...command];
  execFileSync(file, args);
}

/** A small disk of its own, in a folder. */
export class SmallDisk {
  readonly folder = join(tempFolder(), 'disk');

  constructor(megabytes: number) {
    mkdirSync(this.folder);
    asRoot('mount', '-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', this.folder);
    onTestFinished(() => asRoot('umount', '--lazy', this.folder));
  }

  /** From now on it cannot be written, or can again. Nobody has a file of it open for writing. */
  setReadOnly(on: boolean): void {
    asRoot('mount', '-o', `remount,${on ? 'ro' : 'rw'}`, this.folder);
  }
}
