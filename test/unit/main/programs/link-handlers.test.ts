import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hasDesktopFile, LinkHandlers } from '../../../../src/main/programs/link-handlers.ts';
import { selectedText } from '../../../../src/main/programs/selected-text.ts';
import { tempFolder } from '../../../helpers/temp.ts';
import { memoryLog } from '../fixtures.ts';

/** A system in which these programs open these schemes. */
function system(
  platform: NodeJS.Platform,
  openedBy: Record<string, string> = {},
  { isInstalled = true, allows = true, chosen = '', answers = true } = {},
) {
  const asked: unknown[] = [];
  const app = {
    isDefaultProtocolClient: (scheme: string) => openedBy[scheme] === 'Ringdesk',
    setAsDefaultProtocolClient(scheme: string, ...command: unknown[]) {
      asked.push([scheme, ...command]);
      if (allows) openedBy[scheme] = 'Ringdesk';
      return allows;
    },
    removeAsDefaultProtocolClient(scheme: string) {
      delete openedBy[scheme];
      return allows;
    },
    getApplicationNameForProtocol: (url: string) =>
      chosen || (openedBy[url.replace(/:$/, '')] ?? ''),
  };
  /** As Linux' xdg-mime does. */
  const run = async (program: string, [what = '', ...rest]: readonly string[]) => {
    asked.push([program, what, ...rest]);
    if (!answers) throw new Error('Command failed: xdg-mime');
    const scheme = rest[1]?.split('/')[1] ?? '';
    if (what === 'default' && allows) openedBy[scheme] = 'ringdesk.desktop';
    return what === 'default' ? '' : `${openedBy[scheme] ?? ''}\n`;
  };
  const handlers = new LinkHandlers({
    app,
    platform,
    run,
    program: 'C:\\Ringdesk.exe',
    isInstalled: () => isInstalled,
    log: memoryLog(),
  });
  return { handlers, asked };
}

const stateOf = async ({ handlers }: ReturnType<typeof system>, scheme: string) =>
  (await handlers.list()).find((one) => one.scheme === scheme);

describe('the programs that open links', () => {
  it.each([
    ['linux', 'org.gnome.Calls.desktop', 'ringdesk.desktop', 'org.gnome.Calls'],
    ['win32', 'Phone Link', 'Ringdesk', 'Phone Link'],
  ] as const)('are as the system says on %s', async (platform, other, ours, program) => {
    const desk = system(platform, { tel: other, callto: ours });
    expect(await stateOf(desk, 'tel')).toEqual({ scheme: 'tel', state: 'other', program });
    expect(await stateOf(desk, 'callto')).toEqual({ scheme: 'callto', state: 'ours' });
    expect(await stateOf(desk, 'ringdesk')).toEqual({ scheme: 'ringdesk', state: 'nobody' });
  });

  it('change when the agent asks for it, and back where that is possible', async () => {
    for (const platform of ['darwin', 'linux'] as const) {
      const desk = system(platform, { tel: 'Other' });
      await desk.handlers.set('tel', true);
      expect((await stateOf(desk, 'tel'))?.state).toBe('ours');
    }
    const desk = system('darwin', { tel: 'Ringdesk' });
    await desk.handlers.set('tel', false);
    expect((await stateOf(desk, 'tel'))?.state).toBe('nobody');
  });

  it('get no switch from a link on Windows', async () => {
    const desk = system('win32');
    await desk.handlers.set('tel', true);
    expect(desk.asked).toEqual([['tel', 'C:\\Ringdesk.exe', ['--']]]);
  });

  it.each([
    ['it is not installed', 'linux', true, { isInstalled: false }, /Install it/],
    ['Linux cannot give a link back', 'linux', false, {}, /Choose another program/],
    ['Windows refuses', 'win32', true, { allows: false }, /refused/],
    ['Linux refuses', 'linux', true, { allows: false }, /refused/],
    ['Linux does not answer', 'linux', true, { answers: false }, /refused/],
    ['people chose another program on Windows', 'win32', true, { chosen: 'Phone Link' }, /refused/],
  ] as const)('stay, with a reason, if %s', async (_, platform, on, options, why) => {
    const { handlers } = system(platform, {}, options);
    await expect(handlers.set('tel', on)).rejects.toThrow(why);
  });

  it('are said to be unknown if the system does not answer, e.g. in time', async () => {
    const { handlers } = system('linux', {}, { answers: false });
    await expect(handlers.list()).rejects.toThrow(/did not say which program/);
  });

  it('are not changed at the start, but for our own scheme on Windows if nobody has it', async () => {
    for (const [platform, openedBy, wanted, expected] of [
      ['win32', {}, true, 1],
      ['win32', {}, false, 0],
      ['win32', { ringdesk: 'Other' }, true, 0],
      ['linux', {}, true, 0],
    ] as const) {
      const { handlers, asked } = system(platform, { ...openedBy });
      await handlers.takeOwn(wanted);
      expect(asked).toHaveLength(expected);
    }
  });

  it('include Ringdesk on Linux only with its entry in a menu', () => {
    const home = tempFolder();
    const env = { HOME: home, XDG_DATA_DIRS: '' };
    expect(hasDesktopFile(env)).toBe(false);
    mkdirSync(join(home, '.local/share/applications'), { recursive: true });
    writeFileSync(join(home, '.local/share/applications/ringdesk.desktop'), '');
    expect(hasDesktopFile(env)).toBe(true);
    expect(hasDesktopFile({ HOME: '/nowhere', XDG_DATA_DIRS: join(home, '.local/share') })).toBe(
      true,
    );
  });
});

describe('the selected text', () => {
  const older = { readText: (type?: string) => `older ${type}` };
  const newer = { readText: async () => 'copied', selection: { readText: async () => 'selected' } };
  it.each([
    ['linux', older, 'older selection'],
    ['linux', newer, 'selected'],
    ['win32', older, 'older undefined'],
    ['darwin', newer, 'copied'],
  ] as const)('is read on %s', async (platform, clipboard, expected) => {
    const selected = selectedText(clipboard, platform, memoryLog());
    expect(await selected.read()).toBe(expected);
    expect(selected.isCopied).toBe(platform !== 'linux');
  });

  it('is none if it cannot be read', async () => {
    const broken = {
      readText() {
        throw new Error('no clipboard');
      },
    };
    expect(await selectedText(broken, 'linux', memoryLog()).read()).toBe('');
  });
});
