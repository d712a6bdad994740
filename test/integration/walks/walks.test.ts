import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { tempFolder } from '../../helpers/temp.ts';
import { beside, walks } from '../../helpers/walks.ts';

const script = fileURLToPath(new URL('ring-and-accept.ts', import.meta.url));
const files = z.object({ webhook: z.array(z.string()), accept: z.array(z.string()) });

/** Electron and the windows, which the program replaces. */
const isElsewhere = (file: string) =>
  /^src\/(renderer|preload)\//.test(file) || file === 'src/main/windows/main-window.ts';

test('the walks of docs/architecture.md name exactly the files that run', async () => {
  const program = [script, tempFolder()];
  const { stdout } = await promisify(execFile)(process.execPath, ['--no-warnings', ...program]);
  const ran = files.parse(JSON.parse(stdout));
  for (const walk of ['webhook', 'accept'] as const) {
    const steps = walks[walk].map(({ file }) => file);
    const unmentioned = ran[walk].filter(
      (file) =>
        !steps.includes(file) &&
        !beside.some((one) => (one.endsWith('/') ? file.startsWith(one) : file === one)),
    );
    expect(unmentioned, `run on the ${walk} walk`).toEqual([]);
    const idle = steps.filter((file) => !isElsewhere(file) && !ran[walk].includes(file));
    expect(idle, `do not run on the ${walk} walk`).toEqual([]);
  }
});
