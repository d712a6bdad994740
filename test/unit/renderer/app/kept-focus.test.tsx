import { act } from 'react';
import { createRoot } from 'react-dom/client';
import { afterEach, expect, it, vi } from 'vitest';
import { useKeptFocus } from '../../../../src/renderer/app/kept-focus.ts';

vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
// jsdom lays nothing out.
Element.prototype.checkVisibility = () => true;
afterEach(() => document.body.replaceChildren());

function Page({ rows }: { rows: readonly string[] }) {
  useKeptFocus();
  return rows.map((name) => <button key={name}>{name}</button>);
}
async function open(rows: readonly string[]) {
  const page = document.body.appendChild(document.createElement('main'));
  const root = createRoot(page);
  const show = (now: readonly string[]) => act(async () => root.render(<Page rows={now} />));
  await show(rows);
  return { page, show, close: () => act(() => root.unmount()) };
}
const buttons = () => [...document.querySelectorAll('button')];
const frame = () => new Promise(requestAnimationFrame);

it('the next row has the focus when its row goes away', async () => {
  const { show, close } = await open(['one', 'two', 'three']);
  buttons()[1]?.focus();
  await show(['one', 'three']);
  await expect.poll(() => document.activeElement?.textContent).toBe('three');
  close();
});

it('a window that closed before its next frame moves no focus', async () => {
  const { page, show, close } = await open(['one', 'two']);
  buttons()[1]?.focus();
  await show(['one']);
  close();
  const other = document.createElement('button');
  page.append(other);
  for (let drawn = 0; drawn < 3; drawn += 1) await frame();
  expect(document.activeElement).toBe(document.body);
});
