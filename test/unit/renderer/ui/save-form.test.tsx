import { act } from 'react';
import { beforeEach, expect, it, vi } from 'vitest';
import { type FormState, SaveForm } from '../../../../src/renderer/ui/save-form.tsx';
import { page, root } from '../page.ts';

const onSave = vi.fn<() => void>();
const undo = vi.fn<() => void>();

beforeEach(() => {
  vi.clearAllMocks();
});

function draw(changes: Partial<FormState>, problems: readonly string[] = []): void {
  const form = { changed: true, overtaken: false, saving: false, undo, ...changes };
  act(() =>
    root.render(
      <SaveForm form={form} problems={problems} onSave={onSave}>
        <input aria-label="Name" />
      </SaveForm>,
    ),
  );
}
const button = (name: string) =>
  [...page.querySelectorAll('button')].find(({ textContent }) => textContent === name);
const reason = () =>
  page.querySelector(`[id="${button('Save')?.getAttribute('aria-describedby')}"]`)?.textContent;
/** What Enter in a field triggers. */
const submit = () => act(() => page.querySelector('form')?.requestSubmit());

it('saves by button and by Enter, and undoes', () => {
  draw({});
  act(() => button('Save')?.click());
  submit();
  expect(onSave).toHaveBeenCalledTimes(2);
  act(() => button('Undo')?.click());
  expect(undo).toHaveBeenCalledOnce();
  expect(onSave).toHaveBeenCalledTimes(2);
});

it.each([
  ['unchanged', { changed: false }, [], 'No changes to save'],
  ['being saved', { saving: true }, [], 'Saving…'],
  ['wrong', {}, ['Too long'], 'Too long'],
])('saves nothing while it is %s, and says why', (_, changes, problems, why) => {
  draw(changes, problems);
  expect(button('Save')?.getAttribute('aria-disabled')).toBe('true');
  expect(reason()).toBe(why);
  act(() => button('Save')?.click());
  submit();
  expect(onSave).not.toHaveBeenCalled();
});

it('shows no Undo and no problems while nothing is changed', () => {
  draw({ changed: false }, ['Too long']);
  expect(button('Undo')).toBeUndefined();
  expect(page.querySelector('li')).toBeNull();
});

it('shows a failed save with the provider’s words, and changes by someone else', () => {
  draw({ overtaken: true, refused: { what: 'Refused', next: 'Ask an admin', quote: 'no' } });
  expect(page.querySelector('[role="alert"]')?.textContent).toContain('Refused · Ask an admin');
  expect(page.querySelector('[role="alert"]')?.textContent).toContain('no');
  expect(page.textContent).toContain('Someone else changed these settings');
});
