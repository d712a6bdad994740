// @vitest-environment jsdom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { CallNotes } from '../../../../../src/renderer/features/notes/call-notes.tsx';

vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
let root: Root;
let page: HTMLElement;
let answer: unknown;
const saved: string[] = [];

beforeEach(async () => {
  vi.useFakeTimers();
  saved.length = 0;
  answer = { ok: true, value: null };
  vi.stubGlobal('ringdesk', {
    request: (name: string, { text }: { text: string }) => {
      if (name === 'notes.get') {
        const others = [{ by: 'Bea', text: 'Was promised a cup', at: Date.now() }];
        return Promise.resolve({ ok: true, value: { text: 'before', others } });
      }
      saved.push(text);
      return Promise.resolve(answer);
    },
  });
  page = document.createElement('div');
  document.body.append(page);
  root = createRoot(page);
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
  act(() => root.unmount());
  page.remove();
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
});

it('stores the note several times a second while the agent types without a pause', async () => {
  for (let letters = 1; letters <= 10; letters++) await type('x'.repeat(letters), 100);
  expect(saved.length).toBeGreaterThanOrEqual(3);
  expect(saved.length).toBeLessThanOrEqual(5);
  await act(() => vi.advanceTimersByTimeAsync(300));
  expect(saved.at(-1)).toBe('x'.repeat(10));
  expect(page.querySelector('output')?.textContent).toBe('Saved');
});

it('stores the rest when the agent goes elsewhere', async () => {
  await type('half a sent', 10);
  expect(saved).toEqual([]);
  act(() => root.render(null));
  expect(saved).toEqual(['half a sent']);
});

it('does not claim that a note is saved when it was refused', async () => {
  answer = { ok: false, error: { code: 'no-such-call', message: 'gone' } };
  await type('lost', 400);
  expect(saved).toEqual(['lost']);
  expect(page.querySelector('output')?.textContent).toBe('');
  expect(field().value).toBe('lost');
});
