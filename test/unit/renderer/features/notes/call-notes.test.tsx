import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act } from 'react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { storeSnapshot } from '../../../../../src/renderer/state/snapshot-store.ts';
import type { NoteContent } from '../../../../../src/shared/ipc/notes.ts';
import { snapshot } from '../../fixtures.ts';
import { CallNotes } from '../../../../../src/renderer/features/notes/call-notes.tsx';
import { stubMain } from '../../fake-main.ts';
import { page, root } from '../../page.ts';

let answer: unknown;
const saved: NoteContent[] = [];
const texts = () => saved.map(({ text }) => text);
let revision = 5_000;

beforeEach(async () => {
  vi.useFakeTimers();
  saved.length = 0;
  answer = { ok: true, value: null };
  stubMain((name, { text, disposition, tags }: NoteContent) => {
    if (name === 'notes.get') {
      const labels = { disposition: 'Called back', tags: ['Shop'] };
      const others = [{ by: 'Bea', text: 'Was promised a cup', ...labels, at: Date.now() }];
      return Promise.resolve({ ok: true, value: { text: 'before', tags: ['Old'], others } });
    }
    saved.push({ text, disposition, tags });
    return Promise.resolve(answer);
  });
  const wrapUpForm = { outcomes: ['Solved', 'Open'], tags: ['VIP'], required: true };
  storeSnapshot(snapshot({ revision: ++revision, wrapUpForm }));
  await act(async () =>
    root.render(
      <QueryClientProvider client={new QueryClient()}>
        <CallNotes callId="support/wacid.1" />
      </QueryClientProvider>,
    ),
  );
  await act(() => vi.advanceTimersByTimeAsync(50));
});
afterEach(() => {
  vi.useRealTimers();
});

const field = () => {
  const found = page.querySelector('textarea');
  if (!found) throw new Error('no field');
  return found;
};
async function type(text: string, ms: number): Promise<void> {
  await act(async () => {
    Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value')?.set?.call(
      field(),
      text,
    );
    field().dispatchEvent(new Event('input', { bubbles: true }));
    await vi.advanceTimersByTimeAsync(ms);
  });
}

it('shows the stored note and what teammates wrote', () => {
  expect(field().value).toBe('before');
  expect(page.textContent).toContain('Was promised a cup');
  expect(page.textContent).toContain('Bea');
  expect(page.textContent).toContain('Called back · Shop');
});

it('stores the note several times a second while the agent types without a pause', async () => {
  for (let letters = 1; letters <= 10; letters++) await type('x'.repeat(letters), 100);
  expect(saved.length).toBeGreaterThanOrEqual(3);
  expect(saved.length).toBeLessThanOrEqual(5);
  await act(() => vi.advanceTimersByTimeAsync(300));
  expect(texts().at(-1)).toBe('x'.repeat(10));
  expect(page.querySelector('output')?.textContent).toBe('Saved');
});

it('leaves the field with Escape, so that the keys of the call work again', () => {
  page.tabIndex = -1;
  act(() => field().focus());
  act(() => {
    field().dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
  });
  expect(document.activeElement).toBe(page);
});

it('stores the rest when the agent goes elsewhere', async () => {
  await type('half a sent', 10);
  expect(texts()).toEqual([]);
  act(() => root.render(null));
  expect(texts()).toEqual(['half a sent']);
});

it('does not claim that a note is saved when it was refused', async () => {
  answer = { ok: false, error: { code: 'no-such-call', message: 'gone' } };
  await type('lost', 400);
  expect(texts()).toEqual(['lost']);
  expect(page.querySelector('output')?.textContent).toBe('');
  expect(field().value).toBe('lost');
});

const label = (name: string) => {
  const found = [...page.querySelectorAll('button')].find(({ textContent }) =>
    textContent?.includes(name),
  );
  if (!found) throw new Error(`no ${name}`);
  return found;
};
const press = (name: string) =>
  act(async () => {
    label(name).click();
    await vi.advanceTimersByTimeAsync(0);
  });

it('stores an outcome and tags at once, with what was being typed', async () => {
  expect(page.textContent).toContain('required');
  await type('half', 10);
  await press('Solved');
  expect(saved).toEqual([{ text: 'half', disposition: 'Solved', tags: ['Old'] }]);
  expect(label('Solved').getAttribute('aria-pressed')).toBe('true');
  expect(page.textContent).not.toContain('required');
  await press('VIP');
  await press('Old');
  await press('Open');
  expect(saved.at(-1)).toEqual({ text: 'half', disposition: 'Open', tags: ['VIP'] });
  await press('Open');
  expect(saved.at(-1)).toEqual({ text: 'half', disposition: undefined, tags: ['VIP'] });
  expect(label('Solved').getAttribute('aria-keyshortcuts')).toBe('1');
});
