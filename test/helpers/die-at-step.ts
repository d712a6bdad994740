import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import Database from 'better-sqlite3';

/**
 * Opens a log as a start of the console does: encrypts it with the first key unless it is, then migrates it. It dies as
 * by kill -9 before its `nth` step, which is a statement or a change of a file.
 *
 * Arguments: the log, `nth`, keys. Prints how many steps there were if it came to the end.
 */
const [path = '', nth = '', ...keys] = process.argv.slice(2);
let steps = 0;

function count(): void {
  steps += 1;
  if (steps === Number(nth)) process.kill(process.pid, 'SIGKILL');
}

function counted(target: object, names: readonly string[]): void {
  for (const name of names) {
    const plain: unknown = Reflect.get(target, name);
    if (typeof plain !== 'function') throw new Error(`there is no ${name}`);
    Reflect.set(target, name, function (this: unknown, ...args: unknown[]): unknown {
      count();
      return Reflect.apply(plain, this, args);
    });
  }
}

counted(Database.prototype, ['exec', 'pragma', 'prepare', 'close']);
counted(fs, ['copyFileSync', 'fsyncSync', 'renameSync', 'rmSync']);
syncBuiltinESMExports();

const { encryptFile } = await import('../../src/main/db/at-rest/encrypt-file.ts');
const { openDatabase } = await import('../../src/main/db/open.ts');
encryptFile({ path, keys });
openDatabase({ path, keys }).db.close();
process.stdout.write(`${steps}\n`);
