import { act } from 'react';
import { beforeEach, describe, expect, it } from 'vitest';
import { UpdateBar } from '../../../../../src/renderer/features/updates/update-bar.tsx';
import { storeSnapshot } from '../../../../../src/renderer/state/snapshot-store.ts';
import type { UpdateState, UpdateView } from '../../../../../src/shared/ipc/updates.ts';
import { stubGranting } from '../../fake-main.ts';
import { snapshot } from '../../fixtures.ts';
import { page, root } from '../../page.ts';

const asked: unknown[] = [];

beforeEach(() => {
  asked.length = 0;
  stubGranting((name, input) => {
    asked.push([name, input]);
    return null;
  });
});

let revision = 1;
const show = (now: UpdateState, more: Partial<UpdateView> = {}) => {
  const updates = { channel: 'stable', isChannelLocked: false, now, ...more } as const;
  act(() => {
    storeSnapshot(snapshot({ revision: ++revision, updates }));
    root.render(<UpdateBar />);
  });
};
const buttons = () => [...page.querySelectorAll('button')].map(({ textContent }) => textContent);
const press = (text: string) =>
  act(() => {
    [...page.querySelectorAll('button')].find(({ textContent }) => textContent === text)?.click();
  });

const ready = {
  state: 'ready',
  version: '1.1.0',
  notes: '<b>Faster</b>',
  plan: 'ask',
  isBusy: false,
  isForced: false,
} as const;

describe('the question about an update', () => {
  it('offers to install it now, later or at the end of the shift', () => {
    show(ready);
    expect(page.textContent).toContain('Version 1.1.0 is ready');
    for (const text of ['Restart and update', 'At the end of my shift', 'Later']) press(text);
    expect(asked).toEqual(['now', 'shift-end', 'later'].map((plan) => ['updates.plan', { plan }]));
  });

  it.each([
    ['on a call', { ...ready, isBusy: true }],
    ['after it was put off', { ...ready, plan: 'later' as const }],
    ['while nothing is ready', { state: 'downloading', version: '1.1.0', percent: 40 } as const],
  ])('is not put %s', (_, state) => {
    show(state);
    expect(page.textContent).toBe('');
  });

  it('has no way out when the organisation forces it', () => {
    show({ ...ready, isForced: true, forceAt: '18:30' });
    expect(buttons()).toEqual([]);
    expect(page.textContent).toContain('Your organisation wants it installed now');
  });

  it('says when the version before came back, until it was read', () => {
    show({ state: 'current' }, { wentBackFrom: '1.1.0' });
    expect(page.textContent).toContain('Version 1.1.0 did not start. You have 0.1.0 again');
    press('OK');
    expect(asked).toEqual([['updates.dismiss', {}]]);
  });
});
