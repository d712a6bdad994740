import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, type ReactNode } from 'react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { CostMeter } from '../../../../../src/renderer/features/call-card/cost-meter.tsx';
import { Findings } from '../../../../../src/renderer/features/cockpit/findings.tsx';
import { Meters } from '../../../../../src/renderer/features/cockpit/meters.tsx';
import { PersonForm } from '../../../../../src/renderer/features/contacts/person-form.tsx';
import { Composer } from '../../../../../src/renderer/features/contacts/composer.tsx';
import { ForwardingSection } from '../../../../../src/renderer/features/settings/number/forwarding.tsx';
import { Hours } from '../../../../../src/renderer/features/settings/number/hours.tsx';
import { useDraft } from '../../../../../src/renderer/features/settings/number/use-number.ts';
import { callVerdict } from '../../../../../src/renderer/state/call-verdict.ts';
import { money } from '../../../../../src/renderer/lib/money.ts';
import type { AccountView } from '../../../../../src/shared/ipc/account.ts';
import { capabilities } from '../../../../../src/shared/providers/capabilities.ts';
import type { Forwarding } from '../../../../../src/shared/providers/number-settings.ts';
import { parseDecimal } from '../../../../../src/shared/rules/decimal.ts';
import type { ContactEvent, Facts } from '../../../../../src/shared/rules/facts.ts';
import type { CallHours } from '../../../../../src/shared/rules/facts.ts';
import { connectedCall, facts, permission, snapshot } from '../../fixtures.ts';
import { contactFacts, forwardedView } from '../../people.ts';
import { noticeMessage } from '../../../../../src/renderer/messages/errors.ts';
import { stubGranting } from '../../fake-main.ts';
import { page, root } from '../../page.ts';

const NOW = Date.UTC(2026, 10, 23, 12);
const HOUR = 3_600_000;
let queries: QueryClient;
const asked = vi.fn<(name: string, input: unknown) => unknown>();

beforeEach(() => {
  asked.mockReset().mockReturnValue({});
  stubGranting((name, input) => (name === 'drafts.set' ? null : asked(name, input)));
  queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
});

async function draw(what: ReactNode): Promise<void> {
  await act(async () => {
    root.render(<QueryClientProvider client={queries}>{what}</QueryClientProvider>);
  });
}
const labelled = (label: string) =>
  [...page.querySelectorAll('label')].find((one) => one.textContent.includes(label));
const field = (label: string) => {
  const found = labelled(label)?.querySelector<HTMLInputElement>('input, textarea');
  if (!found) throw new Error(`no field ${label} in ${page.textContent}`);
  return found;
};
const button = (name: string) => {
  const found = [...page.querySelectorAll('button')].find((one) => one.textContent === name);
  if (!found) throw new Error(`no button ${name} in ${page.textContent}`);
  return found;
};
async function type(label: string, text: string): Promise<void> {
  const input = field(label);
  const proto = input instanceof HTMLTextAreaElement ? HTMLTextAreaElement : HTMLInputElement;
  await act(async () => {
    // React listens to the setter of the element, so the prototype's is called.
    Object.getOwnPropertyDescriptor(proto.prototype, 'value')?.set?.call(input, text);
    input.dispatchEvent(new Event('input', { bubbles: true }));
  });
}
const press = (name: string) => act(async () => button(name).click());

const account = (changes: Partial<AccountView> = {}): AccountView => {
  const [first] = snapshot().accounts;
  if (!first) throw new Error('no account in the fixtures');
  return { ...first, ...changes };
};

