import { type FileHandle, open, rename, rm } from 'node:fs/promises';

/** A new version of a file, until it takes the file's place. */
export const ANEW = '.anew';

/**
 * Replaces a file once the new version is on the disk: whenever the process ends, one of both is there.
 *
 * @param write writes the whole content
 */
export async function replaceFile(
  path: string,
  write: (file: FileHandle) => Promise<void>,
): Promise<void> {
  const beside = path + ANEW;
  try {
    const file = await open(beside, 'w', 0o600);
    try {
      await write(file);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(beside, path);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}
