import { t } from '../../../shared/i18n/i18n.ts';
import { type ReactNode, useEffect } from 'react';
import { useDebounced } from '../../lib/use-debounced.ts';
import { act } from '../../state/requests.ts';
import { useSnapshot } from '../../state/snapshot-store.ts';
import { type CallsOf, foldDock, useUi } from '../../state/ui.ts';
import { Empty } from '../../ui/empty.tsx';
import { ListDetail } from '../../ui/list-detail.tsx';
import { Icon } from '../../ui/icon.tsx';
import { CallDetail } from './call-detail.tsx';
import { CallList } from './call-list.tsx';
import { OngoingExternalCalls } from './ongoing-external-calls.tsx';
import { Filters } from './filters.tsx';
import { AgentFilter, TeamCalls } from './team-calls.tsx';
import { SavedViews } from './saved-views.tsx';
import { SliceNote } from './slice-note.tsx';
import { useHistory } from './use-history.ts';
import { missingCallsNote, unsavedCallsNote } from '../../messages/storage.ts';
import css from './history-view.module.css';

interface HistoryViewProps {
  notes: (callId: string) => ReactNode;
  /** Plays the voicemail in an item of the customer's timeline. */
  voicemail: (itemId: string, from: string) => ReactNode;
}

/** The call list with filters, beside the details of one call. */
export function HistoryView({ notes, voicemail }: HistoryViewProps) {
  const filter = useUi(({ filter }) => filter);
  const selected = useUi(({ selectedCallId }) => selectedCallId);
  const of = useUi(({ callsOf }) => callsOf);
  const setOf = (callsOf: CallsOf) => useUi.setState({ callsOf });
  const settled = useDebounced(filter, 120);
  const history = useHistory(settled);
  const rows = history.data?.pages.flatMap((page) => page.rows) ?? [];
  const unseen = rows.some(({ id, unseen }) => id === selected && unseen);
  useEffect(() => {
    if (selected !== undefined && unseen) void act('history.seen', { callId: selected });
  }, [selected, unseen]);
  const select = (callId: string | undefined) => useUi.setState({ selectedCallId: callId });
  return (
    <ListDetail
      title={t('views.history')}
      listLabel={t('history.callHistory')}
      listWidth="wide"
      selected={selected}
      onNoRoom={foldDock}
      list={
        <>
          {of === 'me' && <Filters filter={filter} />}
          <AgentFilter of={of} onChange={setOf} />
          {of === 'me' ? (
            <>
              <SavedViews
                filter={filter}
                isListed={history.data !== undefined && !history.isPlaceholderData}
              />
              <SliceNote slice={filter.insight} />
              <StorageNotes />
              <OngoingExternalCalls />
              <CallList
                history={history}
                rows={rows}
                filter={filter}
                selected={selected}
                onSelect={select}
              />
            </>
          ) : (
            <TeamCalls of={of} />
          )}
        </>
      }
    >
      {selected === undefined ? (
        of === 'me' &&
        rows.length > 0 && (
          <Empty icon="history" title={t('history.pickCallTitle')} text={t('history.pickCall')} />
        )
      ) : (
        <CallDetail
          key={selected}
          callId={selected}
          notes={notes(selected)}
          voicemail={voicemail}
          onClose={() => select(undefined)}
        />
      )}
    </ListDetail>
  );
}

/** Why calls may be missing. An empty list alone would look as if nobody had ever called. */
function StorageNotes() {
  const storage = useSnapshot(({ storage }) => storage);
  const lines = storage ? [unsavedCallsNote(storage), missingCallsNote(storage)] : [];
  return lines.map(
    (line) =>
      line !== undefined && (
        <p key={line.what} className={css.note} aria-live="polite">
          <Icon name="warning" />
          <span>
            {line.what} <bdi className={css.path}>{line.path}</bdi>
          </span>
        </p>
      ),
  );
}
