import { useState } from 'react';
import { formats, t } from '../../../shared/i18n/i18n.ts';
import type { CallCount, HistoryFilter } from '../../../shared/ipc/history.ts';
import type { SavedView } from '../../../shared/ipc/settings.ts';
import { act } from '../../state/requests.ts';
import { useSnapshot } from '../../state/snapshot-store.ts';
import { useUi } from '../../state/ui.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { Float } from '../../ui/float.tsx';
import { isFiltered, useCounts } from './use-history.ts';
import css from './saved-views.module.css';

/** As many as main stores. */
const MOST = 20;
const LONGEST_NAME = 60;

const save = (savedViews: readonly SavedView[]) =>
  void act('settings.set', { settings: { savedViews: [...savedViews] } });

/** Filters that the agent has saved under a name, and a way to save the current one; each with how many calls it finds. */
export function SavedViews({ filter, isListed }: { filter: HistoryFilter; isListed: boolean }) {
  const views = useSnapshot(({ settings }) => settings.savedViews);
  const current = views.find((view) => isSame(view.filter, filter));
  const canSave = isFiltered(filter) && !current && views.length < MOST;
  const filters = [...views.map((view) => view.filter), ...(canSave ? [filter] : [])];
  const counts = useCounts(filters, isListed);
  if (filters.length === 0) return null;
  return (
    <fieldset className={css.views} aria-label={t('history.savedViews')}>
      {views.map((view, index) => (
        <Button
          key={view.name}
          size="small"
          look={view === current ? 'accent' : 'plain'}
          pressed={view === current}
          onClick={() => useUi.setState({ filter: view === current ? {} : view.filter })}
        >
          <bdi>{view.name}</bdi> <span className="num">{countText(counts[index])}</span>
        </Button>
      ))}
      {current && (
        <Button
          size="small"
          look="quiet"
          icon="close"
          onClick={() => save(views.filter((view) => view !== current))}
        >
          {t('history.removeView')}
        </Button>
      )}
      {canSave && (
        <>
          <SaveView
            onSave={(name) =>
              save([...views.filter((view) => view.name !== name), { name, filter }])
            }
          />
          <output className={css.found}>{foundText(counts.at(-1))}</output>
        </>
      )}
    </fieldset>
  );
}

/** Empty until it is known. */
const countText = (count: CallCount | undefined): string =>
  count === undefined
    ? ''
    : count.isMore
      ? t('history.atLeast', { number: count.calls })
      : formats.number(count.calls);

const foundText = (count: CallCount | undefined): string =>
  count === undefined || count.isMore
    ? countText(count)
    : t('common.calls', { count: count.calls });

function SaveView({ onSave }: { onSave: (name: string) => void }) {
  const [name, setName] = useState('');
  const trimmed = name.trim();
  return (
    <Float
      title={t('history.saveView')}
      trigger={
        <Button size="small" look="quiet">
          {t('history.saveView')}
        </Button>
      }
    >
      <form
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (trimmed !== '') onSave(trimmed);
        }}
      >
        <TextField
          label={t('history.viewName')}
          maxLength={LONGEST_NAME}
          value={name}
          onChange={({ target }) => setName(target.value)}
        />
        <Button
          type="submit"
          look="accent"
          blocked={trimmed === '' ? t('history.nameView') : undefined}
        >
          {t('saving.save')}
        </Button>
      </form>
    </Float>
  );
}

/** Whether two filters choose the same calls. */
function isSame(one: HistoryFilter, other: HistoryFilter): boolean {
  return textOf(one) === textOf(other);
}

const textOf = (filter: HistoryFilter): string =>
  Object.entries(filter)
    .filter(([, value]) => value !== undefined && value !== '')
    .map((entry) => entry.join('='))
    .toSorted((a, b) => a.localeCompare(b))
    .join('&');
