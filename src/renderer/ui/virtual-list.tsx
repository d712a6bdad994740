import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react';
import css from './virtual-list.module.css';

/** Props to spread onto the button of a row: look, focus, selection and arrow keys. */
export interface RowButton {
  type: 'button';
  className: string | undefined;
  'data-index': number;
  /** Only one row is a tab stop; arrow keys reach the others. */
  tabIndex: 0 | -1;
  'aria-current': true | undefined;
  onClick: () => void;
  onKeyDown: (event: KeyboardEvent) => void;
}

interface VirtualListProps<T> {
  label: string;
  rows: readonly T[];
  keyOf: (row: T) => string | undefined;
  /** Height in px. */
  heightOf: (row: T, index: number) => number;
  /** Index of the selected row, or -1. */
  selected: number;
  onSelect: (row: T) => void;
  /** Fetches further rows, if there are any; an infinite query of TanStack fits. */
  pages?: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => unknown };
  children: (row: T, button: RowButton, index: number) => ReactNode;
}

/** All rows are there. */
const whole = { hasNextPage: false, isFetchingNextPage: false, fetchNextPage: () => undefined };

/** Rows rendered beyond the visible ones. */
const OVERSCAN = 10;
/** Fetch the next page when the last rendered row is this close to the end. */
const FETCH_AHEAD = 20;

/** A list of any length that renders only the visible rows and fetches more as needed. */
export function VirtualList<T>(props: VirtualListProps<T>) {
  const { label, rows, keyOf, heightOf, selected, onSelect, pages, children } = props;
  const scroll = useRef<HTMLDivElement>(null);
  // oxlint-disable-next-line react/incompatible-library -- nothing here is memoised
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: (index) => {
      const row = rows[index];
      return row === undefined ? 0 : heightOf(row, index);
    },
    getItemKey: (index) => {
      const row = rows[index];
      return (row === undefined ? undefined : keyOf(row)) ?? index;
    },
    overscan: OVERSCAN,
  });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  const chosen = Math.max(0, selected);
  // A selected row that was scrolled away is not there: the first one in sight takes its place.
  const stop = items.some(({ index }) => index === chosen)
    ? chosen
    : items.find(({ start }) => start >= (virtual.scrollOffset ?? 0))?.index;
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = pages ?? whole;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && last >= rows.length - FETCH_AHEAD) {
      void fetchNextPage();
    }
  }, [hasNextPage, isFetchingNextPage, fetchNextPage, last, rows.length]);
  // A row that came or went can change the height of its neighbour.
  useEffect(() => virtual.measure(), [virtual, rows.length]);

  const handleKey = (event: KeyboardEvent) => {
    const index = targetOf(event.key, selected, rows.length);
    if (index === undefined) return;
    event.preventDefault();
    const row = rows[index];
    if (row === undefined) return;
    onSelect(row);
    virtual.scrollToIndex(index);
    // The row may not be rendered before the next frame.
    requestAnimationFrame(() =>
      scroll.current?.querySelector<HTMLElement>(`[data-index="${index}"]`)?.focus(),
    );
  };
  return (
    <div ref={scroll} className={css.scroll}>
      <ul className={css.list} style={{ height: virtual.getTotalSize() }} aria-label={label}>
        {items.map(({ key, index, start, size }) => {
          const row = rows[index];
          if (row === undefined) return null;
          const button: RowButton = {
            type: 'button',
            className: css.row,
            'data-index': index,
            tabIndex: index === stop ? 0 : -1,
            'aria-current': index === selected || undefined,
            onClick: () => onSelect(row),
            onKeyDown: handleKey,
          };
          return (
            <li
              key={key}
              className={css.item}
              aria-setsize={hasNextPage ? -1 : rows.length}
              aria-posinset={index + 1}
              style={{ transform: `translateY(${start}px)`, height: size }}
            >
              {children(row, button, index)}
            </li>
          );
        })}
      </ul>
    </div>
  );
}

function targetOf(key: string, selected: number, count: number): number | undefined {
  return { ArrowDown: selected + 1, ArrowUp: selected - 1, Home: 0, End: count - 1 }[key];
}
