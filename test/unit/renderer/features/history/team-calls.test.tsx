import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act } from 'react';
import { createRoot } from 'react-dom/client';
import { expect, it, onTestFinished, vi } from 'vitest';
import { TeamCalls } from '../../../../../src/renderer/features/history/team-calls.tsx';
import { useUi } from '../../../../../src/renderer/state/ui.ts';
import type { TeamCallsPage } from '../../../../../src/shared/ipc/team.ts';
import { stubGranting } from '../../fake-main.ts';

vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);

it('a call of a teammate opens the customer, with all that is known of them', async () => {
  const party = { waId: '5511987654321', name: 'Camila Souza' };
  const call = { callId: 'support/wacid.1', account: 'Support', party, at: Date.now() };
  const told: TeamCallsPage = {
    calls: [{ ...call, direction: 'inbound', isOver: true, parts: [] }],
  };
  stubGranting(() => told);
  const page = document.createElement('div');
  const root = createRoot(page);
  onTestFinished(() => act(() => root.unmount()));
  await act(async () =>
    root.render(
      <QueryClientProvider client={new QueryClient()}>
        <TeamCalls of="everybody" />
      </QueryClientProvider>,
    ),
  );
  await expect.poll(() => page.querySelector('li button')).not.toBeNull();
  const row = page.querySelector<HTMLButtonElement>('li button');
  expect(row?.textContent).toContain('Camila Souza');
  act(() => row?.click());
  expect(useUi.getState()).toMatchObject({ view: 'contacts', contact: party });
});
