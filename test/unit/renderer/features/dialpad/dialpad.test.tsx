import { t } from '../../../../../src/shared/i18n/i18n.ts';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act } from 'react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { CallsView } from '../../../../../src/renderer/features/dialpad/calls-view.tsx';
import { storeSnapshot } from '../../../../../src/renderer/state/snapshot-store.ts';
import { fillNewCall, prepareDial, useUi, wordsOf } from '../../../../../src/renderer/state/ui.ts';
import type { Contact, ContactRow } from '../../../../../src/shared/ipc/contacts.ts';
import { snapshot } from '../../fixtures.ts';
import { contactFacts } from '../../people.ts';
import { setNarrow } from '../../window-width.ts';
import { stubGranting } from '../../fake-main.ts';
import { page, root } from '../../page.ts';

setNarrow(false);

const camila: ContactRow = {
  party: { name: 'Camila Reyes', waId: '5215512345678' },
  lastAt: Date.now() - 3_600_000,
  last: 'call',
  missed: 0,
  failed: false,
  doNotCall: false,
  unread: 0,
};
const known: Contact = {
  party: camila.party,
  details: {},
  others: [],
  merged: [],
  items: [
    {
      id: '1',
      at: Date.now() - 3_600_000,
      accountId: 'support',
      kind: 'call',
      callId: 'support/1',
      direction: 'inbound',
      outcome: 'missed',
    },
  ],
};

const asked = vi.fn<(name: string, input: unknown) => unknown>();

beforeEach(() => {
  asked.mockReset().mockImplementation((name) => {
    if (name === 'contacts.list') return { rows: [camila] };
    if (name === 'contacts.get') return known;
    return name === 'contacts.facts' ? contactFacts('permanent') : null;
  });
  stubGranting((name, input) => asked(name, input));
  storeSnapshot(snapshot({ revision: 1000 }));
  useUi.setState({ entry: { text: '', country: undefined }, accountId: undefined });
});

async function draw(): Promise<void> {
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  await act(async () => {
    root.render(
      <QueryClientProvider client={queries}>
        <CallsView cockpit={() => null} />
      </QueryClientProvider>,
    );
  });
}

const field = () => {
  const found = page.querySelector<HTMLInputElement>(`input[aria-label="${t('dialpad.number')}"]`);
  if (!found) throw new Error(`no field in ${page.textContent}`);
  return found;
};
const note = () => page.querySelector('#number-note')?.textContent;

async function type(text: string): Promise<void> {
  await act(async () => {
    field().focus();
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(field(), text);
    field().dispatchEvent(new Event('input', { bubbles: true }));
  });
}

const press = (key: string) =>
  act(async () => {
    field().dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
  });
const shown = async (text: string) => {
  await expect
    .poll(async () => {
      await act(async () => {});
      return document.body.textContent;
    })
    .toContain(text);
};

describe('the number field', { timeout: 30_000 }, () => {
  it('U16 finds and picks people by name with the keyboard alone', async () => {
    await draw();
    expect(field().getAttribute('role')).toBe('combobox');
    await type('cami');
    await shown('Camila Reyes');
    expect(field().getAttribute('aria-expanded')).toBe('true');
    await press('ArrowDown');
    const marked = () => field().getAttribute('aria-activedescendant') ?? '';
    await expect
      .poll(() => document.getElementById(marked())?.textContent)
      .toContain('Camila Reyes');
    await press('Enter');
    expect(useUi.getState().entry).toMatchObject({ named: '5215512345678' });
    expect(asked).not.toHaveBeenCalledWith('calls.dial', expect.anything());
  });

  it('U16 shows whose number it is and their last call, and opens their page', async () => {
    await draw();
    await type('+52 55 1234 5678');
    await shown('Camila Reyes');
    await shown('Last call');
    expect(page.querySelector('h2')?.textContent).toBe('Camila Reyes');
    const open = [...page.querySelectorAll('button')].find((one) =>
      one.textContent.includes('Open'),
    );
    act(() => open?.click());
    expect(useUi.getState()).toMatchObject({ view: 'contacts', contact: camila.party });
  });

  it('keeps only the number of a pasted link, and who calls', async () => {
    const [support] = snapshot().accounts;
    if (!support) throw new Error('no number');
    const sales = { ...support, id: 'sales', label: 'Sales', number: '+551150201235' };
    storeSnapshot(snapshot({ revision: 1500, accounts: [support, sales] }));
    await draw();
    await type('ringdesk:call?number=%2B52%2055%201234%205678&from=sales');
    expect(useUi.getState()).toMatchObject({
      entry: { text: '+525512345678' },
      accountId: 'sales',
    });
    await shown('Camila Reyes');
    await type('');
    await type('ringdesk:call?number=%2B525512345678&from=nobody');
    expect(useUi.getState().accountId).toBe('sales');
    expect(useUi.getState().toasts.map((one) => wordsOf(one).what)).toEqual([
      t('links.unknownFrom', { from: 'nobody' }),
    ]);
  });

  it.each([
    ['tel:*21*5215512345678#', 'service-code'],
    ['https://wa.me/message/5215512345678', 'short-link'],
    ['https://wa.me/settings', 'no-number'],
    ['ringdesk:accept?number=5215512345678', 'unknown-action'],
  ] as const)('says why the pasted %s has no number', async (link, why) => {
    await draw();
    await type(link);
    expect(field().value).toBe(link);
    expect(note()).toBe(t(`links.problems.${why}`));
    await shown(t('dialpad.problems.not-a-number'));
  });

  it('dials nothing when Enter follows at once on a link of another program', async () => {
    await draw();
    act(() => fillNewCall('+52 55 1234 5678', undefined, true));
    await shown('Camila Reyes');
    const button = [...page.querySelectorAll('button')].find(
      (one) => one.textContent === t('common.call'),
    );
    const submit = () =>
      act(async () => {
        field().form?.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
      });
    await expect.poll(() => button?.getAttribute('aria-disabled')).toBeNull();
    useUi.setState({ filledAt: performance.now() });
    await submit();
    expect(asked).not.toHaveBeenCalledWith('calls.dial', expect.anything());
    useUi.setState({ filledAt: performance.now() - 1_000 });
    await submit();
    expect(asked).toHaveBeenCalledWith('calls.dial', { accountId: 'support', to: '525512345678' });
  });

  it('U16 reads national numbers for the country of the calling number', async () => {
    storeSnapshot(
      snapshot({
        revision: 1001,
        settings: { ...snapshot().settings, defaultCountry: 'US' },
      }),
    );
    await draw();
    await type('11987654321');
    expect(note()).toBe('+55 11 98765 4321');
  });

  it('N1 dials a number as the provider spelled it until it is edited', async () => {
    prepareDial('22997123456');
    await draw();
    expect(field().value).toBe('+229 97123456');
    expect(note()).toBe('+229 97123456');
    await type('+229 9712345');
    expect(useUi.getState().entry.named).toBeUndefined();
    expect(note()).toContain(t('dialpad.hints.unusual'));
  });
});
