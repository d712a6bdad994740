import { formats, t } from '../../../shared/i18n/i18n.ts';
import { fieldTime } from '../../lib/format.ts';
import { tomorrowAt } from '../../lib/tomorrow.ts';
import { useNow } from '../../lib/use-now.ts';
import { Button } from '../../ui/button.tsx';
import { DateField } from '../../ui/date-field.tsx';
import css from './labels.module.css';

interface CallbackFieldProps {
  /** Unix ms. */
  at: number | undefined;
  onChange: (at: number | undefined) => void;
}

const MINUTE_MS = 60_000;
/** When a working day begins. */
const MORNING = 9;

/** When the agent promised to call back. */
export function CallbackField({ at, onChange }: CallbackFieldProps) {
  const now = useNow(30_000);
  const tomorrow = tomorrowAt(now, MORNING);
  return (
    <section className={css.labels} aria-label={t('notes.callBack')}>
      <DateField
        label={t('notes.callBackAt')}
        type="datetime-local"
        min={fieldTime(new Date(now))}
        value={at === undefined ? '' : fieldTime(new Date(at))}
        onChange={({ target }) =>
          onChange(target.value === '' ? undefined : new Date(target.value).getTime())
        }
      />
      <div className={css.list}>
        {at === undefined ? (
          <>
            <Button size="small" onClick={() => onChange(afterMinutes(now, 30))}>
              {t('notes.inMinutes', { minutes: 30 })}
            </Button>
            <Button size="small" onClick={() => onChange(afterMinutes(now, 120))}>
              {t('notes.inHours', { hours: 2 })}
            </Button>
            <Button size="small" onClick={() => onChange(tomorrow)}>
              {t('notes.tomorrow', { time: formats.time(tomorrow) })}
            </Button>
          </>
        ) : (
          <Button size="small" look="quiet" onClick={() => onChange(undefined)}>
            {t('notes.noCallBack')}
          </Button>
        )}
      </div>
    </section>
  );
}

/** To the minute, as the field shows it. */
function afterMinutes(now: number, minutes: number): number {
  return Math.floor(now / MINUTE_MS + minutes) * MINUTE_MS;
}
