import { fill, lookUp, t } from '../../../../shared/i18n/i18n.ts';
import type { AccountView } from '../../../../shared/ipc/account.ts';
import { hoursProblems } from '../../../../shared/rules/hours-problems.ts';
import type { CallHours } from '../../../../shared/rules/facts.ts';
import { weekdays, type Weekday } from '../../../../shared/rules/zoned-time.ts';
import { fieldDate } from '../../../lib/format.ts';
import { useNow } from '../../../lib/use-now.ts';
import { Button } from '../../../ui/button.tsx';
import { Choice } from '../../../ui/choice.tsx';
import { DateField } from '../../../ui/date-field.tsx';
import { Toggle } from '../../../ui/toggle.tsx';
import { SaveForm } from '../../../ui/save-form.tsx';
import { Section } from '../section.tsx';
import { useNumberForm } from './use-number.ts';
import css from './number.module.css';

interface HoursProps {
  account: AccountView;
  /** Undefined: calls are taken at any time. */
  hours: CallHours | undefined;
}

type Entry = CallHours['weekly'][number];

/** The name of a weekday; a date stays as it is. */
const dayName = (where: string) => lookUp('numbers.days', where) ?? where;

/** The schedule to start from when call hours are turned on. */
const usual = (): CallHours => ({
  zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  weekly: weekdays.slice(0, 5).map((day) => ({ day, open: '0900', close: '1800' })),
  holidays: [],
  holidaysMean: 'open',
});

/** When customers can call: weekly hours and holidays. Providers replace it as a whole. */
export function Hours({ account, hours }: HoursProps) {
  const now = useNow(60_000);
  const form = useNumberForm<CallHours | null>(account.id, 'hours', hours ?? null);
  const { value } = form;
  const problems = value
    ? hoursProblems(value, now).map(({ code, ...values }) =>
        fill(
          `hoursProblems.${code}`,
          'where' in values ? { ...values, where: dayName(values.where) } : values,
        ),
      )
    : [];
  return (
    <Section title={t('numbers.hours')}>
      <SaveForm form={form} problems={problems} onSave={() => void form.save({ hours: value })}>
        <Toggle
          label={t('numbers.hoursOn')}
          note={t('numbers.hoursOnNote')}
          checked={value !== null}
          onChange={(on) => form.set(on ? (hours ?? usual()) : null)}
        />
        {value && <Schedule value={value} onChange={form.set} />}
      </SaveForm>
    </Section>
  );
}

interface ScheduleProps {
  value: CallHours;
  onChange: (hours: CallHours) => void;
}

function Schedule({ value, onChange }: ScheduleProps) {
  const zones = Intl.supportedValuesOf('timeZone');
  const { weekly, holidays } = value;
  return (
    <>
      <Choice
        label={t('numbers.zone')}
        value={value.zone}
        options={(zones.includes(value.zone) ? zones : [value.zone, ...zones]).map((zone) => ({
          value: zone,
          label: zone,
        }))}
        onChange={(zone) => onChange({ ...value, zone })}
      />
      <ul className={css.days}>
        {weekdays.map((day) => (
          <Day
            key={day}
            day={day}
            entries={weekly.filter((entry) => entry.day === day)}
            onChange={(entries) =>
              onChange({
                ...value,
                weekly: weekdays.flatMap((one) =>
                  one === day ? entries : weekly.filter((entry) => entry.day === one),
                ),
              })
            }
          />
        ))}
      </ul>
      <h3>{t('numbers.holidays')}</h3>
      {holidays.length === 0 && <p className={css.quiet}>{t('numbers.noHolidays')}</p>}
      <ul className={css.days}>
        {holidays.map((holiday, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- dates may repeat while typed
          <li key={index} className={css.day}>
            <DateField
              label={t('numbers.holidayDate')}
              hideLabel
              type="date"
              value={holiday.date}
              onChange={(event) =>
                onChange({
                  ...value,
                  holidays: replaced(holidays, index, { ...holiday, date: event.target.value }),
                })
              }
            />
            <span className={css.span}>
              <Times
                name={holiday.date}
                entry={holiday}
                onChange={(times) =>
                  onChange({
                    ...value,
                    holidays: replaced(holidays, index, { ...holiday, ...times }),
                  })
                }
              />
              <Button
                look="quiet"
                size="small"
                icon="close"
                iconOnly
                onClick={() =>
                  onChange({ ...value, holidays: holidays.filter((_, at) => at !== index) })
                }
              >
                {t('numbers.removeHoliday', { date: holiday.date })}
              </Button>
            </span>
          </li>
        ))}
      </ul>
      {holidays.length > 0 && (
        <Choice
          label={t('numbers.holidaysMean')}
          value={value.holidaysMean}
          options={(['open', 'closed'] as const).map((meaning) => ({
            value: meaning,
            label: t(`numbers.holidayMeanings.${meaning}`),
          }))}
          onChange={(holidaysMean) => onChange({ ...value, holidaysMean })}
        />
      )}
      <div className={css.buttons}>
        <Button
          size="small"
          onClick={() =>
            onChange({
              ...value,
              holidays: [...holidays, { date: tomorrow(), open: '0900', close: '1800' }],
            })
          }
        >
          {t('numbers.addHoliday')}
        </Button>
      </div>
    </>
  );
}