describe('the call verdict', () => {
  const inVain = (count: number): ContactEvent[] =>
    Array.from({ length: count }, (_, index) => ({
      kind: 'business-call',
      at: NOW - (count - index) * HOUR,
      outcome: 'unanswered',
    }));
  const allowed = { ...permission('permanent'), checkedAt: NOW - 5 * HOUR };

  it.each([
    ['good', facts({ ...allowed, checkedAt: NOW }), 'You can call'],
    [
      'warned',
      facts({ ...allowed, checkedAt: NOW }, { history: inVain(2) }),
      'You can call: check this first',
    ],
    ['blocked', facts({ ...permission('none'), checkedAt: NOW }), 'Calling is not allowed now'],
  ] as const)('is summed up in one line when %s', (tone, known, title) => {
    expect(callVerdict(known, NOW)).toMatchObject({ tone, title });
  });

  it('lists every finding with severity, end and a button where one helps', async () => {
    const onNext = vi.fn<(action: string) => void>();
    const known: Facts = facts(
      { ...permission('none'), checkedAt: NOW },
      {
        business: {
          number: '+551150201234',
          restrictions: [
            { type: 'RESTRICTED_BUSINESS_INITIATED_CALLING', expiresAt: NOW + 2 * HOUR },
          ],
        },
      },
    );
    await draw(<Findings findings={callVerdict(known, NOW).findings} now={NOW} onNext={onNext} />);
    const restricted = page.querySelector('[data-finding="restricted"]');
    expect(restricted?.textContent).toContain('Not allowed: ');
    expect(restricted?.textContent).toContain('again in 2\u00a0h');
    expect(page.querySelector('[data-finding="permission-missing"]')).not.toBeNull();
    await press('Open number settings');
    expect(onNext).toHaveBeenCalledWith('read-provider-notice');
  });

  it('shows running meters: calls left, unanswered calls, the service window', async () => {
    const known = facts(
      { ...permission('temporary'), checkedAt: NOW, expiresAt: NOW + 5 * HOUR },
      { history: [...inVain(3), { kind: 'customer-message', at: NOW - 23 * HOUR }] },
    );
    await draw(<Meters facts={known} now={NOW} />);
    const figures = new Map(
      [...page.querySelectorAll('dt')].map((dt) => [
        dt.textContent,
        dt.nextElementSibling?.textContent,
      ]),
    );
    expect(figures.get('Permission to call')).toBe('Allowed for another 5\u00a0h');
    expect(figures.get('Calls left')).toBe('97 of 100 in 24 hours');
    expect(figures.get('Unanswered in a row')).toBe('3 of 4 (at 4 WhatsApp removes permission)');
    expect(figures.get('Free-form messages')).toMatch(/^until .* \(1\u00a0h left\)$/);
  });

  it('names a country that cannot call, even with permission', async () => {
    const known = facts(
      { ...allowed, checkedAt: NOW },
      { business: { number: '+12025550143', callingEnabled: true } },
    );
    expect(callVerdict(known, NOW).tone).toBe('blocked');
    await draw(
      <Findings findings={callVerdict(known, NOW).findings} now={NOW} onNext={() => undefined} />,
    );
    expect(page.querySelector('[data-finding="country-blocked"]')?.textContent).toContain(
      'Numbers from the United States cannot call customers',
    );
  });

  it('closes the window and expires permission as time passes', async () => {
    const known = facts(
      { ...permission('temporary'), checkedAt: NOW, expiresAt: NOW + HOUR },
      { history: [{ kind: 'customer-message', at: NOW - 23.5 * HOUR }] },
    );
    await draw(<Meters facts={known} now={NOW} />);
    expect(page.textContent).toContain('(30\u00a0min left)');
    await draw(<Meters facts={known} now={NOW + 2 * HOUR} />);
    expect(page.textContent).toContain('Expired');
    expect(page.textContent).toContain('Free-form messagesclosed');
    expect(callVerdict(known, NOW + 2 * HOUR).tone).toBe('blocked');
  });

  it('needs no permission on a web number', async () => {
    await draw(<Meters facts={facts('unchecked', { provider: 'pilot-web' })} now={NOW} />);
    expect(page.textContent).toContain('Not needed for this number');
    expect(page.textContent).not.toContain('Requests left');
  });
});

