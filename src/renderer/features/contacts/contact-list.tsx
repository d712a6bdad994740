import { formats, t } from '../../../shared/i18n/i18n.ts';
import { useState } from 'react';
import type { ContactRow } from '../../../shared/ipc/contacts.ts';
import { LONGEST_SEARCH } from '../../../shared/ipc/history.ts';
import type { Party } from '../../../shared/providers/events.ts';
import { moment } from '../../lib/format.ts';
import { classes } from '../../lib/classes.ts';
import { partyName } from '../../lib/party.ts';
import { useDebounced } from '../../lib/use-debounced.ts';
import { useNow } from '../../lib/use-now.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Empty } from '../../ui/empty.tsx';
import { TextField } from '../../ui/field.tsx';
import { type RowButton, VirtualList } from '../../ui/virtual-list.tsx';
import { ExchangeMenu } from './exchange-menu.tsx';
import { useContacts } from './use-contacts.ts';
import { FailureCard } from '../../ui/failure.tsx';
import { queryErrorMessage } from '../../state/requests.ts';
import line from '../../ui/person-row.module.css';
import css from './contact-list.module.css';

interface ContactListProps {
  selected: Party | undefined;
  onSelect: (party: Party) => void;
}

const ROW_HEIGHT = 56;

/** Everyone who called, wrote or was called, latest first. */
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
          maxLength={LONGEST_SEARCH}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <ExchangeMenu />
      </search>
      {contacts.error && <FailureCard message={queryErrorMessage(contacts.error)} />}
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
  return (
    <VirtualList
      label={t('contacts.list')}
      rows={rows}
      keyOf={({ party }) => party.waId ?? party.userId}
      heightOf={() => ROW_HEIGHT}
      selected={rows.findIndex(({ party }) => isSame(party, selected))}
      onSelect={({ party }) => onSelect(party)}
      pages={contacts}
    >
      {(row, button) => <Row row={row} now={now} button={button} />}
    </VirtualList>
  );
}

interface RowProps {
  row: ContactRow;
  now: number;
  button: RowButton;
}

function Row({ row, now, button }: RowProps) {
  const { party, lastAt, last, missed, failed, unread, doNotCall } = row;
  return (
    <button {...button}>
      <Avatar party={party} />
      <span className={line.who}>
        <span className={line.top}>
          <span className={classes(line.name, unread > 0 && css.strong)} dir="auto">
            {partyName(party)}
          </span>
          <time className={line.time} title={formats.exactDate(lastAt)}>
            {moment(lastAt, Math.max(now, lastAt))}
          </time>
        </span>
        <span className={line.top}>
          <span className={classes(css.last, (missed > 0 || failed) && css.missed)}>
            {doNotCall && `${t('contacts.doNotCall')} · `}
            {missed > 0
              ? t('contacts.missed', { count: missed })
              : failed
                ? t('contacts.lastFailed')
                : t(`contacts.lastKinds.${last}`)}
          </span>
          {unread > 0 && (
            <span className={classes(css.unread, 'num')}>
              <span aria-hidden="true">{unread > 99 ? '99+' : unread}</span>
              <span className="visually-hidden">{t('contacts.unread', { count: unread })}</span>
            </span>
          )}
        </span>
      </span>
    </button>
  );
}

function isSame(party: Party, other: Party | undefined): boolean {
  if (other === undefined) return false;
  return party.waId === other.waId && (party.waId !== undefined || party.userId === other.userId);
}
