import { type KeyboardEvent, useRef, useState } from 'react';
import type { ContactRow } from '../../../shared/ipc/contacts.ts';
import type { Party } from '../../../shared/providers/events.ts';
import { exactTime, moment } from '../../lib/format.ts';
import { partyName } from '../../lib/party.ts';
import { useDebounced } from '../../lib/use-debounced.ts';
import { useNow } from '../../lib/use-now.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { TextField } from '../../ui/field.tsx';
import { contactWords } from '../../words.ts';
import { useContacts } from './use-contacts.ts';
import css from './contact-list.module.css';

interface ContactListProps {
  selected: Party | undefined;
  onSelect: (party: Party) => void;
}

/** Everybody we had to do with, the latest first. */
export function ContactList({ selected, onSelect }: ContactListProps) {
  const [text, setText] = useState('');
  const contacts = useContacts(useDebounced(text, 120));
  const rows = contacts.data?.pages.flatMap((page) => page.rows) ?? [];
  const now = useNow(30_000);
  const list = useRef<HTMLUListElement>(null);
  const handleKey = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const current = rows.findIndex(({ party }) => isSame(party, selected));
    const next = rows[current + step];
    if (!next) return;
    onSelect(next.party);
    list.current?.querySelectorAll<HTMLElement>('button')[current + step]?.focus();
  };
  return (
    <>
      <search className={css.search}>
        <TextField
          type="search"
          label={contactWords.search}
          hideLabel
          placeholder={contactWords.search}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </search>
      {contacts.error && <p role="alert">{contacts.error.message}</p>}
      {rows.length === 0 && !contacts.isPending && (
        <Empty
          icon="person"
          title={text === '' ? contactWords.nobodyTitle : contactWords.noMatchTitle}
          text={text === '' ? contactWords.nobody : contactWords.noMatch}
        />
      )}
      <div className={css.scroll}>
        <ul ref={list} aria-label={contactWords.list}>
          {rows.map((row, index) => (
            <li key={row.party.waId ?? row.party.userId}>
              <Row
                row={row}
                now={now}
                selected={isSame(row.party, selected)}
                reachable={isSame(row.party, selected) || (!selected && index === 0)}
                onSelect={() => onSelect(row.party)}
                onKeyDown={handleKey}
              />
            </li>
          ))}
        </ul>
        {contacts.hasNextPage && (
          <Button look="quiet" size="small" onClick={() => void contacts.fetchNextPage()}>
            {contactWords.older}
          </Button>
        )}
      </div>
    </>
  );
}

interface RowProps {
  row: ContactRow;
  now: number;
  selected: boolean;
  /** Only one row is a tab stop; arrows move on from there. */
  reachable: boolean;
  onSelect: () => void;
  onKeyDown: (event: KeyboardEvent) => void;
}

function Row({ row, now, selected, reachable, onSelect, onKeyDown }: RowProps) {
  const { party, lastAt, last, missed } = row;
  return (
    <button
      type="button"
      className={css.row}
      tabIndex={reachable ? 0 : -1}
      aria-current={selected || undefined}
      onClick={onSelect}
      onKeyDown={onKeyDown}
    >
      <Avatar party={party} />
      <span className={css.who}>
        <span className={css.name}>{partyName(party)}</span>
        <span className={missed > 0 ? css.missed : css.quiet}>
          {missed > 0 ? contactWords.missed(missed) : contactWords.lastKinds[last]}
        </span>
      </span>
      <time className={css.quiet} title={exactTime(lastAt)}>
        {moment(lastAt, Math.max(now, lastAt))}
      </time>
    </button>
  );
}

function isSame(party: Party, other: Party | undefined): boolean {
  if (other === undefined) return false;
  return party.waId === other.waId && (party.waId !== undefined || party.userId === other.userId);
}
