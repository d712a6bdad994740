import { type ReactNode, useState } from 'react';
import { t } from '../../../shared/i18n/i18n.ts';
import type { Party } from '../../../shared/providers/events.ts';
import { useNow } from '../../lib/use-now.ts';
import { useSnapshot } from '../../state/snapshot-store.ts';
import { foldDock, show, useUi } from '../../state/ui.ts';
import { queryErrorMessage } from '../../state/requests.ts';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { FailureCard } from '../../ui/failure.tsx';
import { ListDetail } from '../../ui/list-detail.tsx';
import { VirtualList } from '../../ui/virtual-list.tsx';
import { Filters } from './filters.tsx';
import type { Waiting } from './reasons.ts';
import { ROW_HEIGHT, TodoRow } from './row.tsx';
import { useActions, type RowAction } from './use-actions.ts';
import { useCall } from './use-call.ts';
import { useKeptRows } from './use-kept-rows.ts';
import { useRowFocus, useRowKeys } from './use-row-keys.ts';
import { type TodoFilter, useTodo } from './use-todo.ts';
import css from './todo-view.module.css';

/** Renders a person's page, which is another feature; passed in by the app. */
export type PersonSlot = (props: { party: Party; onClose: () => void }) => ReactNode;

/** Everyone who waits, beside the page of one of them. */
export function TodoView({ person }: { person: PersonSlot }) {
  const now = useNow(15_000);
  const self = useSnapshot(({ agent }) => agent?.id);
  const selected = useUi(({ todo }) => todo);
  const isDemo = useSnapshot(({ app }) => app.workspace === 'demo');
  const isConnected = useSnapshot(({ connection }) => connection.state === 'connected');
  const queued = useSnapshot(({ todo }) => todo.queued);
  const [filter, setFilter] = useState<TodoFilter>('all');
  const { lists, query } = useTodo(now, self);
  const isBusy = useSnapshot(({ calls }) => calls.some(({ shownAs }) => shownAs !== 'gone'));
  const rows = useKeptRows(lists[filter], filter, isBusy);
  const { run, did } = useActions();
  const [menu, setMenu] = useState<'snooze' | 'assign' | undefined>();
  const index = rows.findIndex(({ customer }) => customer === selected?.customer);
  const row = rows[index];
  const call = useCall(row);
  const select = (one: Waiting | undefined) => {
    setMenu(undefined);
    useUi.setState({ todo: one && { customer: one.customer, party: one.party } });
  };
  const go = (one: Waiting | undefined) => {
    if (one?.customer === selected?.customer) return;
    askForFocus();
    select(one);
  };
  const [marks, setMarks] = useState<ReadonlySet<string>>(new Set());
  const marked = rows.filter(({ customer, isOver }) => marks.has(customer) && !isOver);
  const unmark = () => setMarks(new Set());
  const doWith = async (one: Waiting, action: RowAction) => {
    setMenu(undefined);
    const those = marked.length > 0 ? marked : [one];
    const stays = (other: Waiting) => !those.includes(other);
    const next = rows.slice(index + 1).find(stays) ?? rows.slice(0, index).findLast(stays);
    const leaves = action.kind === 'done' || action.kind === 'snooze';
    if (!(await run(those, action))) return;
    unmark();
    if (leaves && those.some(({ customer }) => customer === selected?.customer)) go(next);
  };
  const actsOn = marked.length > 0 ? marked : row ? [row] : [];
  const list = useRowKeys({
    row,
    isMine: actsOn.length > 0 && actsOn.every(({ owner }) => owner && owner.id === self),
    onMark: () => row && setMarks(toggled(marks, row.customer)),
    onUnmark: marked.length > 0 ? unmark : undefined,
    onAction: (action) => row && void doWith(row, action),
    onMenu: setMenu,
    onCall: call,
    onMove: (by) => go(rows[Math.max(0, Math.min(index + by, rows.length - 1))]),
    onUndo: did?.undo,
  });
  const askForFocus = useRowFocus(list);
  return (
    <ListDetail
      title={t('views.todo')}
      listLabel={t('todo.list')}
      listWidth="wide"
      selected={selected?.customer}
      onNoRoom={foldDock}
      list={
        // Keys for the selected row, wherever the focus is in the list.
        // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- each key has a button, too
        <div ref={list} className={css.list}>
          <Filters
            filter={filter}
            lists={lists}
            onChange={(other) => {
              unmark();
              setFilter(other);
            }}
          />
          {queued > 0 && <p className={css.queued}>{t('todo.queued', { count: queued })}</p>}
          {query.error && <FailureCard message={queryErrorMessage(query.error)} />}
          {rows.length > 0 && (
            <VirtualList
              label={t('todo.list')}
              rows={rows}
              keyOf={({ customer }) => customer}
              heightOf={() => ROW_HEIGHT}
              selected={index}
              onSelect={select}
            >
              {(one, button) => (
                <TodoRow
                  row={one}
                  now={now}
                  self={self}
                  button={button}
                  isSelected={one === row}
                  isMarked={marked.includes(one)}
                  menu={one === row ? menu : undefined}
                  numbers={actsOn.flatMap(({ items }) => items.map((item) => item.accountId))}
                  onMenu={setMenu}
                  onCall={call}
                  onAction={(action) => void doWith(one, action)}
                />
              )}
            </VirtualList>
          )}
          {rows.length === 0 && query.data && (
            <Empty
              icon="check"
              title={lists.all.length > 0 ? t('todo.emptyFilterTitle') : t('todo.emptyTitle')}
              text={emptyText(lists.all.length > 0, isConnected)}
            >
              {isDemo && lists.all.length === 0 && (
                <Button onClick={() => show('demo')}>{t('todo.emptyDemo')}</Button>
              )}
            </Empty>
          )}
          <output className={css.did}>
            {marked.length > 0 && (
              <>
                <span>{t('todo.howManyMarked', { number: marked.length })}</span>
                <Button size="small" look="quiet" keys="Escape" onClick={unmark}>
                  {t('todo.unmark')}
                </Button>
              </>
            )}
            {did && marked.length === 0 && (
              <>
                <span>{did.words}</span>
                {did.undo && (
                  <Button size="small" look="quiet" keys="Z" onClick={did.undo}>
                    {t('todo.actions.undo')}
                  </Button>
                )}
              </>
            )}
          </output>
        </div>
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

function toggled(marks: ReadonlySet<string>, one: string): ReadonlySet<string> {
  const after = new Set(marks);
  if (!after.delete(one)) after.add(one);
  return after;
}

function emptyText(hasOthers: boolean, isConnected: boolean): string {
  if (hasOthers) return t('todo.emptyFilter');
  return isConnected ? t('todo.empty') : t('todo.emptyOffline');
}
