import { formats, t } from '../../../shared/i18n/i18n.ts';
import type { HistoryRow } from '../../../shared/ipc/history.ts';
import type { Outcome } from '../../../shared/call/record.ts';
import { clockTime, moment } from '../../lib/format.ts';
import { partyName, partyNumber } from '../../lib/party.ts';
import { classes } from '../../lib/classes.ts';
import { Icon, type IconName } from '../../ui/icon.tsx';
import type { RowButton } from '../../ui/virtual-list.tsx';
import css from './row.module.css';

interface RowProps {
  row: HistoryRow;
  now: number;
  button: RowButton;
}

/** One call in the list. */
export function CallRow({ row, now, button }: RowProps) {
  const missed = row.outcome === 'missed';
  const today = new Date(row.createdAt).toDateString() === new Date(now).toDateString();
  return (
    <button
      {...button}
      data-call={row.id}
      className={classes(button.className, missed && css.missed)}
    >
      <span className={css.kind}>
        <Icon name={iconOf(row)} size={16} />
      </span>
      <span className={css.who}>
        <span className={css.name}>
          <span className={css.nameText} dir="auto">
            {partyName(row.party)}
          </span>
          {row.unseen && (
            <span className={css.unseen}>
              <span className="visually-hidden">{t('history.notSeen')}</span>
            </span>
          )}
        </span>
        <span className={classes(css.outcome, 'num')}>
          <span className="visually-hidden">{t(`history.directions.${row.direction}`)}</span>
          <span>
            {t(`outcomes.${row.outcome}`)}
            {row.voicemail && ` · ${t('todo.voicemail')}`}
          </span>
          {row.hit && (
            <>
              <span className={css.dot}>·</span>
              <span dir="auto">{t('common.quote', { text: row.hit.text })}</span>
            </>
          )}
          {!row.hit && row.party.name !== undefined && partyNumber(row.party) !== '' && (
            <>
              <span className={css.dot}>·</span>
              <span dir="ltr">{partyNumber(row.party)}</span>
            </>
          )}
        </span>
      </span>
      <span className={css.when} title={formats.exactDate(row.createdAt)}>
        <time>{today ? moment(row.createdAt, now) : formats.time(row.createdAt)}</time>
        {row.talkSeconds !== undefined && <time>{clockTime(row.talkSeconds)}</time>}
      </span>
    </button>
  );
}

const lost: ReadonlySet<Outcome> = new Set(['missed', 'declined', 'elsewhere']);

function iconOf({ direction, outcome }: HistoryRow): IconName {
  if (lost.has(outcome)) return 'missed';
  return direction === 'inbound' ? 'inbound' : 'outbound';
}
