import { spawn } from 'node:child_process';
import { accessSync, chmodSync, constants, copyFileSync, existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { UpdateProblem } from './problem.ts';

/** pkexec's own exit codes: the person closed its question, or may not do it. */
const DISMISSED = 126;
const NOT_ALLOWED = 127;

/** How a Linux package is put in place, by its kind. Going back to an older one is the same command. */
const COMMANDS = {
  deb: (file: string) => ['dpkg', '--install', file],
  rpm: (file: string) => ['rpm', '--upgrade', '--oldpackage', '--replacepkgs', file],
} as const;

/**
 * Installs a Linux package as the administrator, whose password the system asks for.
 *
 * @throws UpdateProblem
 */
export async function installPackage(kind: 'deb' | 'rpm', file: string): Promise<void> {
  const command = COMMANDS[kind](file);
  const isRoot = process.getuid?.() === 0;
  if (!isRoot && !isOnPath('pkexec')) {
    throw new UpdateProblem('not-allowed', 'pkexec is missing, which asks for the password');
  }
  const [program = '', ...args] = isRoot ? command : ['pkexec', ...command];
  const { code, said } = await run(program, args);
  if (code === 0) return;
  const isRefused = !isRoot && (code === DISMISSED || code === NOT_ALLOWED);
  throw new UpdateProblem(isRefused ? 'not-allowed' : 'installer', `${program}: ${code}: ${said}`);
}

/** Puts an AppImage in place of the one that runs. @throws if it cannot be written */
export function replaceAppImage(file: string, running: string): void {
  const partial = `${running}.new`;
  copyFileSync(file, partial);
  chmodSync(partial, 0o755);
  renameSync(partial, running);
}

function isOnPath(program: string): boolean {
  const folders = (process.env['PATH'] ?? '').split(':').filter((folder) => folder.startsWith('/'));
  return folders.some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return existsSync(join(folder, program));
    } catch {
      return false;
    }
  });
}

const LONGEST_SAID = 2_000;

function run(program: string, args: readonly string[]): Promise<{ code: number; said: string }> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-LONGEST_SAID);
    });
    child.on('error', (error) => resolve({ code: -1, said: error.message }));
    child.on('close', (code) => resolve({ code: code ?? -1, said: said.trim() }));
  });
}
