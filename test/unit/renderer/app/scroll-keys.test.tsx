import { act } from 'react';
import { beforeEach, expect, it } from 'vitest';
import { useScrollKeys } from '../../../../src/renderer/app/scroll-keys.ts';
import { page, root } from '../page.ts';

function Window() {
  useScrollKeys();
  return (
    <main tabIndex={-1}>
      <button type="button">Filter</button>
      <input aria-label="Search" />
      <ul style={{ overflowY: 'auto' }}>
        <li>
          <button type="button">Row</button>
        </li>
      </ul>
    </main>
  );
}

beforeEach(() => {
  act(() => root.render(<Window />));
  // jsdom lays nothing out.
  Object.defineProperties(find('ul'), {
    clientHeight: { value: 100 },
    scrollHeight: { value: 1000 },
  });
});

const find = (what: string): HTMLElement => {
  const found = page.querySelector<HTMLElement>(what);
  if (!found) throw new Error(`no ${what}`);
  return found;
};
const press = (what: string, key: string): boolean => {
  find(what).focus();
  return find(what).dispatchEvent(
    new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }),
  );
};

it.each(['main', 'main > button'])('scrolls the list while %s has the focus', (focused) => {
  press(focused, 'PageDown');
  expect(find('ul').scrollTop).toBe(90);
  press(focused, 'End');
  expect(find('ul').scrollTop).toBe(1000);
  press(focused, 'PageUp');
  expect(find('ul').scrollTop).toBe(910);
  press(focused, 'Home');
  expect(find('ul').scrollTop).toBe(0);
});

it('leaves the keys to a field, and to the browser inside the list', () => {
  expect(press('input', 'End')).toBe(true);
  expect(press('ul button', 'End')).toBe(true);
  expect(find('ul').scrollTop).toBe(0);
});
