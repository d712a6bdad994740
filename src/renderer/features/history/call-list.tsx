import { t } from '../../../shared/i18n/i18n.ts';
import type { HistoryFilter, HistoryRow } from '../../../shared/ipc/history.ts';
import { dayName } from '../../lib/format.ts';
import { useNow } from '../../lib/use-now.ts';
import { act, queryErrorMessage } from '../../state/requests.ts';
import { useSnapshot } from '../../state/snapshot-store.ts';
import { show, useUi } from '../../state/ui.ts';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { VirtualList } from '../../ui/virtual-list.tsx';
import { CallRow } from './row.tsx';
import { isFiltered, type useHistory } from './use-history.ts';
import { FailureCard } from '../../ui/failure.tsx';
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

/** Calls grouped by day. */
export function CallList({ history, rows, filter, selected, onSelect }: CallListProps) {
  const now = useNow(30_000);
  const unseen = useSnapshot(({ unseenMissed }) => unseenMissed);
  const isUnreadable = useSnapshot(({ storage }) => storage?.trouble !== undefined);
  const startsDay = (row: HistoryRow, index: number) => {
    const previous = rows[index - 1];
    return !previous || dayName(row.createdAt, now) !== dayName(previous.createdAt, now);
  };
  // The notice above says why.
  if (history.error && isUnreadable) return <NoCalls filter={{}} />;
  if (history.error) return <FailureCard message={queryErrorMessage(history.error)} />;
  if (rows.length === 0 && history.isPending) return null;
  if (rows.length === 0) return <NoCalls filter={filter} />;
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
      <VirtualList
        label={t('history.calls')}
        rows={rows}
        keyOf={({ id }) => id}
        heightOf={(row, index) => ROW_HEIGHT + (startsDay(row, index) ? DAY_HEIGHT : 0)}
        selected={rows.findIndex(({ id }) => id === selected)}
        onSelect={({ id }) => onSelect(id)}
        pages={history}
      >
        {(row, button, index) => (
          <>
            {startsDay(row, index) && <h2 className={css.day}>{dayName(row.createdAt, now)}</h2>}
            <CallRow row={row} now={now} button={button} />
          </>
        )}
      </VirtualList>
    </>
  );
}

function NoCalls({ filter }: { filter: HistoryFilter }) {
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
