import { formats, lookUp, t } from '../../../shared/i18n/i18n.ts';
import type { TimelineEntry } from '../../../shared/ipc/history.ts';
import { preciseTime } from '../../lib/format.ts';
import { classes } from '../../lib/classes.ts';
import css from './timeline.module.css';

/** Everything that happened to a call, in order, with its source. */
export function Timeline({ entries }: { entries: readonly TimelineEntry[] }) {
  return (
    <ol className={css.timeline}>
      {entries.map((entry, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- entries are only appended
        <li key={index} className={classes(css.entry, entry.ignored !== undefined && css.ignored)}>
          <time title={formats.exactDate(entry.at)}>{preciseTime(entry.at)}</time>
          <span className={css.what}>
            {lookUp('timeline.kinds', `${entry.from} ${entry.kind}`) ?? entry.kind}
            <span className={css.quiet}> {t(`timeline.from.${entry.from}`)}</span>
            {entry.detail !== undefined && <span className={css.quiet}> · {entry.detail}</span>}
            {entry.ignored !== undefined && (
              <span className={css.quiet}>
                {' '}
                · {t('history.ignored')}: {entry.ignored}
              </span>
            )}
          </span>
        </li>
      ))}
    </ol>
  );
}
