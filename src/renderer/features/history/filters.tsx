import { t } from '../../../shared/i18n/i18n.ts';
import { useEffect, useRef } from 'react';
import { outcomes } from '../../../shared/call/record.ts';
import { LONGEST_SEARCH, type HistoryFilter } from '../../../shared/ipc/history.ts';
import { endOfDay, fieldDate, startOfDay } from '../../lib/format.ts';
import { useSnapshot } from '../../state/snapshot-store.ts';
import { useUi } from '../../state/ui.ts';
import { Button } from '../../ui/button.tsx';
import { Choice } from '../../ui/choice.tsx';
import { DateField } from '../../ui/date-field.tsx';
import { TextField } from '../../ui/field.tsx';
import { Float } from '../../ui/float.tsx';
import { Toggle } from '../../ui/toggle.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { ExportButton } from './export-button.tsx';
import { isFiltered } from './use-history.ts';
import css from './filters.module.css';

function change(changes: Partial<HistoryFilter>): void {
  useUi.setState(({ filter }) => ({ filter: { ...filter, ...changes } }));
}

/** Search field, filters and export. */
export function Filters({ filter }: { filter: HistoryFilter }) {
  const requests = useUi(({ searchRequests }) => searchRequests);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (requests > 0) field.current?.focus();
  }, [requests]);
  const { text: _, ...others } = filter;
  const narrowed = isFiltered(others);
  return (
    <search className={css.filters}>
      <div className={css.searchBox}>
        <TextField
          ref={field}
          type="search"
          label={t('history.searchCalls')}
          hideLabel
          placeholder={t('history.searchCalls')}
          maxLength={LONGEST_SEARCH}
          value={filter.text ?? ''}
          onChange={(event) => change({ text: event.target.value || undefined })}
          onKeyDown={(event) => {
            if (event.key === 'Escape') {
              change({ text: undefined });
              event.currentTarget.blur();
            }
          }}
        />
        {filter.text === undefined && <Kbd keys="/" className={css.slash} />}
      </div>
      <Float
        title={t('history.filter')}
        trigger={
          <Button look={narrowed ? 'plain' : 'quiet'} icon="filter" iconOnly pressed={narrowed}>
            {t('history.filter')}
          </Button>
        }
      >
        <Fields filter={filter} />
      </Float>
      <ExportButton filter={filter} />
    </search>
  );
}

function Fields({ filter }: { filter: HistoryFilter }) {
  const accounts = useSnapshot(({ accounts }) => accounts);
  return (
    <div className={css.fields}>
      <Choice
        label={t('history.direction')}
        value={filter.direction ?? 'all'}
        options={(['all', 'inbound', 'outbound'] as const).map((value) => ({
          value,
          label: t(`history.directions.${value}`),
        }))}
        onChange={(value) => change({ direction: value === 'all' ? undefined : value })}
      />
      <Choice
        label={t('history.outcome')}
        value={filter.voicemail ? 'voicemail' : (filter.outcome ?? 'all')}
        options={[
          { value: 'all', label: t('history.allOutcomes') },
          ...outcomes.map((value) => ({ value, label: t(`outcomes.${value}`) })),
          { value: 'voicemail', label: t('history.withVoicemail') },
        ]}
        onChange={(value) =>
          change({
            outcome: outcomes.find((outcome) => outcome === value),
            voicemail: value === 'voicemail' ? true : undefined,
          })
        }
      />
      {accounts.length > 1 && (
        <Choice
          label={t('history.ourNumber')}
          value={filter.accountId ?? ''}
          options={[
            { value: '', label: t('history.allNumbers') },
            ...accounts.map(({ id, label }) => ({ value: id, label })),
          ]}
          onChange={(accountId) => change({ accountId: accountId || undefined })}
        />
      )}
      <Toggle
        label={t('recordings.withRecording')}
        checked={filter.recording === true}
        onChange={(on) => change({ recording: on || undefined })}
      />
      <div className={css.dates}>
        <DateField
          type="date"
          label={t('history.fromDay')}
          value={dayOf(filter.from)}
          onChange={(event) => change({ from: startOfDay(event.target.value) })}
        />
        <DateField
          type="date"
          label={t('history.toDay')}
          value={dayOf(filter.to)}
          onChange={(event) => change({ to: endOfDay(event.target.value) })}
        />
      </div>
      <Button
        blocked={isFiltered(filter) ? undefined : t('history.nothingFiltered')}
        onClick={() => useUi.setState({ filter: {} })}
      >
        {t('history.clearFilter')}
      </Button>
    </div>
  );
}

/** A timestamp as a date field's value, in local time. */
const dayOf = (at: number | undefined): string => (at === undefined ? '' : fieldDate(new Date(at)));
