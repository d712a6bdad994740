import { act } from 'react';
import { describe, expect, it, vi } from 'vitest';
import { ContactTimeline } from '../../../../../src/renderer/features/contacts/contact-timeline.tsx';
import { useNews } from '../../../../../src/renderer/features/contacts/use-news.ts';
import { useUnread } from '../../../../../src/renderer/features/contacts/use-unread.ts';
import type { ContactItem } from '../../../../../src/shared/ipc/contacts.ts';
import { stubGranting, stubMain } from '../../fake-main.ts';
import { page, root } from '../../page.ts';

const NOW = Date.now();
const party = { waId: '525512345678', name: 'Sofía' };

type Item<K> = Extract<ContactItem, { kind: K }>;
const common = (id: string, minutes: number) => ({
  id,
  at: NOW - minutes * 60_000,
  accountId: 'support',
});
const received = (
  id: string,
  minutes: number,
  more: Partial<Item<'message-in'>> = {},
): ContactItem => ({
  ...common(id, minutes),
  kind: 'message-in',
  type: 'text',
  text: id,
  unread: false,
  ...more,
});
const sent = (
  id: string,
  minutes: number,
  more: Partial<Item<'message-out'>> = {},
): ContactItem => ({
  ...common(id, minutes),
  kind: 'message-out',
  what: 'text',
  by: 'Ana',
  text: id,
  state: 'sent',
  ...more,
});

function Timeline({
  items,
  firstNew,
}: {
  items: readonly ContactItem[];
  firstNew: string | undefined;
}) {
  const news = useNews(items, party.name);
  return (
    <>
      <output>{news}</output>
      <ContactTimeline
        items={items}
        party={party}
        pending={false}
        firstNew={firstNew}
        onOlder={undefined}
      />
    </>
  );
}

async function draw(items: readonly ContactItem[], firstNew?: string): Promise<void> {
  await act(async () => {
    root.render(<Timeline items={items} firstNew={firstNew} />);
  });
}
const said = () => page.querySelector('output')?.textContent;
const read = (kind: ContactItem['kind']) =>
  page.querySelector(`[data-kind="${kind}"]`)?.textContent ?? '';

describe('a timeline to a screen reader', () => {
  it('names the author of each message, and says what is new', async () => {
    const items = [sent('Hello', 1), received('Hi', 2, { unread: true })];
    await draw(items, 'Hi');
    expect(read('message-in')).toContain('New, from ');
    expect(read('message-in')).toContain('Sofía');
    expect(read('message-out')).toMatch(/^From .*Ana/);
    expect([...page.querySelectorAll('h3')].map(({ textContent }) => textContent)).toContain('New');
  });

  it('says which message another one answers', async () => {
    await draw([
      received('Blue', 1, { quoted: { by: 'Ana', type: 'text', text: 'Blue or red?' } }),
      received('Yes', 2, { quoted: 'gone' }),
    ]);
    const quotes = [...page.querySelectorAll('[data-kind="message-in"]')].map(
      ({ textContent }) => textContent,
    );
    expect(quotes[0]).toContain('A message that is not here any more');
    expect(quotes[1]).toMatch(/^From .*Answers .*Ana.*Blue or red\?.*Blue/);
  });

  it('says what comes in and what fails while it is open, but not what is older', async () => {
    const items = [sent('Hello', 1), received('Hi', 2)];
    await draw(items);
    expect(said()).toBe('');
    await draw([...items, received('Long ago', 9000)]);
    expect(said()).toBe('');
    await draw([received('Where are you?', 0), ...items]);
    expect(said()).toContain('Where are you?');
    await draw([sent('Hello', 1, { state: 'delivered' }), received('Hi', 2)]);
    await draw([sent('Hello', 1, { state: 'failed' }), received('Hi', 2)]);
    expect(said()).toBe('Not delivered: Hello');
  });

  it('begins what is new anew when the agent comes back', async () => {
    const asked: unknown[] = [];
    stubGranting((name, input) => {
      asked.push([name, input]);
      return null;
    });
    let hasFocus = true;
    vi.spyOn(document, 'hasFocus').mockImplementation(() => hasFocus);
    function Page({ items }: { items: readonly ContactItem[] }) {
      return <p>{useUnread(party, items)}</p>;
    }
    const show = (items: readonly ContactItem[]) =>
      act(async () => root.render(<Page items={items} />));
    const focus = (now: boolean) =>
      act(async () => {
        hasFocus = now;
        window.dispatchEvent(new Event(now ? 'focus' : 'blur'));
      });
    const [first, second] = [received('first', 9), received('second', 1)];
    await show([received('first', 9, { unread: true })]);
    expect(page.textContent).toBe('first');
    expect(asked).toEqual([
      ['contacts.read', { party: { waId: party.waId, userId: undefined }, to: first.at }],
    ]);
    await show([first]);
    expect(page.textContent).toBe('first');
    await focus(false);
    await show([received('second', 1, { unread: true }), first]);
    expect(page.textContent).toBe('second');
    expect(asked).toHaveLength(1);
    await focus(true);
    expect(asked).toHaveLength(2);
    await show([second, first]);
    expect(page.textContent).toBe('second');
  });

  it.each([
    ['sending', 'Sending'],
    ['sent', 'Sent'],
    ['delivered', 'Delivered'],
    ['read', 'Read'],
  ] as const)('says of a message that it is %s', async (state, words) => {
    await draw([sent('Hello', 1, { state })]);
    expect(read('message-out')).toContain(words);
  });

  it('says why a message failed, in the provider’s words too, with a button to try again', async () => {
    const asked = vi.fn<(name: string, input: unknown) => unknown>(() =>
      Promise.resolve({ ok: true, value: null }),
    );
    stubMain(asked);
    const error = { code: '131000', message: 'Something went wrong', transient: true };
    await draw([sent('Hello', 1, { state: 'failed', error, retry: 'possible' })]);
    expect(read('message-out')).toContain('Not delivered');
    expect(read('message-out')).toContain('Something went wrong');
    const again = [...page.querySelectorAll('button')].find(
      (one) => one.textContent === 'Try again',
    );
    await act(async () => again?.click());
    expect(asked).toHaveBeenCalledWith('messages.retry', { id: 'Hello' });
    await draw([sent('Hello', 1, { state: 'failed', error, retry: 'begun' })]);
    expect(read('message-out')).toContain('You tried again');
    expect(page.querySelector('button')).toBeNull();
  });
});
