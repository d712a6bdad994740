import { Fragment, memo } from 'react';
import { formats, isolated, t } from '../../../shared/i18n/i18n.ts';
import { moment } from '../../lib/format.ts';
import { partyName } from '../../lib/party.ts';
import { classes } from '../../lib/classes.ts';
import { useSnapshot } from '../../state/snapshot-store.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import type { RowButton } from '../../ui/virtual-list.tsx';
import { AssignMenu, SnoozeMenu } from './menus.tsx';
import { withKey } from './with-key.ts';
import { reasonWords } from './reasons.ts';
import type { RowAction } from './use-actions.ts';
import type { KeptRow } from './use-kept-rows.ts';
import line from '../../ui/person-row.module.css';
import css from './row.module.css';

/** In px; the CSS says the same. */
export const ROW_HEIGHT = 72;

interface RowProps {
  row: KeptRow;
  now: number;
  self: string | undefined;
  button: RowButton;
  isSelected: boolean;
  /** An action on several is for this one, too. */
  isMarked: boolean;
  menu: 'snooze' | 'assign' | undefined;
  onMenu: (menu: 'snooze' | 'assign' | undefined) => void;
  onCall: () => void;
  onAction: (action: RowAction) => void;
  /** Our numbers at which those wait with whom an action is done. */
  numbers: readonly string[];
}

/** A person who waits, and why; the selected row has its actions at hand. */
export function TodoRow({ row, now, self, button, isSelected, isMarked, ...actions }: RowProps) {
  const isMine = row.owner !== undefined && row.owner.id === self;
  return (
    <div className={css.frame}>
      <button {...button} className={classes(button.className, css.row, isMarked && css.marked)}>
        <Content row={row} now={now} isMine={isMine} isMarked={isMarked} />
      </button>
      {isSelected && !row.isOver && <Actions row={row} isMine={isMine} now={now} {...actions} />}
    </div>
  );
}

/** While the list scrolls, only rows that come into sight are rendered. */
const Content = memo(function Content({
  row,
  now,
  isMine,
  isMarked,
}: Pick<RowProps, 'row' | 'now' | 'isMarked'> & { isMine: boolean }) {
  const { party, owner, from, items } = row;
  const accounts = useSnapshot(({ accounts }) => accounts);
  const labels = items.flatMap(
    ({ accountId }) => accounts.find(({ id }) => id === accountId)?.label ?? [],
  );
  const isUrgent = !row.isOver && items.some(({ reasons }) => reasons.missed ?? reasons.failed);
  return (
    <>
      {isMarked ? (
        <span className={css.mark}>
          <Icon name="check" size={20} />
          <span className="visually-hidden">{t('todo.marked')}</span>
        </span>
      ) : (
        <Avatar party={party} />
      )}
      <span className={line.who}>
        <span className={line.top}>
          <span className={classes(line.name, row.isOver && css.over)} dir="auto">
            {partyName(party)}
          </span>
          {owner && (
            <span className={classes(css.owner, isMine && css.mine)} dir="auto">
              <Icon name="person" size={16} />
              <span className={css.ownerName}>{isMine ? t('todo.ownerYou') : owner.name}</span>
            </span>
          )}
          <time
            className={classes(line.time, row.isOver && css.over)}
            title={formats.exactDate(from)}
          >
            {moment(from, Math.max(now, from))}
          </time>
        </span>
        <span className={classes(css.why, isUrgent && css.urgent)}>
          {row.isOver ? t('todo.over') : <Reasons words={reasonWords(row, now)} />}
        </span>
        {accounts.length > 1 && (
          <span className={css.number}>{formats.list([...new Set(labels)].map(isolated))}</span>
        )}
      </span>
    </>
  );
});

/** Each in its own direction, so that what the customer wrote is cut off at its end. */
function Reasons({ words }: { words: readonly string[] }) {
  return words.map((reason, n) => (
    <Fragment key={reason}>
      {n > 0 && <span aria-hidden="true">·</span>}
      <span className={css.reason} dir="auto">
        {reason}
      </span>
    </Fragment>
  ));
}

interface ActionsProps extends Pick<
  RowProps,
  'row' | 'now' | 'menu' | 'numbers' | 'onMenu' | 'onCall' | 'onAction'
> {
  isMine: boolean;
}

function Actions({ row, now, isMine, menu, numbers, onMenu, onCall, onAction }: ActionsProps) {
  const name = partyName(row.party);
  const look = { size: 'small', look: 'quiet', iconOnly: true } as const;
  return (
    <fieldset className={css.actions} aria-label={t('todo.rowActions', { name })}>
      <Button {...look} icon="phone" aria-keyshortcuts="C" onClick={onCall}>
        {withKey('call', 'C')}
      </Button>
      <Button
        {...look}
        icon="person"
        aria-keyshortcuts="A"
        pressed={isMine}
        onClick={() => onAction({ kind: isMine ? 'unassign' : 'claim' })}
      >
        {withKey(isMine ? 'unassign' : 'claim', 'A')}
      </Button>
      <AssignMenu
        isOpen={menu === 'assign'}
        numbers={numbers}
        onOpen={(open) => onMenu(open ? 'assign' : undefined)}
        onPick={(to) => onAction({ kind: 'assign', to })}
      />
      <SnoozeMenu
        isOpen={menu === 'snooze'}
        now={now}
        onOpen={(open) => onMenu(open ? 'snooze' : undefined)}
        onPick={(until) => onAction({ kind: 'snooze', until })}
      />
      <Button
        {...look}
        icon="check"
        aria-keyshortcuts="E"
        onClick={() => onAction({ kind: 'done' })}
      >
        {withKey('done', 'E')}
      </Button>
    </fieldset>
  );
}
