import { act } from 'react';
import { beforeEach, expect, it, vi } from 'vitest';
import { HeatTable } from '../../../../../src/renderer/features/insight/heat-table.tsx';
import type { CellSlice, Table } from '../../../../../src/renderer/features/insight/table.ts';
import { page, root } from '../../page.ts';

const hours = Array.from({ length: 24 }, (_, hour) => hour);
const table: Table = {
  columns: ['Weekday', ...hours.map((hour) => `${hour}:00`)],
  rows: ['Monday', 'Tuesday', 'Wednesday'].map((name, weekday) => ({
    name,
    cells: hours.map((hour) => ({
      text: hour === 3 ? '0' : '7',
      value: hour === 3 ? 0 : 7,
      slice: hour === 3 ? undefined : { weekday, hour },
    })),
  })),
};
const onOpen = vi.fn<(slice: CellSlice) => void>();

beforeEach(() => {
  onOpen.mockClear();
  act(() => root.render(<HeatTable table={table} label="Calls" onOpen={onOpen} />));
});

const stops = () =>
  [...page.querySelectorAll<HTMLElement>('button')].filter(({ tabIndex }) => tabIndex === 0);
const at = () => document.activeElement?.getAttribute('data-cell');
function press(...keys: string[]): void {
  for (const key of keys) {
    const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true });
    act(() => void document.activeElement?.dispatchEvent(event));
  }
}

it('is one stop, within which the arrow keys move to the edges and no further', () => {
  expect(stops()).toHaveLength(1);
  act(() => stops()[0]?.focus());
  press('ArrowUp', 'ArrowLeft');
  expect(at()).toBe('0/0');
  press('ArrowDown', 'ArrowRight', 'ArrowRight');
  expect(at()).toBe('1/2');
  press('End');
  expect(at()).toBe('1/23');
  press('ArrowRight', 'ArrowDown', 'ArrowDown');
  expect(at()).toBe('2/23');
  press('Home');
  expect(at()).toBe('2/0');
  // Tab comes back to where it was.
  expect(stops().map((one) => one.getAttribute('data-cell'))).toEqual(['2/0']);
});

it('moves as it is drawn where the table is mirrored', () => {
  const drawn = page.querySelector('table');
  if (drawn) drawn.style.direction = 'rtl';
  act(() => stops()[0]?.focus());
  press('ArrowLeft', 'ArrowLeft', 'ArrowRight');
  expect(at()).toBe('0/1');
});

it('opens the calls of a cell, and none where there are none', () => {
  act(() => stops()[0]?.focus());
  press('ArrowRight');
  act(() => page.querySelector<HTMLElement>('[data-cell="0/1"]')?.click());
  expect(onOpen).toHaveBeenLastCalledWith({ weekday: 0, hour: 1 });
  press('ArrowRight', 'ArrowRight');
  expect(at()).toBe('0/3');
  act(() => page.querySelector<HTMLElement>('[data-cell="0/3"]')?.click());
  expect(onOpen).toHaveBeenCalledTimes(1);
});

it('leaves other keys alone', () => {
  act(() => stops()[0]?.focus());
  const tab = new KeyboardEvent('keydown', { key: 'Tab', bubbles: true, cancelable: true });
  act(() => void document.activeElement?.dispatchEvent(tab));
  expect(tab.defaultPrevented).toBe(false);
});

it('says that there are no calls to list, and lists none', () => {
  const cell = (place: string) => page.querySelector<HTMLElement>(`[data-cell="${place}"]`);
  expect(cell('1/3')?.getAttribute('aria-label')).toBe('Tuesday 3:00: 0');
  expect(cell('1/3')?.getAttribute('aria-disabled')).toBe('true');
  expect(cell('1/4')?.getAttribute('aria-label')).toBe('Tuesday 4:00: 7: list the calls');
  act(() => cell('1/3')?.click());
  expect(onOpen).not.toHaveBeenCalled();
});
