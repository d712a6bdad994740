import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act } from 'react';
import { describe, expect, it, vi } from 'vitest';
import { VoicemailSection } from '../../../../../src/renderer/features/settings/number/voicemail.tsx';
import { storeSnapshot } from '../../../../../src/renderer/state/snapshot-store.ts';
import { capabilities } from '../../../../../src/shared/providers/capabilities.ts';
import type { NumberSettings } from '../../../../../src/shared/providers/number-settings.ts';
import type { ProviderId } from '../../../../../src/shared/rules/data/providers.ts';
import { snapshot } from '../../fixtures.ts';
import { stubMain } from '../../fake-main.ts';
import { page, root } from '../../page.ts';

let revision = 0;

const off = { on: false, triggers: [] } as const;

/** Draws the section of a number; resolves to what main was asked. */
async function draw(settings: Partial<NumberSettings>, provider: ProviderId = 'meta') {
  const request = vi.fn<(name: string, input: unknown) => Promise<unknown>>(async () => ({
    ok: true,
    value: { state: { facts: [], refusals: [], warnings: [] } },
  }));
  stubMain(request);
  const drawn = snapshot({ revision: 2_000 + ++revision });
  storeSnapshot(drawn);
  const [first] = drawn.accounts;
  if (!first) throw new Error('no number');
  const account = { ...first, id: `n${revision}`, provider, capabilities: capabilities[provider] };
  await act(async () =>
    root.render(
      <QueryClientProvider client={new QueryClient()}>
        <VoicemailSection account={account} settings={{ calling: true, ...settings }} />
      </QueryClientProvider>,
    ),
  );
  return { request, account };
}

const labelled = (name: string) =>
  page.querySelector<HTMLElement>(`[role=switch][aria-label="${name}"]`);
const press = (control: HTMLElement | null | undefined) => act(async () => control?.click());
const problems = () => [...page.querySelectorAll('li')].map(({ textContent }) => textContent);

describe('the voicemail of a number', () => {
  it.each([
    ['d360', '360dialog does not offer'],
    ['zernio', 'Zernio does not offer'],
  ] as const)('is said to be missing on a %s number', async (provider, says) => {
    await draw({}, provider);
    expect(page.textContent).toContain(says);
  });

  it('says that call hours must be off, and what is missing before it is saved', async () => {
    const hours = { zone: 'UTC', weekly: [], holidays: [], holidaysMean: 'open' } as const;
    await draw({ voicemail: off, hours: { value: hours } });
    expect(page.textContent).not.toContain('call hours');
    await press(labelled('Let callers leave a message'));
    expect(page.textContent).toContain('only with call hours off');
    await press(labelled('When the call is declined'));
    await press(labelled('When nobody answers'));
    expect(problems()).toEqual([
      'Choose when callers reach the voicemail',
      'Record or choose an announcement first',
    ]);
  });

  it('is saved whole, with the announcement that it has', async () => {
    const voicemail = {
      on: true,
      triggers: ['declined'],
      waitSeconds: 9,
      announcement: 'm1',
    } as const;
    const { request, account } = await draw({ voicemail });
    await press(labelled('When nobody answers'));
    expect(problems()).toEqual([]);
    await press([...page.querySelectorAll('button')].find((one) => one.textContent === 'Save'));
    expect(request).toHaveBeenCalledWith('numbers.set', {
      accountId: account.id,
      change: { voicemail: { ...voicemail, triggers: ['declined', 'not-answered'] } },
      announcement: undefined,
    });
  });

  it('needs no announcement from here where none can be uploaded', async () => {
    await draw({ voicemail: off }, 'pilot-meta');
    await press(labelled('Let callers leave a message'));
    expect(problems()).toEqual([]);
    expect(page.textContent).toContain('Set it in WhatsApp Manager');
  });
});
