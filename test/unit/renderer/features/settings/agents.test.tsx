import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act } from 'react';
import { describe, expect, it, vi } from 'vitest';
import { AgentsSettings } from '../../../../../src/renderer/features/settings/agents/agents-settings.tsx';
import { storeSnapshot } from '../../../../../src/renderer/state/snapshot-store.ts';
import type { Role } from '../../../../../src/shared/protocol/rights.ts';
import { snapshot, teammate } from '../../fixtures.ts';
import { stubMain } from '../../fake-main.ts';
import { page, root } from '../../page.ts';

let revision = 0;

const AGENTS = [
  { id: 'ada', name: 'Ada', role: 'admin', calls: 'all', numbers: 'all', addedAt: 1 },
  {
    id: 'ben',
    name: 'Ben',
    role: 'agent',
    team: 'Care',
    calls: 'none',
    numbers: ['e1'],
    addedAt: 1,
  },
];

/** Draws the settings of an agent with a role; resolves to what main was asked. */
async function draw(role: Role, answers: Record<string, unknown> = {}) {
  const request = vi.fn<(name: string, input: unknown) => Promise<unknown>>(async (name) => ({
    ok: true,
    value: answers[name] ?? (name === 'agents.list' ? AGENTS : null),
  }));
  stubMain(request);
  storeSnapshot(
    snapshot({
      revision: 1_000 + ++revision,
      agent: { id: 'ada', name: 'Ada' },
      team: [teammate('ada', 'Ada', { role })],
    }),
  );
  await act(async () =>
    root.render(
      <QueryClientProvider client={new QueryClient()}>
        <AgentsSettings />
      </QueryClientProvider>,
    ),
  );
  await expect
    .poll(async () => {
      await act(async () => undefined);
      return page.textContent;
    })
    .not.toContain('Reading');
  return request;
}

const press = (name: string) =>
  act(async () => {
    const found = [...document.querySelectorAll('button')].find(
      (one) => (one.getAttribute('aria-label') ?? one.textContent) === name,
    );
    if (!found) throw new Error(`no button ${name}`);
    found.click();
  });

describe('the agents in the settings', () => {
  it.each(['agent', 'supervisor'] as const)(
    'are not shown to somebody with the role %s',
    async (role) => {
      await draw(role);
      expect(page.textContent).toBe('');
    },
  );

  it('are listed for an admin with what each may do', async () => {
    await draw('admin');
    expect(page.textContent).toContain('ben · Agent · Care · No calls · e1');
    expect(page.textContent).toContain('ada · Admin · Takes and places calls · all numbers');
  });

  it.each([{ numbers: 'all' }, { numbers: [] }, { numbers: ['e1', 'e2'] }])(
    'keep their numbers when only something else is edited: %j',
    async ({ numbers }) => {
      const ben = { id: 'ben', name: 'Ben', role: 'agent', calls: 'all', numbers, addedAt: 1 };
      const request = await draw('admin', { 'agents.list': [ben] });
      await press('Edit Ben');
      await press('Save');
      expect(request).toHaveBeenCalledWith('agents.update', {
        agentId: 'ben',
        change: { role: 'agent', calls: 'all', team: '', numbers },
        evenMyself: false,
      });
    },
  );

  it('are removed only after a question, which says so if it is the admin themselves', async () => {
    const request = await draw('admin');
    await press('Remove Ada');
    expect(document.body.textContent).toContain('This is you');
    await press('Cancel');
    await press('Remove Ben');
    expect(request).not.toHaveBeenCalledWith('agents.remove', expect.anything());
    const [, confirm] = [...document.querySelectorAll('button')].filter(
      (one) => (one.getAttribute('aria-label') ?? one.textContent) === 'Remove Ben',
    );
    await act(async () => confirm?.click());
    expect(request).toHaveBeenCalledWith('agents.remove', { agentId: 'ben', evenMyself: false });
  });

  it('show a new token once, to be copied', async () => {
    const request = await draw('admin', { 'agents.rotate': { token: 'the-new-token' } });
    await press('New token for Ben');
    await press('New token');
    expect(document.querySelector<HTMLInputElement>('input[readonly]')?.value).toBe(
      'the-new-token',
    );
    await press('Copy');
    expect(request).toHaveBeenCalledWith('app.copy', { text: 'the-new-token' });
    await press('Done');
    expect(document.querySelector('input[readonly]')).toBeNull();
  });

  it('are imported only once every row of the file is right', async () => {
    const wrong = { name: 'a.csv', agents: [], problems: ['Row 2: the id is taken'] };
    await draw('admin', { 'agents.read': wrong });
    await press('Import CSV');
    expect(document.body.textContent).toContain('Row 2: the id is taken');
    expect(document.body.textContent).not.toContain('Add all');
  });
});
