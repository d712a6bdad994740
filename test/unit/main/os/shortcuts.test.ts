import { describe, expect, it, vi } from 'vitest';
import { hasGlobalKeys, Shortcuts } from '../../../../src/main/os/shortcuts.ts';
import { TakenKeys } from '../../../../src/main/os/taken-keys.ts';
import { Notices } from '../../../../src/main/snapshot/notices.ts';
import { ringingCall, settings, snapshot } from '../../renderer/fixtures.ts';

vi.mock('electron', () => ({ globalShortcut: {} }));

const wanted = { accept: 'Control+Alt+A', decline: 'Control+Alt+D' };

/** A system on which other programs have some keys. */
function openKeys(...others: string[]) {
  const taken = new Set(others);
  const held = new Map<string, () => void>();
  const reported: { accept?: string; decline?: string }[] = [];
  const pressed: string[] = [];
  const giver = {
    register(keys: string, run: () => void) {
      if (keys === 'Nonsense') throw new Error('no such key');
      if (taken.has(keys) || held.has(keys)) return false;
      held.set(keys, run);
      return true;
    },
    unregister: (keys: string) => void held.delete(keys),
  };
  const run = { accept: () => pressed.push('accept'), decline: () => pressed.push('decline') };
  const shortcuts = new Shortcuts(
    ['accept', 'decline'],
    run,
    (states) => reported.push(states),
    giver,
  );
  return { shortcuts, taken, held, reported, pressed };
}

describe('global keys', () => {
  it('U13 are tested at the start and released at once', () => {
    const { shortcuts, held, reported } = openKeys(wanted.decline);
    shortcuts.set(wanted, false);
    expect(reported).toEqual([{ accept: 'ours', decline: 'taken' }]);
    expect(held.size).toBe(0);
  });

  it('U13 are tested again when changed, and reported only when the result changes', () => {
    const { shortcuts, reported } = openKeys(wanted.decline);
    shortcuts.set(wanted, false);
    shortcuts.set({ ...wanted, decline: 'Control+Alt+X' }, false);
    shortcuts.set({ ...wanted, decline: 'Nonsense' }, false);
    shortcuts.set({ accept: '', decline: '' }, false);
    shortcuts.set({ accept: 'Control+Alt+A', decline: 'Control+Alt+A' }, false);
    expect(reported.map(({ decline }) => decline)).toEqual([
      'taken',
      'ours',
      'taken',
      'none',
      'taken',
    ]);
  });

  it('U13 taken by another program since are reported when it rings', () => {
    const { shortcuts, taken, held, reported, pressed } = openKeys();
    shortcuts.set(wanted, false);
    taken.add(wanted.accept);
    shortcuts.set(wanted, true);
    expect(reported.at(-1)).toEqual({ accept: 'taken', decline: 'ours' });
    held.get(wanted.decline)?.();
    expect(pressed).toEqual(['decline']);
    shortcuts.set(wanted, false);
    expect(held.size).toBe(0);
  });
});

describe('a desktop that gives no keys to programs in the background', () => {
  it('U13 is Wayland alone, whose windows of X11 hear their own keys only', () => {
    expect(hasGlobalKeys('linux', { XDG_SESSION_TYPE: 'wayland' })).toBe(false);
    expect(hasGlobalKeys('linux', { WAYLAND_DISPLAY: 'wayland-0' })).toBe(false);
    expect(hasGlobalKeys('linux', { XDG_SESSION_TYPE: 'x11', DISPLAY: ':0' })).toBe(true);
    expect(hasGlobalKeys('win32', {})).toBe(true);
    expect(hasGlobalKeys('darwin', {})).toBe(true);
  });

  it('U13 is said, and no key is tried there', () => {
    vi.stubEnv('XDG_SESSION_TYPE', 'wayland');
    const reported: unknown[] = [];
    const run = { accept: () => undefined, decline: () => undefined };
    const shortcuts = new Shortcuts(['accept', 'decline'], run, (states) => reported.push(states));
    shortcuts.set({ ...wanted, decline: '' }, true);
    shortcuts.close();
    vi.unstubAllEnvs();
    expect(reported).toEqual([{ accept: 'deaf', decline: 'none' }]);
  });
});

describe('taken global keys', () => {
  it('U13 are announced once, after the ring, and withdrawn when free again', () => {
    const notices = new Notices(
      () => 0,
      () => undefined,
    );
    const taken = new TakenKeys(notices);
    const keys = { accept: 'taken', decline: 'ours', mute: 'none', selection: 'none' } as const;
    taken.handleSnapshot(snapshot({ keys, calls: [ringingCall()] }));
    expect(notices.list()).toEqual([]);
    taken.handleSnapshot(snapshot({ keys }));
    expect(notices.list()).toMatchObject([
      { code: 'shortcut-taken', values: { shortcut: settings.acceptShortcut } },
    ]);
    notices.remove(notices.list()[0]?.id ?? '');
    taken.handleSnapshot(snapshot({ keys }));
    expect(notices.list()).toEqual([]);
    taken.handleSnapshot(snapshot());
    taken.handleSnapshot(snapshot({ keys }));
    expect(notices.list()).toHaveLength(1);
  });
});
