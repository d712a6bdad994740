import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Autostart } from '../../../../src/main/os/autostart.ts';
import { tempFolder } from '../../../helpers/temp.ts';

type Item = Partial<Electron.LoginItemSettings>;

function world(platform: NodeJS.Platform, item: Item = {}, isPackaged = true) {
  const home = tempFolder();
  const taken: object[] = [];
  const autostart = new Autostart({
    app: {
      isPackaged,
      getLoginItemSettings: () => Object.assign(Object.create(null), item),
      setLoginItemSettings: (settings) => void taken.push(settings),
    },
    platform,
    program: '/opt/Ring "desk"/50%',
    env: { HOME: home },
  });
  return { autostart, taken, file: join(home, '.config/autostart/ringdesk.desktop') };
}

describe('starting with the computer', () => {
  it('is an entry of the desktop on Linux, which a desktop can turn off', () => {
    const { autostart, file } = world('linux');
    expect(autostart.get()).toEqual({ state: 'off' });
    expect(autostart.set(true)).toEqual({ state: 'on' });
    const text = readFileSync(file, 'utf8');
    expect(text).toContain(String.raw`Exec="/opt/Ring \"desk\"/50%%" --hidden`);
    writeFileSync(file, `${text}Hidden=true\n`);
    expect(autostart.get()).toEqual({ state: 'off' });
    expect(autostart.set(true)).toEqual({ state: 'on' });
    expect(autostart.set(false)).toEqual({ state: 'off' });
    expect(autostart.set(false)).toEqual({ state: 'off' });
  });

  it('is said to be forbidden where the system’s settings forbid it', () => {
    const windows = world('win32', { openAtLogin: true, executableWillLaunchAtLogin: false });
    expect(windows.autostart.get()).toEqual({ state: 'forbidden' });
    const mac = world('darwin', { openAtLogin: true, status: 'requires-approval' });
    expect(mac.autostart.get()).toEqual({ state: 'forbidden' });
  });

  it('begins in the tray', () => {
    const { autostart, taken } = world('win32', { openAtLogin: false });
    autostart.set(true);
    expect(taken).toEqual([{ openAtLogin: true, args: ['--hidden'] }]);
  });

  it('is nothing for a copy that is not installed', () => {
    const { autostart } = world('linux', {}, false);
    expect(autostart.get()).toEqual({ state: 'unknown-program' });
    expect(() => autostart.set(true)).toThrow('installed');
  });
});
