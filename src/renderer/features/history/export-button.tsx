import { useEffect, useRef, useState } from 'react';
import { assertNever } from '../../../shared/lib/assert-never.ts';
import type { AppError } from '../../../shared/ipc/errors.ts';
import type { CsvSeparator, ExportFormat, HistoryFilter } from '../../../shared/ipc/model.ts';
import { csvSeparatorOf } from '../../lib/csv-separator.ts';
import { ask } from '../../lib/ringdesk.ts';
import { setExport, useLive } from '../../state/live.ts';
import { useUi } from '../../state/ui.ts';
import { Button } from '../../ui/button.tsx';
import { Choice } from '../../ui/choice.tsx';
import { Float } from '../../ui/float.tsx';
import { errorWords, plural, words } from '../../words.ts';
import { isFiltered } from './use-history.ts';
import css from './export-button.module.css';

const formats = ['xlsx', 'csv', 'jsonl'] as const satisfies readonly ExportFormat[];
const separators = (['comma', 'semicolon', 'tab'] as const satisfies readonly CsvSeparator[]).map(
  (value) => ({ value, label: words.separators[value] }),
);

type State =
  | { name: 'idle' }
  | { name: 'running'; id: string }
  | { name: 'done'; path: string; rows: number }
  | { name: 'failed'; error: AppError };

/** Hands on what is shown as a file. */
export function ExportButton({ filter }: { filter: HistoryFilter }) {
  const [open, setOpen] = useState(false);
  const [format, setFormat] = useState<ExportFormat>('xlsx');
  const [separator, setSeparator] = useState<CsvSeparator>(csvSeparatorOf);
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
    const answer = await ask('export.calls', {
      id,
      format,
      separator: format === 'csv' ? separator : undefined,
      filter,
    });
    setExport(id, undefined);
    if (answer.ok) setState({ name: 'done', ...answer.value });
    else if (answer.error.code === 'cancelled') setState({ name: 'idle' });
    else setState({ name: 'failed', error: answer.error });
  };
  return (
    <Float
      title={words.exportTitle}
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button look="quiet" icon="export" iconOnly>
          {words.export}
        </Button>
      }
    >
      <div className={css.export}>
        <p>{isFiltered(filter) ? words.exportShown : words.exportAll}</p>
        <fieldset className={css.formats} aria-label={words.format}>
          {formats.map((value) => (
            <label key={value} className={css.format}>
              <input
                type="radio"
                name="export-format"
                checked={format === value}
                onChange={() => setFormat(value)}
              />
              <span>{words.formats[value]}</span>
              <span className={css.note}>{words.formatNotes[value]}</span>
            </label>
          ))}
        </fieldset>
        {format === 'csv' && (
          <Choice
            label={words.separator}
            value={separator}
            options={separators}
            onChange={setSeparator}
          />
        )}
        <Outcome state={state} />
        {state.name === 'running' ? (
          <Button onClick={() => void ask('export.cancel', { id: state.id })}>
            {words.cancelExport}
          </Button>
        ) : (
          <Button look="accent" onClick={() => void run()}>
            {words.saveFile}
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
            {progress ? words.exported(progress.done, progress.total) : words.exporting}
          </span>
          <progress value={progress?.done} max={progress?.total} />
        </label>
      );
    case 'done':
      return (
        <output className={css.done}>
          <strong>{words.written(plural(state.rows, 'call', 'calls'))}</strong>
          <span className="selectable">{state.path}</span>
        </output>
      );
    case 'failed': {
      const { what, next } = errorWords(state.error);
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