describe('the composer', () => {
  const party = { waId: '525512345678' };

  it('sends with Enter, breaks lines with Shift+Enter, and keeps the text until it is accepted', async () => {
    await draw(
      <Composer
        account={account()}
        party={party}
        facts={{ ...contactFacts('none'), cost: undefined }}
      />,
    );
    await type('Write a message', 'Hello');
    const enter = (shiftKey: boolean) =>
      act(async () => {
        field('Write a message').dispatchEvent(
          new KeyboardEvent('keydown', { key: 'Enter', shiftKey, bubbles: true }),
        );
      });
    await enter(true);
    expect(asked).not.toHaveBeenCalled();
    await enter(false);
    expect(asked).toHaveBeenCalledWith('messages.text', {
      accountId: 'support',
      party: { waId: '525512345678', userId: undefined },
      text: 'Hello',
    });
    expect(field('Write a message').value).toBe('');
  });

  it('says why free text is not allowed and still offers templates', async () => {
    const closed = { ...contactFacts('none', { history: [] }), cost: undefined };
    await draw(<Composer account={account()} party={party} facts={closed} />);
    expect(page.querySelector('textarea')).toBeNull();
    expect(page.textContent).toContain('in the last 24 hours');
    expect(button('Template…')).toBeTruthy();
  });

  it('says where to write to customers if not here', async () => {
    const zernio = account({ provider: 'zernio', capabilities: capabilities.zernio });
    await draw(<Composer account={zernio} party={party} facts={undefined} />);
    expect(page.textContent).toContain('the provider’s own inbox');
    expect(page.querySelector('textarea')).toBeNull();
  });
});

describe('what is written down about a person', () => {
  const onDone = vi.fn<() => void>();
  const form = (details: object) => (
    <PersonForm
      contact={{ party: { waId: '5511987654321' }, details, profileName: undefined }}
      onDone={onDone}
    />
  );

  it('is kept while it is not saved, and overwrites nothing that a teammate changed meanwhile', async () => {
    await draw(form({ name: 'Ana', company: 'Sol' }));
    await type('Company', 'Lua');
    await draw(null);
    await draw(form({ name: 'Ana Lima', company: 'Sol', doNotCall: { at: 1, by: 'Bea' } }));
    expect([field('Name').value, field('Company').value]).toEqual(['Ana Lima', 'Lua']);
    await press('Save');
    const party = { waId: '5511987654321' };
    expect(asked).toHaveBeenCalledWith('people.edit', { party, edit: { company: 'Lua' } });
    expect(onDone).toHaveBeenCalled();
    // Saved, or taken back: nothing is left of it.
    await type('Company', 'Mar');
    await press('Cancel');
    expect(field('Company').value).toBe('Sol');
  });
});

describe('the cost meter', () => {
  it('steps by six seconds from the answer on and is hidden before', async () => {
    asked.mockReturnValue(contactFacts('permanent'));
    const party = { waId: '525512345678' };
    const call = connectedCall({ direction: 'outbound', party, connectedAt: NOW });
    const at = async (now: number, changes: Partial<typeof call> = {}) => {
      await draw(<CostMeter call={{ ...call, ...changes }} now={now} />);
      return page.textContent;
    };
    await at(NOW + 1000);
    // The price is asked for first; from then on it is known.
    await expect
      .poll(async () => {
        await act(async () => undefined);
        return page.textContent;
      })
      .not.toBe('');
    expect(await at(NOW + 1000)).toContain('0.01 USD');
    expect(await at(NOW + 6001)).toContain('0.02 USD');
    expect(await at(NOW + 60_000)).toContain('0.10 USD');
    expect(await at(NOW, { connectedAt: undefined })).toBe('');
    expect(await at(NOW + 1000, { direction: 'inbound' })).toBe('');

    queries.clear();
    asked.mockReturnValue(contactFacts('permanent', { provider: 'pilot-web' }));
    await at(NOW + 1000);
    await expect
      .poll(async () => {
        await act(async () => undefined);
        return queries.isFetching();
      })
      .toBe(0);
    // WhatsApp charges nothing for a web number's calls.
    expect(page.textContent).toBe('');
  });

  it.each([
    ['3', '3.00 USD'],
    ['0.0625', '0.0625 USD'],
    ['0.10', '0.10 USD'],
  ])('formats %s as %s', (text, written) => {
    const amount = parseDecimal(text);
    expect(amount && money(amount, 'USD')).toBe(written);
  });
});

