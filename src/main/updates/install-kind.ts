import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { NoUpdates } from '../../shared/ipc/updates.ts';

/** How this copy was installed, and so how it is updated. */
export type InstallKind = 'nsis' | 'mac' | 'appimage' | 'deb' | 'rpm';

/** Where the Linux packages put the program. */
const INSTALLED = '/opt/Ringdesk/ringdesk';

/**
 * How this copy was installed; why it does not update itself if it does not.
 *
 * @param at.program the file that runs
 * @param at.resources the folder beside it
 */
export function installKind(at: {
  platform: NodeJS.Platform;
  program: string;
  resources: string;
  env: NodeJS.ProcessEnv;
}): { kind: InstallKind } | { why: NoUpdates } {
  switch (at.platform) {
    case 'win32':
      return existsSync(join(dirname(at.program), 'Uninstall Ringdesk.exe'))
        ? { kind: 'nsis' }
        : { why: 'administrator' };
    case 'darwin':
      // Started from the disk image, it has nothing to replace.
      return at.program.startsWith('/Volumes/') ? { why: 'not-installed' } : { kind: 'mac' };
    case 'linux':
      return onLinux(at);
    default:
      return { why: 'not-installed' };
  }
}

function onLinux({
  program,
  resources,
  env,
}: Parameters<typeof installKind>[0]): ReturnType<typeof installKind> {
  if (env['APPIMAGE'] !== undefined) return { kind: 'appimage' };
  // An archive can contain the mark as well.
  if (program !== INSTALLED) return { why: 'not-installed' };
  const type = readMark(join(resources, 'package-type'));
  return type === 'deb' || type === 'rpm' ? { kind: type } : { why: 'not-installed' };
}

function readMark(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return undefined;
  }
}
