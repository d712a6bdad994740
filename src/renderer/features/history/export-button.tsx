import { t } from '../../../shared/i18n/i18n.ts';
import { useEffect, useRef, useState } from 'react';
import { assertNever } from '../../../shared/lib/assert-never.ts';
import type { AppError } from '../../../shared/ipc/errors.ts';
import type { HistoryFilter } from '../../../shared/ipc/history.ts';
import {
  type CsvSeparator,
  csvSeparators,
  type ExportColumn,
  exportColumns,
  type ExportFormat,
  exportFormats,
} from '../../../shared/ipc/export.ts';
import { csvSeparatorOf } from '../../lib/csv-separator.ts';
import { useOff } from '../../state/organisation.ts';
import { request } from '../../state/requests.ts';
import { setExport, useLive } from '../../state/live.ts';
import { useUi } from '../../state/ui.ts';
import { Button } from '../../ui/button.tsx';
import { Choice } from '../../ui/choice.tsx';
import { Float } from '../../ui/float.tsx';
import { Toggle } from '../../ui/toggle.tsx';
import { isFiltered } from './use-history.ts';
import { errorMessage } from '../../messages/errors.ts';
import { ExportColumns } from './export-columns.tsx';
import { ExportPresets } from './export-presets.tsx';
import css from './export-button.module.css';

type State =
  | { name: 'idle' }
  | { name: 'running'; id: string }
  | { name: 'done'; path: string; rows: number }
  | { name: 'failed'; error: AppError };

/** Exports the filtered calls to a file. */
export function ExportButton({ filter }: { filter: HistoryFilter }) {
  const off = useOff('export');
  const [open, setOpen] = useState(false);
  const [format, setFormat] = useState<ExportFormat>('xlsx');
  const [separator, setSeparator] = useState<CsvSeparator>(csvSeparatorOf);
  const [columns, setColumns] = useState<readonly ExportColumn[]>(exportColumns);
  const [manifest, setManifest] = useState(false);
  const [state, setState] = useState<State>({ name: 'idle' });
  const requests = useUi(({ exportRequests }) => exportRequests);
  const answered = useRef(requests);
  useEffect(() => {
    if (requests !== answered.current) setOpen(true);
    answered.current = requests;
  }, [requests]);
  const run = async () => {
    const id = crypto.randomUUID();
    setState({ name: 'running', id });
    const answer = await request('export.calls', {
      id,
      format,
      separator: format === 'csv' ? separator : undefined,
      columns:
        format === 'jsonl' ? undefined : exportColumns.filter((one) => columns.includes(one)),
      manifest,
      filter,
    });
    setExport(id, undefined);
    if (answer.ok) setState({ name: 'done', ...answer.value });
    else if (answer.error.code === 'cancelled') setState({ name: 'idle' });
    else setState({ name: 'failed', error: answer.error });
  };
  return (
    <Float
      title={t('exporting.exportTitle')}
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button look="quiet" icon="export" iconOnly>
          {t('exporting.export')}
        </Button>
      }
    >
      <div className={css.export}>
        <p>{isFiltered(filter) ? t('exporting.exportShown') : t('exporting.exportAll')}</p>
        <fieldset className={css.formats} aria-label={t('exporting.format')}>
          {exportFormats.map((value) => (
            <label key={value} className={css.format}>
              <input
                type="radio"
                name="export-format"
                checked={format === value}
                onChange={() => setFormat(value)}
              />
              <span>
                {t(`exporting.formats.${value}`)}{' '}
                <span className={css.note}>{t(`exporting.formatNotes.${value}`)}</span>
              </span>
            </label>
          ))}
        </fieldset>
        {format === 'csv' && (
          <Choice
            label={t('exporting.separator')}
            value={separator}
            options={csvSeparators.map((value) => ({
              value,
              label: t(`exporting.separators.${value}`),
            }))}
            onChange={setSeparator}
          />
        )}
        {format !== 'jsonl' && <ExportColumns chosen={columns} onChange={setColumns} />}
        <Toggle
          label={t('exporting.manifest')}
          note={t('exporting.manifestNote')}
          checked={manifest}
          onChange={setManifest}
        />
        <ExportPresets
          what={{ format, separator, columns, manifest, filter }}
          onChoose={(preset) => {
            setFormat(preset.format);
            if (preset.separator !== undefined) setSeparator(preset.separator);
            setColumns(preset.columns ?? exportColumns);
            setManifest(preset.manifest);
          }}
        />
        <Outcome state={state} />
        {state.name === 'running' ? (
          <Button onClick={() => void request('export.cancel', { id: state.id })}>
            {t('exporting.cancelExport')}
          </Button>
        ) : (
          <Button look="accent" blocked={off} onClick={() => void run()}>
            {t('exporting.saveFile')}
          </Button>
        )}
      </div>
    </Float>
  );
}

function Outcome({ state }: { state: State }) {
  const progress = useLive(({ exports }) =>
    state.name === 'running' ? exports[state.id] : undefined,
  );
  switch (state.name) {
    case 'idle':
      return null;
    case 'running':
      return (
        <label className={css.progress}>
          <span className="num">
            {progress
              ? t('exporting.exported', { done: progress.done, total: progress.total })
              : t('exporting.exporting')}
          </span>
          <progress value={progress?.done} max={progress?.total} />
        </label>
      );
    case 'done':
      return (
        <output className={css.done}>
          <strong>
            {t('exporting.written', { calls: t('common.calls', { count: state.rows }) })}
          </strong>
          <span className="selectable">{state.path}</span>
        </output>
      );
    case 'failed': {
      const { what, next } = errorMessage(state.error);
      return (
        <p className={css.failed} role="alert">
          {what}. {next}
        </p>
      );
    }
    default:
      return assertNever(state, 'export state');
  }
}
