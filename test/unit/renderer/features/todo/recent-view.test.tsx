import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act } from 'react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { RecentView } from '../../../../../src/renderer/features/todo/recent-view.tsx';
import { TodoView, type PersonSlot } from '../../../../../src/renderer/features/todo/todo-view.tsx';
import { storeSnapshot } from '../../../../../src/renderer/state/snapshot-store.ts';
import { useUi } from '../../../../../src/renderer/state/ui.ts';
import { snapshot } from '../../fixtures.ts';
import { setNarrow } from '../../window-width.ts';
import { stubGranting } from '../../fake-main.ts';
import { page, root } from '../../page.ts';

setNarrow(false);
const ana = { waId: '5511987654321', name: 'Ana' };
const bia = { waId: '5511912345678', name: 'Bia' };
const items = [
  { accountId: 'main', customer: ana.waId, party: ana, reasons: {}, cursor: 1 },
  { accountId: 'other', customer: ana.waId, party: ana, reasons: {}, cursor: 2 },
];
const person: PersonSlot = ({ party }) => <article>{party.name}</article>;
const shown = () => page.querySelector('article')?.textContent;

async function open(view: 'todo' | 'recent'): Promise<void> {
  await act(async () => {
    root.render(
      <QueryClientProvider client={new QueryClient()}>
        {view === 'todo' ? <TodoView person={person} /> : <RecentView person={person} />}
      </QueryClientProvider>,
    );
    await vi.advanceTimersByTimeAsync(50);
  });
}

beforeEach(() => {
  vi.useFakeTimers();
  storeSnapshot(snapshot({ revision: 9_000 }));
  stubGranting((name) => (name === 'todo.recent' ? items : []));
});
afterEach(() => {
  vi.useRealTimers();
});

it('each list shows beside it whom the agent selected in that list', async () => {
  useUi.setState({ todo: { customer: bia.waId, party: bia } });
  await open('recent');
  expect(shown()).toBeUndefined();
  act(() => useUi.setState({ recent: items[1] }));
  expect(shown()).toBe('Ana');
  await open('todo');
  expect(shown()).toBe('Bia');
  await open('recent');
  expect(shown()).toBe('Ana');
});
