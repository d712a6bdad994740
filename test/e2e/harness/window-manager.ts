import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@playwright/test';

/** A desktop's window manager, another program's full-screen window, and a hand on mouse and keys. */
export interface WindowManager {
  /** What the other program was typed. */
  typed(): string;
  /** The other program's window is the active one. */
  otherIsActive(): boolean;
  key(name: string): void;
  click(x: number, y: number): void;
  drag(from: { x: number; y: number }, to: { x: number; y: number }): void;
  close(): Promise<void>;
}

/** The other program's window takes the whole screen, as a game or a presentation does. */
const CONFIG = `<openbox_config xmlns="http://openbox.org/3.4/rc">
  <applications>
    <application title="Event Tester"><fullscreen>yes</fullscreen><focus>yes</focus></application>
  </applications>
</openbox_config>`;

/**
 * Starts openbox and a full-screen window above all others.
 *
 * @param env of the display
 * @param folder for generated files
 */
export async function openWindowManager(
  env: NodeJS.ProcessEnv,
  folder: string,
): Promise<WindowManager> {
  const config = join(folder, 'openbox.xml');
  writeFileSync(config, CONFIG);
  const options = { env: { ...process.env, ...env } };
  const run = (command: string, ...args: string[]) =>
    execFileSync(command, args, { ...options, encoding: 'utf8' });
  const openbox = spawn('openbox', ['--config-file', config, '--sm-disable'], options);
  // It says nothing when it is ready.
  await until(() => run('xprop', '-root', '_NET_SUPPORTING_WM_CHECK').includes('window id'));
  const other = spawn('xev', ['-event', 'keyboard'], options);
  let printed = '';
  other.stdout.on('data', (text: Buffer) => (printed += text.toString()));
  let id = '';
  await until(() => {
    [id = ''] = run('xdotool', 'search', '--name', 'Event Tester').trim().split('\n');
    return id !== '';
  });
  run('xdotool', 'windowactivate', '--sync', id);
  return {
    typed: () =>
      [...printed.matchAll(/^KeyPress event[^]*?keysym \w+, (\w+)\)/gm)]
        .map(([, key]) => key)
        .join(' '),
    otherIsActive: () => run('xdotool', 'getactivewindow').trim() === id,
    key: (name) => void run('xdotool', 'key', name),
    click: (x, y) => void run('xdotool', 'mousemove', `${x}`, `${y}`, 'click', '1'),
    drag(from, to) {
      run('xdotool', 'mousemove', `${from.x}`, `${from.y}`, 'mousedown', '1');
      // A window manager takes only a moving pointer for a drag.
      for (const part of [0.2, 0.4, 0.6, 0.8, 1]) {
        const x = Math.round(from.x + (to.x - from.x) * part);
        const y = Math.round(from.y + (to.y - from.y) * part);
        run('xdotool', 'mousemove', '--sync', `${x}`, `${y}`);
      }
      run('xdotool', 'mouseup', '1');
    },
    async close() {
      for (const program of [other, openbox]) {
        if (program.exitCode !== null) continue;
        program.kill();
        await once(program, 'exit');
      }
    },
  };
}

/** Asks again while something is not there yet, or goes away under the question. */
async function until(isSo: () => boolean): Promise<void> {
  await expect
    .poll(() => {
      try {
        return isSo();
      } catch {
        return false;
      }
    })
    .toBe(true);
}