describe('unsaved settings', () => {
  function Probe({ stored }: { stored: string }) {
    const { value, changed, overtaken, set, undo } = useDraft('n/probe', stored);
    return (
      <>
        <p>{[value, changed && 'changed', overtaken && 'overtaken'].filter(Boolean).join(' ')}</p>
        <button onClick={() => set(`${value}!`)}>type</button>
        <button onClick={undo}>undo</button>
      </>
    );
  }
  const shown = () => page.querySelector('p')?.textContent;

  it('follow the stored value until edited, then keep the edit and report changes elsewhere', async () => {
    await draw(<Probe stored="a" />);
    await draw(<Probe stored="b" />);
    expect(shown()).toBe('b');
    await press('type');
    expect(shown()).toBe('b! changed');
    await draw(<Probe stored="c" />);
    expect(shown()).toBe('b! changed overtaken');
    await press('undo');
    expect(shown()).toBe('c');
  });

  it('count as unchanged once someone else has stored the same', async () => {
    await draw(<Probe stored="a" />);
    await press('type');
    await draw(<Probe stored="a!" />);
    expect(shown()).toBe('a!');
  });
});

describe('settings forms', () => {
  const hours: CallHours = {
    zone: 'America/Sao_Paulo',
    weekly: [{ day: 'MONDAY', open: '0900', close: '1800' }],
    holidays: [],
    holidaysMean: 'open',
  };

  it('send call hours as a whole once they are valid', async () => {
    await draw(<Hours account={account()} hours={hours} />);
    await type('Monday, opens', '19:00');
    expect(page.textContent).toContain('closing time must be after opening time');
    await press('Save');
    expect(asked).not.toHaveBeenCalled();
    await type('Monday, opens', '08:00');
    await press('Save');
    expect(asked).toHaveBeenCalledWith('numbers.set', {
      accountId: 'support',
      change: { hours: { ...hours, weekly: [{ day: 'MONDAY', open: '0800', close: '1800' }] } },
    });
  });

  it('send only changed forwarding fields, and a password only if typed', async () => {
    const forwarding: Forwarding | undefined = forwardedView.settings?.forwarding;
    if (!forwarding) throw new Error('no forwarding in the fixtures');
    const zernio = account({ provider: 'zernio', capabilities: capabilities.zernio });
    await draw(<ForwardingSection account={zernio} forwarding={forwarding} />);
    await type('Maximum call length', '0');
    expect(page.textContent).toContain('Enter whole minutes, up to 1,440');
    await type('Maximum call length', '90');
    await press('Save');
    expect(asked).toHaveBeenCalledWith('numbers.set', {
      accountId: 'support',
      change: { forwarding: { maxCallSeconds: 5400 } },
    });
  });
});

it('restrictions and warnings have texts, unknown ones show their code', () => {
  const said = (code: 'number-restricted' | 'number-warned', what: string) =>
    noticeMessage({ id: 'a', kind: 'error', code, values: { label: 'Support', what }, at: NOW })
      .what;
  expect(said('number-restricted', 'RESTRICTED_BUSINESS_INITIATED_CALLING')).toBe(
    'WhatsApp restricted Support: it cannot call customers for now',
  );
  expect(said('number-warned', 'USER_INITIATED_CALLS_LOW_PICKUP_RATE')).toContain(
    'Too many customer calls',
  );
  expect(said('number-warned', 'SOMETHING_NEW')).toBe(
    'WhatsApp warning for Support: SOMETHING_NEW',
  );
});
