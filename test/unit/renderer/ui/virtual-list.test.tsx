import { act } from 'react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { VirtualList } from '../../../../src/renderer/ui/virtual-list.tsx';
import { page, root } from '../page.ts';

const ROW = 40;
const fetchNextPage = vi.fn<() => void>();
const onSelect = vi.fn<(row: string) => void>();

beforeEach(() => {
  // jsdom lays nothing out: the list is ten rows high.
  vi.spyOn(Element.prototype, 'clientHeight', 'get').mockReturnValue(10 * ROW);
  Element.prototype.scrollTo = () => undefined;
  vi.clearAllMocks();
});
afterEach(() => {
  vi.restoreAllMocks();
});

const names = (count: number) => Array.from({ length: count }, (_, index) => `row ${index}`);

function draw(rows: readonly string[], selected: number, hasNextPage = false): void {
  act(() =>
    root.render(
      <VirtualList
        label="Names"
        rows={rows}
        keyOf={(row) => row}
        heightOf={() => ROW}
        selected={selected}
        onSelect={onSelect}
        pages={{ hasNextPage, isFetchingNextPage: false, fetchNextPage }}
      >
        {(row, button) => <button {...button}>{row}</button>}
      </VirtualList>,
    ),
  );
}
const drawn = () => [...page.querySelectorAll('button')];
const press = (key: string) => {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true });
  act(() => {
    page.querySelector('button[tabindex="0"]')?.dispatchEvent(event);
  });
  return event;
};

it('renders only the visible rows of a long list, and tells a screen reader its length', () => {
  draw(names(5000), -1);
  expect(drawn().length).toBeGreaterThanOrEqual(10);
  expect(drawn().length).toBeLessThan(40);
  const first = page.querySelector('li');
  expect(page.querySelector('ul')?.getAttribute('aria-label')).toBe('Names');
  expect(first?.getAttribute('aria-setsize')).toBe('5000');
  expect(first?.getAttribute('aria-posinset')).toBe('1');
  draw(names(5000), -1, true);
  expect(page.querySelector('li')?.getAttribute('aria-setsize')).toBe('-1');
});

it('has one tab stop: the selected row, or the first', () => {
  const stops = () => drawn().filter(({ tabIndex }) => tabIndex === 0);
  draw(names(5), -1);
  expect(stops().map(({ textContent }) => textContent)).toEqual(['row 0']);
  expect(page.querySelector('[aria-current]')).toBeNull();
  draw(names(5), 3);
  expect(stops().map(({ textContent }) => textContent)).toEqual(['row 3']);
  expect(page.querySelector('[aria-current="true"]')?.textContent).toBe('row 3');
  // The selected row was scrolled far away, and is not there.
  draw(names(5000), 4000);
  expect(stops().map(({ textContent }) => textContent)).toEqual(['row 0']);
});

it('moves the selection with the arrow keys, Home and End, and not beyond the ends', () => {
  draw(names(5), 2);
  for (const [key, row] of [
    ['ArrowDown', 'row 3'],
    ['ArrowUp', 'row 1'],
    ['Home', 'row 0'],
    ['End', 'row 4'],
  ] as const) {
    expect(press(key).defaultPrevented).toBe(true);
    expect(onSelect).toHaveBeenLastCalledWith(row);
  }
  onSelect.mockClear();
  draw(names(5), 4);
  press('ArrowDown');
  press('a');
  expect(onSelect).not.toHaveBeenCalled();
});

it('fetches the next page near the end, and only when there is one', () => {
  draw(names(200), -1, true);
  expect(fetchNextPage).not.toHaveBeenCalled();
  draw(names(30), -1, false);
  expect(fetchNextPage).not.toHaveBeenCalled();
  draw(names(30), -1, true);
  expect(fetchNextPage).toHaveBeenCalled();
});
