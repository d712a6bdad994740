import { t } from '../../../shared/i18n/i18n.ts';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { ContactRow } from '../../../shared/ipc/contacts.ts';
import type { Party } from '../../../shared/providers/events.ts';
import { exactTime, moment } from '../../lib/format.ts';
import { partyName } from '../../lib/party.ts';
import { useDebounced } from '../../lib/use-debounced.ts';
import { useNow } from '../../lib/use-now.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Empty } from '../../ui/empty.tsx';
import { TextField } from '../../ui/field.tsx';
import { useContacts } from './use-contacts.ts';
import css from './contact-list.module.css';

interface ContactListProps {
  selected: Party | undefined;
  onSelect: (party: Party) => void;
}

const ROW_HEIGHT = 56;

/** Everybody we had to do with, the latest first. Only what is visible is in the page, however many they are. */
export function ContactList({ selected, onSelect }: ContactListProps) {
  const [text, setText] = useState('');
  const contacts = useContacts(useDebounced(text, 120));
  const rows = contacts.data?.pages.flatMap((page) => page.rows) ?? [];
  return (
    <>
      <search className={css.search}>
        <TextField
          type="search"
          label={t('contacts.search')}
          hideLabel
          placeholder={t('contacts.search')}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </search>
      {contacts.error && <p role="alert">{contacts.error.message}</p>}
      {rows.length > 0 && (
        <Rows rows={rows} contacts={contacts} selected={selected} onSelect={onSelect} />
      )}
      {rows.length === 0 && !contacts.isPending && (
        <Empty
          icon="person"
          title={text === '' ? t('contacts.nobodyTitle') : t('contacts.noMatchTitle')}
          text={text === '' ? t('contacts.nobody') : t('contacts.noMatch')}
        />
      )}
    </>
  );
}

interface RowsProps extends ContactListProps {
  rows: readonly ContactRow[];
  contacts: ReturnType<typeof useContacts>;
}

function Rows({ rows, contacts, selected, onSelect }: RowsProps) {
  const now = useNow(30_000);
  const scroll = useRef<HTMLDivElement>(null);
  // Its functions change with every render; nothing here is memoised by them.
  // oxlint-disable-next-line react/incompatible-library
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: (index) => keyOf(rows[index]) ?? index,
    overscan: 10,
  });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = contacts;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && last >= rows.length - 20) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage, last, rows.length]);
  const current = rows.findIndex(({ party }) => isSame(party, selected));
  const handleKey = (event: KeyboardEvent) => {
    const target = { ArrowDown: current + 1, ArrowUp: current - 1, Home: 0, End: rows.length - 1 }[
      event.key
    ];
    const row = target === undefined ? undefined : rows[target];
    if (target === undefined || !row) return;
    event.preventDefault();
    onSelect(row.party);
    virtual.scrollToIndex(target);
    // The row may only just be drawn.
    requestAnimationFrame(() =>
      scroll.current?.querySelector<HTMLElement>(`[data-index="${target}"]`)?.focus(),
    );
  };
  return (
    <div ref={scroll} className={css.scroll}>
      <ul
        className={css.list}
        style={{ height: virtual.getTotalSize() }}
        aria-label={t('contacts.list')}
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
              style={{ transform: `translateY(${item.start}px)` }}
            >
              <Row
                row={row}
                index={item.index}
                now={now}
                selected={item.index === current}
                reachable={item.index === Math.max(0, current)}
                onSelect={() => onSelect(row.party)}
                onKeyDown={handleKey}
              />
            </li>
          );
        })}
      </ul>
    </div>
  );
}

interface RowProps {
  row: ContactRow;
  index: number;
  now: number;
  selected: boolean;
  /** Only one row is a tab stop; arrows move on from there. */
  reachable: boolean;
  onSelect: () => void;
  onKeyDown: (event: KeyboardEvent) => void;
}

function Row({ row, index, now, selected, reachable, onSelect, onKeyDown }: RowProps) {
  const { party, lastAt, last, missed } = row;
  return (
    <button
      type="button"
      data-index={index}
      className={css.row}
      tabIndex={reachable ? 0 : -1}
      aria-current={selected || undefined}
      onClick={onSelect}
      onKeyDown={onKeyDown}
    >
      <Avatar party={party} />
      <span className={css.who}>
        <span className={css.top}>
          <span className={css.name} dir="auto">
            {partyName(party)}
          </span>
          <time className={css.time} title={exactTime(lastAt)}>
            {moment(lastAt, Math.max(now, lastAt))}
          </time>
        </span>
        <span className={missed > 0 ? css.missed : css.quiet}>
          {missed > 0 ? t('contacts.missed', { count: missed }) : t(`contacts.lastKinds.${last}`)}
        </span>
      </span>
    </button>
  );
}

function keyOf(row: ContactRow | undefined): string | undefined {
  return row && (row.party.waId ?? row.party.userId);
}

function isSame(party: Party, other: Party | undefined): boolean {
  if (other === undefined) return false;
  return party.waId === other.waId && (party.waId !== undefined || party.userId === other.userId);
}
