import { act } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Toasts } from '../../../../../src/renderer/features/notices/toasts.tsx';
import { act as sendRequest } from '../../../../../src/renderer/state/requests.ts';
import { toast, useUi, wordsOf } from '../../../../../src/renderer/state/ui.ts';
import { i18n, t } from '../../../../../src/shared/i18n/i18n.ts';
import { endCardMessage, endMessage } from '../../../../../src/renderer/messages/calls.ts';
import { errorMessage } from '../../../../../src/renderer/messages/errors.ts';
import { stubMain } from '../../fake-main.ts';
import { page, root } from '../../page.ts';

beforeEach(() => {
  vi.useFakeTimers();
  useUi.setState({ toasts: [], pastMessages: [] });
  act(() => root.render(<Toasts />));
});
afterEach(() => {
  vi.useRealTimers();
});

const say = (...what: Parameters<typeof toast>) => {
  act(() => toast(...what));
};
const pass = (ms: number) => {
  act(() => {
    vi.advanceTimersByTime(ms);
  });
};

const send = (to: Element | null | undefined, type: string) => {
  act(() => {
    to?.dispatchEvent(new MouseEvent(type, { bubbles: true }));
  });
};

describe('toasts', () => {
  it('U17 errors stay until dismissed', () => {
    say('bad', () => ({ what: 'It failed', next: 'Try again' }));
    pass(600_000);
    expect(page.textContent).toContain('It failed');
    act(() => page.querySelector<HTMLButtonElement>('button:last-child')?.click());
    expect(page.textContent).toBe('');
    expect(useUi.getState().pastMessages.map((one) => wordsOf(one).what)).toEqual(['It failed']);
  });

  it('U17 other toasts fade, but not under the pointer', () => {
    say('good', () => 'Saved');
    const row = page.querySelector('strong')?.parentElement?.parentElement;
    send(row, 'pointerover');
    pass(60_000);
    expect(page.textContent).toContain('Saved');
    send(row, 'pointerout');
    pass(8_000);
    expect(page.textContent).toBe('');
  });

  it('U17 a newer toast replaces one of the same topic or text', () => {
    say('bad', () => 'First', 'a');
    say('bad', () => 'Second', 'a');
    say('bad', () => 'Other');
    say('bad', () => 'Other');
    expect(useUi.getState().toasts.map((one) => wordsOf(one).what)).toEqual(['Second', 'Other']);
  });

  it('is said in the language of the moment', async () => {
    say('bad', () => t('common.dismiss'));
    await act(() => i18n.setLanguage('es'));
    act(() => root.render(<Toasts key="as the app does" />));
    expect(page.querySelector('strong')?.textContent).toBe('Descartar');
    await act(() => i18n.setLanguage('en'));
  });

  it('U17 a later success removes its error', async () => {
    const answers = [
      { ok: false, error: { code: 'offline', message: '' } },
      { ok: true, value: null },
    ];
    stubMain(() => Promise.resolve(answers.shift()));
    await act(() => sendRequest('calls.accept', { callId: 'a' }));
    expect(useUi.getState().toasts).toHaveLength(1);
    await act(() => sendRequest('calls.accept', { callId: 'a' }));
    expect(useUi.getState().toasts).toHaveLength(0);
  });

  it('U17 only the newest three show, with a count of the others', () => {
    for (const text of ['1', '2', '3', '4', '5']) say('bad', () => text);
    expect([...page.querySelectorAll('strong')].map((one) => one.textContent)).toEqual([
      '3',
      '4',
      '5',
    ]);
    expect(page.textContent).toContain('2 more');
  });

  it('U17 several problems of a file form a list that can be copied', () => {
    const details = ['relay.url: must start with wss://', 'accounts.0.id: is missing'];
    say('bad', () => errorMessage({ code: 'profile-invalid', message: '', details }));
    expect([...page.querySelectorAll('li')].map((one) => one.textContent)).toEqual(details);
    expect(page.textContent).toContain('Copy');
  });

  it('U17 a failure is explained once, not on the card as well', () => {
    const reason = { kind: 'media-failed', why: 'ice-failed' } as const;
    expect(endCardMessage(reason, 'Mia').what).not.toBe(endMessage(reason, 'Mia').what);
    const gone = { kind: 'caller-gone' } as const;
    expect(endCardMessage(gone, 'Mia')).toEqual(endMessage(gone, 'Mia'));
  });
});
