import { useQuery } from '@tanstack/react-query';
import { formats, t } from '../../../shared/i18n/i18n.ts';
import type { Todo } from '../../../shared/protocol/todo.ts';
import { moment } from '../../lib/format.ts';
import { partyName } from '../../lib/party.ts';
import { useNow } from '../../lib/use-now.ts';
import { fetchFromMain, queryErrorMessage } from '../../state/requests.ts';
import { foldDock, useUi } from '../../state/ui.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Empty } from '../../ui/empty.tsx';
import { FailureCard } from '../../ui/failure.tsx';
import { ListDetail } from '../../ui/list-detail.tsx';
import { type RowButton, VirtualList } from '../../ui/virtual-list.tsx';
import type { PersonSlot } from './todo-view.tsx';
import line from '../../ui/person-row.module.css';
import css from './row.module.css';

const ROW_HEIGHT = 56;

/** Who was answered last, and by whom, beside the page of one of them. */
export function RecentView({ person }: { person: PersonSlot }) {
  const now = useNow(15_000);
  const selected = useUi(({ recent }) => recent);
  const query = useQuery({
    queryKey: ['todo', 'recent'],
    queryFn: () => fetchFromMain('todo.recent', {}),
  });
  const rows = query.data ?? [];
  const select = (item: Todo | undefined) => useUi.setState({ recent: item });
  return (
    <ListDetail
      title={t('views.recent')}
      listLabel={t('todo.recent')}
      listWidth="wide"
      selected={selected && keyOf(selected)}
      onNoRoom={foldDock}
      list={
        <>
          {query.error && <FailureCard message={queryErrorMessage(query.error)} />}
          {rows.length > 0 && (
            <VirtualList
              label={t('todo.recent')}
              rows={rows}
              keyOf={keyOf}
              heightOf={() => ROW_HEIGHT}
              selected={selected ? rows.findIndex((row) => keyOf(row) === keyOf(selected)) : -1}
              onSelect={select}
            >
              {(item, button) => <RecentRow item={item} now={now} button={button} />}
            </VirtualList>
          )}
          {rows.length === 0 && query.data && (
            <Empty icon="history" title={t('todo.recentEmptyTitle')} text={t('todo.recentEmpty')} />
          )}
        </>
      }
    >
      {selected
        ? person({ party: selected.party, onClose: () => select(undefined) })
        : rows.length > 0 && (
            <Empty icon="person" title={t('todo.pickTitle')} text={t('todo.pick')} />
          )}
    </ListDetail>
  );
}

const keyOf = ({ accountId, customer }: Pick<Todo, 'accountId' | 'customer'>): string =>
  `${accountId}/${customer}`;

function RecentRow({ item, now, button }: { item: Todo; now: number; button: RowButton }) {
  const { party, closed } = item;
  return (
    <button {...button}>
      <Avatar party={party} />
      <span className={line.who}>
        <span className={line.top}>
          <span className={line.name} dir="auto">
            {partyName(party)}
          </span>
          {closed && (
            <time className={line.time} title={formats.exactDate(closed.at)}>
              {moment(closed.at, Math.max(now, closed.at))}
            </time>
          )}
        </span>
        {closed && (
          <span className={css.why} dir="auto">
            {closed.by
              ? t(`todo.closedBy.${closed.how}`, { name: closed.by.name })
              : t(`todo.closed.${closed.how}`)}
          </span>
        )}
      </span>
    </button>
  );
}
