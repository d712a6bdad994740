import { t } from '../../../shared/i18n/i18n.ts';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import type { HistoryFilter, HistoryRow } from '../../../shared/ipc/model.ts';
import { dayName } from '../../lib/format.ts';
import { useNow } from '../../lib/use-now.ts';
import { act } from '../../state/requests.ts';
import { useSnapshot } from '../../state/snapshot-store.ts';
import { show, useUi } from '../../state/ui.ts';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Row } from './row.tsx';
import { isFiltered, type useHistory } from './use-history.ts';
import css from './call-list.module.css';

interface CallListProps {
  history: ReturnType<typeof useHistory>;
  rows: readonly HistoryRow[];
  filter: HistoryFilter;
  selected: string | undefined;
  onSelect: (callId: string) => void;
}

const ROW_HEIGHT = 56;
const DAY_HEIGHT = 32;

/** The calls under their days. Only what is visible is in the page, whatever the length. */
export function CallList({ history, rows, filter, selected, onSelect }: CallListProps) {
  const now = useNow(30_000);
  const unseen = useSnapshot(({ unseenMissed }) => unseenMissed);
  const scroll = useRef<HTMLDivElement>(null);
  const startsDay = (index: number) => {
    const row = rows[index];
    const before = rows[index - 1];
    if (!row) return false;
    return !before || dayName(row.createdAt, now) !== dayName(before.createdAt, now);
  };
  // Its functions change with every render; nothing here is memoised by them.
  // oxlint-disable-next-line react/incompatible-library
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: (index) => ROW_HEIGHT + (startsDay(index) ? DAY_HEIGHT : 0),
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: 10,
  });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = history;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && last >= rows.length - 20) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage, last, rows.length]);
  useEffect(() => virtual.measure(), [virtual, rows.length]);

  const moveTo = (index: number) => {
    const row = rows[index];
    if (!row) return;
    onSelect(row.id);
    virtual.scrollToIndex(index);
    // The row may only just be drawn.
    requestAnimationFrame(() =>
      scroll.current?.querySelector<HTMLElement>(`[data-index="${index}"]`)?.focus(),
    );
  };
  const handleKey = (event: KeyboardEvent) => {
    const current = rows.findIndex(({ id }) => id === selected);
    const target = { ArrowDown: current + 1, ArrowUp: current - 1, Home: 0, End: rows.length - 1 }[
      event.key
    ];
    if (target === undefined) return;
    event.preventDefault();
    moveTo(target);
  };

  if (history.error) return <p role="alert">{history.error.message}</p>;
  if (rows.length === 0 && history.isPending) return null;
  if (rows.length === 0) return <Nothing filter={filter} />;
  return (
    <>
      {unseen > 0 && (
        <p className={css.unseen}>
          {t('common.missedCalls', { count: unseen })} {t('history.notSeen')}
          <Button look="quiet" size="small" onClick={() => void act('history.seen', {})}>
            {t('history.markSeen')}
          </Button>
        </p>
      )}
      <div ref={scroll} className={css.scroll}>
        <ul
          className={css.list}
          style={{ height: virtual.getTotalSize() }}
          aria-label={t('history.calls')}
        >
          {items.map((item) => {
            const row = rows[item.index];
            if (!row) return null;
            return (
              <li
                key={item.key}
                className={css.item}
                aria-setsize={hasNextPage ? -1 : rows.length}
                aria-posinset={item.index + 1}
                style={{ transform: `translateY(${item.start}px)`, height: item.size }}
              >
                {startsDay(item.index) && (
                  <h2 className={css.day}>{dayName(row.createdAt, now)}</h2>
                )}
                <Row
                  row={row}
                  index={item.index}
                  now={now}
                  selected={row.id === selected}
                  reachable={row.id === selected || (selected === undefined && item.index === 0)}
                  onSelect={() => onSelect(row.id)}
                  onKeyDown={handleKey}
                />
              </li>
            );
          })}
        </ul>
      </div>
    </>
  );
}

function Nothing({ filter }: { filter: HistoryFilter }) {
  const demo = useSnapshot(({ app }) => app.workspace === 'demo');
  const isGap = useSnapshot(({ storage }) => (storage?.setAside ?? storage?.trouble) !== undefined);
  if (isFiltered(filter)) {
    return (
      <Empty icon="search" title={t('history.nothingFoundTitle')} text={t('history.nothingFound')}>
        <Button onClick={() => useUi.setState({ filter: {} })}>{t('history.clearFilter')}</Button>
      </Empty>
    );
  }
  return (
    <Empty
      icon="history"
      title={isGap ? t('storage.historyEmpty.title') : t('history.noCallsTitle')}
      text={isGap ? t('storage.historyEmpty.text') : t('history.noCalls')}
    >
      {demo && (
        <Button look="accent" icon="people" onClick={() => show('demo')}>
          {t('dialpad.openDemo')}
        </Button>
      )}
    </Empty>
  );
}
