import { act } from 'react';
import { createRoot } from 'react-dom/client';
import { expect, it, vi } from 'vitest';
import { DeskTabs } from '../../../../src/renderer/app/desk-tabs.tsx';
import { storeSnapshot } from '../../../../src/renderer/state/snapshot-store.ts';
import { snapshot } from '../fixtures.ts';

vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);

it('each list of the desk says how many it has, as that changes', () => {
  const page = document.createElement('div');
  const root = createRoot(page);
  const names = () => [...page.querySelectorAll('button')].map(({ textContent }) => textContent);
  storeSnapshot(snapshot({ revision: 8_000 }));
  act(() => root.render(<DeskTabs view="todo" />));
  expect(names()).toEqual(['To do 0', 'Recent 0', 'All calls 0']);
  const todo = { waiting: 3, mine: 1, recent: 14, queued: 0 };
  act(() => storeSnapshot(snapshot({ revision: 8_001, todo, loggedCalls: 12_345 })));
  expect(names()).toEqual(['To do 3', 'Recent 14', 'All calls 12,345']);
  // Only the last ones are listed.
  act(() => storeSnapshot(snapshot({ revision: 8_002, todo: { ...todo, recent: 200 } })));
  expect(names()[1]).toBe('Recent 200+');
  act(() => root.unmount());
});
