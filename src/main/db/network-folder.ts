import { realpathSync, statfsSync } from 'node:fs';

/** Linux's numbers (statfs(2)) of NFS, SMB 1 to 3, NetWare, AFS, Coda, 9P, Ceph and Lustre. */
const NETWORK_SYSTEMS: ReadonlySet<number> = new Set([
  0x6969, 0x517b, 0xff534d42, 0xfe534d42, 0x564c, 0x5346414f, 0x73757245, 0x01021997, 0x00c36400,
  0x0bd00bd0,
]);

/**
 * Whether a folder is another computer's, as far as the system tells: on Linux by its file system, on Windows by the
 * name of its server, to which drive letters lead. macOS does not tell.
 */
export function isNetworkFolder(folder: string): boolean {
  try {
    if (process.platform === 'win32') return realpathSync.native(folder).startsWith(String.raw`\\`);
    return process.platform === 'linux' && NETWORK_SYSTEMS.has(statfsSync(folder).type >>> 0);
  } catch {
    return false;
  }
}
