import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { readFileSync } from 'node:fs';

/** Exports the log headless, as an administrator would, while the console is still open. */
export async function exportLog(
  console: {
    electronPath: string;
    machineArgs: readonly string[];
    appPath: string;
    userData: string;
    env: NodeJS.ProcessEnv;
  },
  path: string,
): Promise<{ path: string; rows: number }> {
  await promisify(execFile)(
    console.electronPath,
    [
      ...console.machineArgs,
      console.appPath,
      `--user-data-dir=${console.userData}`,
      `--export-calls=${path}`,
      '--format=csv',
    ],
    { env: console.env },
  );
  // Counted in the file itself, not taken from what the export says of itself.
  const lines = readFileSync(path, 'utf8').trimEnd().split('\r\n');
  return { path, rows: lines.length - 1 };
}
