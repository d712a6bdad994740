import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { RemoteSession } from '../../shared/ipc/snapshot.ts';

export interface RemoteSessionFacts {
  platform: NodeJS.Platform;
  env: NodeJS.ProcessEnv;
  /** Whether the registry has a key. */
  hasKey?: (key: string) => Promise<boolean>;
}

const WINDOWS_365 = [
  // Windows App has the first one also where it is only the client.
  String.raw`HKLM\SOFTWARE\Microsoft\Windows365`,
  String.raw`HKLM\SYSTEM\CurrentControlSet\Services\CloudManagedDesktopExtension`,
] as const;
const AZURE_AGENT = String.raw`HKLM\SOFTWARE\Microsoft\RDInfraAgent`;

/**
 * The remote session or virtual desktop in which this runs, by the facts that docs/admin/fleet.md
 * lists; undefined at a computer of one's own.
 */
export async function remoteSession({
  platform,
  env,
  hasKey = keyIsThere,
}: RemoteSessionFacts): Promise<RemoteSession | undefined> {
  // Windows does not care how a variable is spelled.
  const read = (name: string) =>
    Object.entries(env).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1] ?? '';
  if (platform === 'linux') {
    if (read('XRDP_SESSION') !== '') return 'rdp';
    return read('SESSIONTYPE').toLowerCase() === 'citrix' ? 'citrix' : undefined;
  }
  if (platform !== 'win32') return undefined;
  const session = read('SESSIONNAME');
  if (/^ica-/i.test(session)) return 'citrix';
  if (read('ViewClient_Protocol') !== '' || read('ViewClient_Machine_Name') !== '') {
    return 'horizon';
  }
  if (!/^rdp-/i.test(session)) return undefined;
  const cloud = await Promise.all(WINDOWS_365.map(hasKey));
  if (cloud.every(Boolean)) return 'windows365';
  return (await hasKey(AZURE_AGENT)) ? 'avd' : 'rdp';
}

async function keyIsThere(key: string): Promise<boolean> {
  const program = `${process.env['SystemRoot'] ?? String.raw`C:\Windows`}\\System32\\reg.exe`;
  try {
    await promisify(execFile)(program, ['query', key], { windowsHide: true, timeout: 5_000 });
    return true;
  } catch {
    return false;
  }
}
