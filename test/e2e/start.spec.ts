import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from './harness/console-app.ts';
import { expect, test } from './fixture.ts';

/** `npm start` as one types it, in a process group of its own, as a terminal would give it. */
function npmStart(userData: string, env: NodeJS.ProcessEnv, switches: readonly string[]) {
  const child = spawn('npm', ['start', '--', `--user-data-dir=${userData}`, ...switches], {
    cwd: projectFolder,
    env,
    detached: true,
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  return { child, ended, stdout: () => stdout, stderr: () => stderr };
}

/** Whether any process of the group is left. */
function isAlive(group: number): boolean {
  try {
    process.kill(-group, 0);
    return true;
  } catch {
    return false;
  }
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  test(`npm start says when it is ready and where its log is, and ends with the app on ${signal}`, async ({
    display,
    folder,
  }) => {
    const userData = join(folder, 'data');
    const { child, ended, stdout, stderr } = npmStart(
      userData,
      { ...process.env, ...display.env },
      // As it starts at sign-in: whoever asks for it is told all the same.
      signal === 'SIGTERM' ? [...display.args, '--hidden'] : display.args,
    );
    const pid = child.pid ?? 0;
    await expect.poll(stdout, { timeout: 60_000 }).toContain('Ringdesk is ready.');
    const log = /Ringdesk is ready\. Its log: (.+)/.exec(stdout())?.[1] ?? '';
    expect(existsSync(log)).toBe(true);
    expect(readFileSync(log, 'utf8')).toContain('start: ready');

    // Ctrl+C reaches the whole group; a service manager's SIGTERM only the process that it started.
    process.kill(signal === 'SIGINT' ? -pid : pid, signal);
    await ended;
    await expect.poll(() => isAlive(pid)).toBe(false);
    expect(readFileSync(log, 'utf8')).toMatch(/ quit$/m);
    expect(stderr()).toBe('');
  });
}
