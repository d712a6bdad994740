import { act } from 'react';
import { createRoot } from 'react-dom/client';
import { expect, it, onTestFinished, vi } from 'vitest';
import { OngoingExternalCalls } from '../../../../../src/renderer/features/history/ongoing-external-calls.tsx';
import { storeSnapshot } from '../../../../../src/renderer/state/snapshot-store.ts';
import type { LiveCall } from '../../../../../src/shared/ipc/live-call.ts';
import { connectedCall, snapshot } from '../../fixtures.ts';

vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);

const external = (changes: Partial<LiveCall>): LiveCall => ({
  ...connectedCall(),
  path: 'external',
  phase: { name: 'external', stage: 'talking' },
  ...changes,
});

it('a dismissed external call leaves the dock and is listed in the history view until it ends', () => {
  const page = document.createElement('div');
  const root = createRoot(page);
  onTestFinished(() => act(() => root.unmount()));
  const shown = external({ id: 'shown', party: { name: 'Bo' } });
  const dismissed = external({ id: 'gone', party: { name: 'Cy' }, dismissed: true });
  const calls = [shown, dismissed];
  storeSnapshot(snapshot({ revision: 1, calls }));
  act(() => root.render(<OngoingExternalCalls />));
  expect(page.querySelectorAll('li')).toHaveLength(1);
  expect(page.textContent).toContain('Cy');
  expect(page.textContent).toContain('In progress · Answered at the destination');
  const over: LiveCall['phase'] = { name: 'ended', at: 0, reason: { kind: 'over' } };
  act(() => storeSnapshot(snapshot({ revision: 2, calls: [{ ...dismissed, phase: over }] })));
  expect(page.textContent).toBe('');
});