interface DayProps {
  day: Weekday;
  entries: readonly Entry[];
  onChange: (entries: readonly Entry[]) => void;
}

const MOST_A_DAY = 2;

function Day({ day, entries, onChange }: DayProps) {
  const name = t(`numbers.days.${day}`);
  return (
    <li className={css.day}>
      <span className={css.dayName}>{name}</span>
      <span className={css.spans}>
        {entries.length === 0 && <span className={css.quiet}>{t('numbers.closedAllDay')}</span>}
        {entries.map((entry, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- the position is their only identity
          <span key={index} className={css.span}>
            <Times
              name={name}
              entry={entry}
              onChange={(times) => onChange(replaced(entries, index, { ...entry, ...times }))}
            />
            <Button
              look="quiet"
              size="small"
              icon="close"
              iconOnly
              onClick={() => onChange(entries.filter((_, at) => at !== index))}
            >
              {t('numbers.removeHours', { day: name })}
            </Button>
          </span>
        ))}
      </span>
      {entries.length < MOST_A_DAY && (
        <Button
          look="quiet"
          size="small"
          aria-label={t('numbers.addHoursOn', { day: name })}
          onClick={() =>
            onChange([
              ...entries,
              entries.length === 0
                ? { day, open: '0900', close: '1800' }
                : { day, open: '1900', close: '2100' },
            ])
          }
        >
          {t('numbers.addHours')}
        </Button>
      )}
    </li>
  );
}

interface TimesProps {
  /** The day, for screen readers. */
  name: string;
  entry: { open: string; close: string };
  onChange: (times: { open: string; close: string }) => void;
}

function Times({ name, entry: { open, close }, onChange }: TimesProps) {
  return (
    <>
      <DateField
        label={t('numbers.opens', { day: name })}
        hideLabel
        type="time"
        value={withColon(open)}
        onChange={(event) => onChange({ open: event.target.value.replace(':', ''), close })}
      />
      <span className={css.quiet}>{t('numbers.to')}</span>
      <DateField
        label={t('numbers.closes', { day: name })}
        hideLabel
        type="time"
        value={withColon(close)}
        onChange={(event) => onChange({ open, close: event.target.value.replace(':', '') })}
      />
    </>
  );
}

/** `0930` → `09:30`, as a time field takes it. */
function withColon(time: string): string {
  return time.length === 4 ? `${time.slice(0, 2)}:${time.slice(2)}` : time;
}

function replaced<T>(all: readonly T[], index: number, one: T): readonly T[] {
  return all.map((old, at) => (at === index ? one : old));
}

function tomorrow(): string {
  const day = new Date();
  day.setDate(day.getDate() + 1);
  return fieldDate(day);
}
