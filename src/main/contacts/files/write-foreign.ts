import { writeFile } from 'node:fs/promises';

/**
 * Writes what a stranger sent, readable by this person only and never marked as a program. On Windows it is marked as
 * coming from the internet, so that what opens it is careful.
 *
 * @throws what the disk threw
 */
export async function writeForeign(
  path: string,
  bytes: Uint8Array,
  platform: NodeJS.Platform = process.platform,
): Promise<void> {
  await writeFile(path, bytes, { mode: 0o600 });
  if (platform !== 'win32') return;
  // Only NTFS has room for the mark.
  await writeFile(`${path}:Zone.Identifier`, '[ZoneTransfer]\r\nZoneId=3\r\n').catch(
    () => undefined,
  );
}
