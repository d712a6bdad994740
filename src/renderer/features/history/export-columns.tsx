import { t } from '../../../shared/i18n/i18n.ts';
import { type ExportColumn, exportColumns } from '../../../shared/ipc/export.ts';
import css from './export-button.module.css';

/** Which columns a table has; their names are those in the file. */
export function ExportColumns({
  chosen,
  onChange,
}: {
  chosen: readonly ExportColumn[];
  onChange: (columns: readonly ExportColumn[]) => void;
}) {
  const total = exportColumns.length;
  const count = chosen.length;
  return (
    <details className={css.columns}>
      <summary>
        {t('exporting.columns')}{' '}
        <span className={css.note}>
          {count === total
            ? t('exporting.columnsAll')
            : t('exporting.columnsChosen', { count, total })}
        </span>
      </summary>
      <div className={css.names} dir="ltr">
        {exportColumns.map((name) => (
          <label key={name} className={css.format}>
            <input
              type="checkbox"
              checked={chosen.includes(name)}
              onChange={({ target }) => onChange(toggled(chosen, name, target.checked))}
            />
            <code>{name}</code>
          </label>
        ))}
      </div>
    </details>
  );
}

/** At least one stays. */
function toggled(
  chosen: readonly ExportColumn[],
  name: ExportColumn,
  isChosen: boolean,
): readonly ExportColumn[] {
  if (isChosen) return [...chosen, name];
  const left = chosen.filter((one) => one !== name);
  return left.length === 0 ? chosen : left;
}
