import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { readFileSync } from 'node:fs';

/** Exports the log from the command line while the console is open. */
export async function exportLog(
  start: {
    electronPath: string;
    machineArgs: readonly string[];
    appPath: string;
    userData: string;
    env: NodeJS.ProcessEnv;
  },
  path: string,
): Promise<{ path: string; rows: number }> {
  await promisify(execFile)(
    start.electronPath,
    [
      ...start.machineArgs,
      start.appPath,
      `--user-data-dir=${start.userData}`,
      `--export-calls=${path}`,
      '--format=csv',
    ],
    { env: start.env },
  );
  // Counts the file's own lines rather than trusting the export.
  const lines = readFileSync(path, 'utf8').trimEnd().split('\r\n');
  return { path, rows: lines.length - 1 };
}
