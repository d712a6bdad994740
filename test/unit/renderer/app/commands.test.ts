// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { commandsFor } from '../../../../src/renderer/app/commands.ts';
import type { LiveCall } from '../../../../src/shared/ipc/model.ts';
import { relayedCall, connectedCall, snapshot, teamDesk } from '../fixtures.ts';

const seeing = (dark: boolean) => vi.stubGlobal('matchMedia', () => ({ matches: dark }));

describe('the palette', () => {
  beforeEach(() => seeing(false));
  afterEach(() => vi.unstubAllGlobals());

  const labels = (calls: readonly LiveCall[]) =>
    commandsFor(snapshot({ ...teamDesk, calls }), '').map(({ label }) => label);

  it('holds and hands over a call that the relay carries, to whoever can take it', () => {
    const commands = commandsFor(snapshot({ ...teamDesk, calls: [relayedCall()] }), '');
    const offered = commands.filter(({ label }) => /^(Hold|Transfer)/.test(label));
    expect(offered.map(({ label, blocked }) => [label, blocked])).toEqual([
      ['Hold', undefined],
      ['Transfer to Bruno Dias', undefined],
      ['Transfer to Carla Nunes', 'On a call'],
    ]);
    expect(labels([relayedCall({ onHold: true })])).toContain('Resume');
  });

  it('takes back what is on its way, and hands over what was talked about', () => {
    expect(labels([relayedCall({ asking: { to: 'Bea', deadlineAt: 0 } })])).toContain(
      'Cancel transfer',
    );
    const talked = labels([relayedCall({ consulting: { with: 'Bea', asked: false } })]);
    expect(talked).toEqual(expect.arrayContaining(['Transfer now', 'Return to customer']));
  });

  it('offers none of it in a direct call', () => {
    expect(labels([connectedCall()]).some((label) => /Hold|Transfer/.test(label))).toBe(false);
  });

  it('offers the theme that is not seen, and the system’s where another was chosen', () => {
    const offered = (theme: 'system' | 'light' | 'dark') =>
      commandsFor(snapshot({ settings: { ...snapshot().settings, theme } }), '')
        .map(({ label }) => label)
        .filter((label) => /theme/.test(label));
    expect(offered('system')).toEqual(['Use the dark theme']);
    expect(offered('dark')).toEqual(['Use the light theme', 'Match the system’s theme']);
    seeing(true);
    expect(offered('system')).toEqual(['Use the light theme']);
  });
});
