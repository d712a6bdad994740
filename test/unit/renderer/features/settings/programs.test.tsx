import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, type ReactNode } from 'react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { LinksSettings } from '../../../../../src/renderer/features/settings/programs/links.tsx';
import { LocalApiSettings } from '../../../../../src/renderer/features/settings/programs/local-api.tsx';
import { ScreenPopSettings } from '../../../../../src/renderer/features/settings/programs/screen-pop.tsx';
import { storeSnapshot } from '../../../../../src/renderer/state/snapshot-store.ts';
import { t } from '../../../../../src/shared/i18n/i18n.ts';
import type { Settings } from '../../../../../src/shared/ipc/settings.ts';
import type { Snapshot } from '../../../../../src/shared/ipc/snapshot.ts';
import type { LinkHandler } from '../../../../../src/shared/ipc/programs.ts';
import { settings, snapshot } from '../../fixtures.ts';
import { stubGranting } from '../../fake-main.ts';
import { root } from '../../page.ts';

let revision = 5_000;
const asked = vi.fn<(name: string, input: unknown) => unknown>();
const onChange = vi.fn<(changes: Partial<Settings>) => void>();

beforeEach(() => {
  asked.mockReset().mockReturnValue(null);
  onChange.mockReset();
  stubGranting((name, input) => asked(name, input));
});

async function draw(what: ReactNode, more: Partial<Snapshot> = {}): Promise<void> {
  storeSnapshot(snapshot({ revision: (revision += 1), ...more }));
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  await act(async () => {
    root.render(<QueryClientProvider client={queries}>{what}</QueryClientProvider>);
  });
  await act(async () => undefined);
}

const text = () => document.body.textContent;
/** Waits until the page shows a text. */
const shows = async (said: string) => {
  await expect
    .poll(async () => {
      await act(async () => undefined);
      return text();
    })
    .toContain(said);
};
const toggle = (label: string) =>
  document.querySelector<HTMLElement>(`[role="switch"][aria-label="${label}"]`);

describe('the settings of links', () => {
  const links = (handlers: readonly LinkHandler[]) => {
    asked.mockReturnValue(handlers);
    return <LinksSettings settings={settings} keyState="none" onChange={onChange} />;
  };

  it('say which program opens each, and ask the system for a change', async () => {
    await draw(
      links([
        { scheme: 'tel', state: 'other', program: 'Phone Link' },
        { scheme: 'callto', state: 'ours' },
      ]),
    );
    await shows('This computer opens them with Phone Link');
    expect(toggle(t('links.schemes.callto'))?.getAttribute('aria-checked')).toBe('true');
    await act(async () => toggle(t('links.schemes.tel'))?.click());
    expect(asked).toHaveBeenCalledWith('links.set', { scheme: 'tel', on: true });
  });

  it('offer no switches to a copy that the system does not know', async () => {
    await draw(links([{ scheme: 'tel', state: 'unknown-program' }]));
    await shows(t('links.states.unknown-program'));
    expect(document.querySelector('[role="switch"]')).toBeNull();
  });

  it('say that a key is used twice', async () => {
    const twice = { ...settings, selectionShortcut: settings.acceptShortcut };
    asked.mockReturnValue([]);
    await draw(<LinksSettings settings={twice} keyState="ours" onChange={onChange} />);
    await shows(t('links.keysTwice'));
    expect(text()).not.toContain(t('workspaces.keysTaken'));
  });
});

describe('the settings of the customer’s page', () => {
  it('are only shown if the profile has them', async () => {
    const lockedScreenPop = {
      address: 'https://crm.example.com/{digits}',
      name: 'CRM',
      onAccept: false,
    };
    await draw(<ScreenPopSettings settings={settings} onChange={onChange} />, { lockedScreenPop });
    expect(document.querySelector('input, [role="switch"]')).toBeNull();
    await shows('https://crm.example.com/5511987654321');
    await shows(t('screenPop.byHandLocked'));
  });
});

describe('the settings of the local API', () => {
  const api = <LocalApiSettings settings={{ ...settings, localApi: true }} onChange={onChange} />;

  it('hide the token until it is asked for', async () => {
    asked.mockImplementation((name) => (name === 'local-api.token' ? { token: 'secret-1' } : null));
    await draw(api, { localApi: { state: 'on', address: 'http://127.0.0.1:47520' } });
    await shows('http://127.0.0.1:47520');
    expect(text()).not.toContain('secret-1');
    const show = [...document.querySelectorAll('button')].find(
      ({ textContent }) => textContent === t('localApi.showToken'),
    );
    await act(async () => show?.click());
    await shows('secret-1');
  });

  it.each<[Snapshot['localApi'], string]>([
    [{ state: 'locked' }, t('localApi.states.locked')],
    [{ state: 'failed', why: 'EACCES' }, t('localApi.failed', { why: 'EACCES' })],
    [undefined, t('localApi.states.off')],
  ])('say why it is not offered (%j)', async (localApi, said) => {
    await draw(api, { localApi });
    await shows(said);
    expect(asked).not.toHaveBeenCalledWith('local-api.token', expect.anything());
  });

  it('say that the token will not last where no secret is kept', async () => {
    asked.mockReturnValue({ token: 'x' });
    await draw(api, {
      localApi: { state: 'on', address: 'http://127.0.0.1:47520' },
      vault: { state: 'memory-only', backend: 'basic_text' },
    });
    await shows(t('localApi.notKept'));
    expect(text()).toContain(t('localApi.renew'));
  });
});
