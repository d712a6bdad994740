import { useEffect, useRef } from 'react';
import { outcomes } from '../../../shared/call/record.ts';
import type { HistoryFilter } from '../../../shared/ipc/model.ts';
import { useSnapshot } from '../../state/desk.ts';
import { useUi } from '../../state/ui.ts';
import { Button } from '../../ui/button.tsx';
import { Choice } from '../../ui/choice.tsx';
import { TextField } from '../../ui/field.tsx';
import { Float } from '../../ui/float.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { outcomeWords, words } from '../../words.ts';
import { ExportButton } from './export-button.tsx';
import { isFiltered } from './use-history.ts';
import css from './filters.module.css';

function change(changes: Partial<HistoryFilter>): void {
  useUi.setState(({ filter }) => ({ filter: { ...filter, ...changes } }));
}

/** What of the history is shown. */
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
          label={words.searchCalls}
          hideLabel
          placeholder={words.searchCalls}
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
        title={words.filter}
        trigger={
          <Button look={narrowed ? 'plain' : 'quiet'} icon="filter" iconOnly pressed={narrowed}>
            {words.filter}
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
        label={words.direction}
        value={filter.direction ?? 'all'}
        options={(['all', 'inbound', 'outbound'] as const).map((value) => ({
          value,
          label: words.directions[value],
        }))}
        onChange={(value) => change({ direction: value === 'all' ? undefined : value })}
      />
      <Choice
        label={words.outcome}
        value={filter.outcome ?? 'all'}
        options={[
          { value: 'all', label: words.allOutcomes },
          ...outcomes.map((value) => ({ value, label: outcomeWords[value] })),
        ]}
        onChange={(value) => change({ outcome: outcomes.find((outcome) => outcome === value) })}
      />
      {accounts.length > 1 && (
        <Choice
          label={words.ourNumber}
          value={filter.accountId ?? ''}
          options={[
            { value: '', label: words.allNumbers },
            ...accounts.map(({ id, label }) => ({ value: id, label })),
          ]}
          onChange={(accountId) => change({ accountId: accountId || undefined })}
        />
      )}
      <div className={css.dates}>
        <TextField
          type="date"
          label={words.fromDay}
          value={dayOf(filter.from)}
          onChange={(event) => change({ from: startOf(event.target.value) })}
        />
        <TextField
          type="date"
          label={words.toDay}
          value={dayOf(filter.to)}
          onChange={(event) => change({ to: endOf(event.target.value) })}
        />
      </div>
      <Button
        blocked={isFiltered(filter) ? undefined : words.nothingFiltered}
        onClick={() => useUi.setState({ filter: {} })}
      >
        {words.clearFilter}
      </Button>
    </div>
  );
}

const DAY_MS = 86_400_000;

/** A moment as a date field writes it, in local time. */
function dayOf(at: number | undefined): string {
  if (at === undefined) return '';
  const date = new Date(at);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

function startOf(day: string): number | undefined {
  const at = new Date(`${day}T00:00:00`).getTime();
  return Number.isNaN(at) ? undefined : at;
}

function endOf(day: string): number | undefined {
  const start = startOf(day);
  return start === undefined ? undefined : start + DAY_MS - 1;
}
