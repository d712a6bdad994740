import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { randomInt } from 'node:crypto';
import { dirname, join } from 'node:path';
import { t } from '../../shared/i18n/i18n.ts';
import type { SetUpDone } from '../../shared/ipc/set-up.ts';
import { isComplete, setUpProblems, type SetUp } from '../../shared/set-up/set-up.ts';
import { messageOf } from '../log.ts';
import { Refusal } from '../refusal.ts';
import { setUpFiles } from './set-up-files.ts';

/**
 * Writes a set-up into a folder, which only its owner can then read.
 *
 * @param folder chosen by the admin; files that are there stay as they are
 * @throws Refusal in words; then nothing was written
 */
export async function writeSetUp(typed: SetUp, folder: string): Promise<SetUpDone> {
  if (!isComplete(setUpProblems(typed))) throw refused(t('setUp.incomplete'));
  const there = await readdir(folder).catch((): string[] => []);
  if (there.includes('relay.json')) throw refused(t('setUp.folderTaken', { folder }));
  const { files, done } = setUpFiles(typed, folder, { below: randomInt, now: Date.now() });
  const written: string[] = [];
  try {
    for (const { name, text } of files) {
      const path = join(folder, name);
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      await writeFile(path, text, { flag: 'wx', mode: 0o600 });
      written.push(path);
    }
  } catch (error) {
    await Promise.all(written.map((path) => rm(path, { force: true })));
    throw refused(t('setUp.notWritten', { folder, why: messageOf(error) }));
  }
  return done;
}

const refused = (message: string) => new Refusal({ code: 'set-up', message });
