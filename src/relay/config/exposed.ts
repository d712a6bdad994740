import { statSync } from 'node:fs';
import path from 'node:path';

/** Others on this machine: neither the owner nor the group. */
const OTHERS = 0o007;

/**
 * Which of the relay's files everybody on this machine can read or change: the config with its secrets, and the data
 * with customers' numbers. Windows does not express rights this way, so nothing is reported there.
 */
export function exposedFiles(
  configFile: string,
  dataDir: string,
  platform: NodeJS.Platform = process.platform,
): readonly { file: string; why: string }[] {
  if (platform === 'win32') return [];
  const data = path.join(dataDir, 'relay.sqlite');
  // A folder that others cannot enter protects its files.
  const found = isOpen(dataDir) && isOpen(data) ? [configFile, dataDir] : [configFile];
  return found.filter(isOpen).map((file) => ({
    file,
    why: `can be read by everybody on this machine. Run: chmod o-rwx "${file}"`,
  }));
}

function isOpen(file: string): boolean {
  const mode = statSync(file, { throwIfNoEntry: false })?.mode ?? 0;
  return (mode & OTHERS) !== 0;
}
