import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { commandsFor } from '../../../../src/renderer/app/commands.ts';
import { matching } from '../../../../src/renderer/features/palette/commands.ts';
import type { LiveCall } from '../../../../src/shared/ipc/live-call.ts';
import { relayedCall, connectedCall, snapshot, teamDesk } from '../fixtures.ts';

const seeing = (dark: boolean) => vi.stubGlobal('matchMedia', () => ({ matches: dark }));

describe('the command palette', () => {
  beforeEach(() => seeing(false));
  afterEach(() => vi.unstubAllGlobals());

  const labels = (calls: readonly LiveCall[]) =>
    commandsFor(snapshot({ ...teamDesk, calls }), '').map(({ label }) => label);

  it('offers Hold, and transfer to teams and teammates, in a relayed call', () => {
    const commands = commandsFor(snapshot({ ...teamDesk, calls: [relayedCall()] }), '');
    const offered = commands.filter(({ label }) => /^(Hold|Transfer)/.test(label));
    expect(offered.map(({ label, blocked }) => [label, blocked])).toEqual([
      ['Hold', undefined],
      ['Transfer to Sales', undefined],
      ['Transfer to Bruno Dias', undefined],
      ['Transfer to Carla Nunes', 'On a call'],
    ]);
    expect(labels([relayedCall({ onHold: true })])).toContain('Resume');
  });

  it('offers to cancel a transfer, and to complete it after consulting', () => {
    expect(labels([relayedCall({ asking: { to: 'Bea', deadlineAt: 0 } })])).toContain(
      'Cancel transfer',
    );
    const talked = labels([relayedCall({ consulting: { with: 'Bea', asked: false } })]);
    expect(talked).toEqual(expect.arrayContaining(['Transfer now', 'Return to customer']));
  });

  it('offers neither Hold nor transfer in a direct call', () => {
    expect(labels([connectedCall()]).some((label) => /Hold|Transfer/.test(label))).toBe(false);
  });

  it('finds the way to the demo and out of it by its name', () => {
    const { app } = snapshot();
    const found = (changes: Partial<typeof app>) =>
      matching(commandsFor(snapshot({ app: { ...app, ...changes } }), 'demo'), 'demo').map(
        ({ label }) => label,
      );
    expect(found({ workspace: 'profile' })).toEqual(['Use the demo workspace']);
    expect(found({ ownNumbersOf: 'Ana' })).toContain('Back to Ana’s numbers');
    expect(found({})).toContain('Set up your numbers');
  });

  it('offers the other theme, and the system’s if it was overridden', () => {
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
