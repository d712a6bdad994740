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
  { isInstalled = true, allows = true } = {},
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
    getApplicationNameForProtocol: (url: string) => openedBy[url.replace(/:$/, '')] ?? '',
  };
  const handlers = new LinkHandlers({
    app,
    platform,
    program: 'C:\\Ringdesk.exe',
    isInstalled: () => isInstalled,
    log: memoryLog(),
  });
  return { handlers, asked };
}

const stateOf = ({ handlers }: ReturnType<typeof system>, scheme: string) =>
  handlers.list().find((one) => one.scheme === scheme);

describe('the programs that open links', () => {
  it('are as the system says', () => {
    const desk = system('linux', { tel: 'org.gnome.Calls.desktop\n', callto: 'Ringdesk' });
    expect(stateOf(desk, 'tel')).toEqual({
      scheme: 'tel',
      state: 'other',
      program: 'org.gnome.Calls',
    });
    expect(stateOf(desk, 'callto')).toEqual({ scheme: 'callto', state: 'ours' });
    expect(stateOf(desk, 'ringdesk')).toEqual({ scheme: 'ringdesk', state: 'nobody' });
  });

  it('change when the agent asks for it, and back', () => {
    const desk = system('darwin', { tel: 'FaceTime' });
    expect(desk.handlers.set('tel', true).find(({ scheme }) => scheme === 'tel')?.state).toBe(
      'ours',
    );
    desk.handlers.set('tel', false);
    expect(stateOf(desk, 'tel')?.state).toBe('nobody');
  });

  it('get no switch from a link on Windows', () => {
    const desk = system('win32');
    desk.handlers.set('tel', true);
    expect(desk.asked).toEqual([['tel', 'C:\\Ringdesk.exe', ['--']]]);
  });

  it.each([
    ['it is not installed', 'linux', true, { isInstalled: false }, /Install it/],
    ['Linux cannot give a link back', 'linux', false, {}, /Choose another program/],
    ['the system refuses', 'win32', true, { allows: false }, /refused/],
  ] as const)('stay, with a reason, if %s', (_, platform, on, options, why) => {
    const { handlers } = system(platform, {}, options);
    expect(() => handlers.set('tel', on)).toThrow(why);
  });

  it('are not changed at the start, but for our own scheme on Windows if nobody has it', () => {
    for (const [platform, openedBy, wanted, expected] of [
      ['win32', {}, true, 1],
      ['win32', {}, false, 0],
      ['win32', { ringdesk: 'Other' }, true, 0],
      ['linux', {}, true, 0],
    ] as const) {
      const { handlers, asked } = system(platform, { ...openedBy });
      handlers.takeOwn(wanted);
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
