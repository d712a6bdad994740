import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act } from 'react';
import { beforeEach, describe, expect, it } from 'vitest';
import { UpdateSettings } from '../../../../../src/renderer/features/settings/update-settings.tsx';
import { storeSnapshot } from '../../../../../src/renderer/state/snapshot-store.ts';
import { t } from '../../../../../src/shared/i18n/i18n.ts';
import { snapshot } from '../../fixtures.ts';
import { stubGranting } from '../../fake-main.ts';
import { page, root } from '../../page.ts';

let revision = 6_000;

beforeEach(() => {
  stubGranting(() => ({ state: 'unknown-program' }));
});

async function draw(isChannelLocked: boolean): Promise<void> {
  const updates = { channel: 'beta', isChannelLocked, now: { state: 'current' } } as const;
  storeSnapshot(snapshot({ revision: (revision += 1), updates }));
  await act(async () => {
    root.render(
      <QueryClientProvider client={new QueryClient()}>
        <UpdateSettings />
      </QueryClientProvider>,
    );
  });
}

describe('the channel of updates', () => {
  const choice = () => page.querySelector(`[aria-label="${t('updates.channel')}"]`);

  it('is the agent’s to choose', async () => {
    await draw(false);
    expect(choice()).not.toBeNull();
    expect(page.textContent).not.toContain(t('policy.locked'));
  });

  it('is shown and cannot be changed where the organisation has set it', async () => {
    await draw(true);
    expect(choice()).toBeNull();
    expect(page.textContent).toContain(t('updates.channels.beta'));
    expect(page.textContent).toContain(t('policy.locked'));
  });
});
