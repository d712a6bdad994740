import { act } from 'react';
import { beforeEach, expect, it } from 'vitest';
import { useKeptFocus } from '../../../../../src/renderer/app/kept-focus.ts';
import { ErasePerson } from '../../../../../src/renderer/features/contacts/erase-person.tsx';
import { storeSnapshot } from '../../../../../src/renderer/state/snapshot-store.ts';
import { snapshot, teammate } from '../../fixtures.ts';
import { setNarrow } from '../../window-width.ts';
import { stubMain } from '../../fake-main.ts';
import { root } from '../../page.ts';

setNarrow(false);
// jsdom lays nothing out.
Element.prototype.checkVisibility = () => true;
const party = { waId: '5511987654321', name: 'Camila Souza' };
const CERTIFICATE = '/home/bea/Documents/erasure-2026-11-30.txt';
/** The window keeps the focus where controls are replaced. */
function Page() {
  useKeptFocus();
  return <ErasePerson party={party} />;
}
let answer: (value: unknown) => void;
let shown: unknown[];

beforeEach(async () => {
  shown = [];
  storeSnapshot(snapshot({ team: [teammate('bea', 'Bea Lima', { role: 'admin' })] }));
  stubMain((name, input) => {
    if (name === 'people.erase') return new Promise((resolve) => (answer = resolve));
    if (name === 'people.show-certificate') shown.push(input);
    return Promise.resolve({ ok: true, value: null });
  });
  await act(async () => root.render(<Page />));
  opener().focus();
  await press('Erase customer…');
});

function button(name: string): HTMLElement {
  const found = [...document.querySelectorAll('button')].find((one) => one.textContent === name);
  if (!found) throw new Error(`no button ${name} in ${document.body.textContent}`);
  return found;
}
const opener = () => button('Erase customer…');
/** As Enter does on the focused button. */
const press = (name: string) =>
  act(async () => {
    button(name).focus();
    button(name).click();
  });
const escape = () =>
  act(async () => {
    const key = { key: 'Escape', bubbles: true };
    document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', key));
  });
const dialog = () => document.querySelector('[role=alertdialog]');
const isFocusInside = () => dialog()?.contains(document.activeElement);
async function erase(): Promise<void> {
  const field = dialog()?.querySelector('input');
  if (!field) throw new Error('nothing to type into');
  await act(async () => {
    // React listens to the setter of the element, so the prototype's is called.
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(field, 'erase');
    field.dispatchEvent(new Event('input', { bubbles: true }));
  });
  await press('Erase');
}

it('the question takes the focus, Escape closes it, and the focus returns', async () => {
  await expect.poll(isFocusInside).toBe(true);
  await escape();
  expect(dialog()).toBeNull();
  await expect.poll(() => document.activeElement === opener()).toBe(true);
});

it('Escape does not hide what is being erased', async () => {
  await erase();
  await escape();
  expect(dialog()?.querySelector('progress')).not.toBeNull();
});

it('the certificate can be read and shown by keyboard, and Escape closes it', async () => {
  await erase();
  const value = { path: CERTIFICATE, text: 'All of +55 11 98765-4321 was erased.' };
  await act(async () => answer({ ok: true, value }));
  expect(dialog()?.textContent).toContain(value.text);
  await expect.poll(isFocusInside).toBe(true);
  await press('Show file');
  expect(shown).toEqual([{ path: CERTIFICATE }]);
  await escape();
  expect(dialog()).toBeNull();
  await expect.poll(() => document.activeElement === opener()).toBe(true);
});
