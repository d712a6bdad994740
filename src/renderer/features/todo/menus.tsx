import { useState } from 'react';
import { formats, t } from '../../../shared/i18n/i18n.ts';
import { hasNumbers } from '../../lib/teammates.ts';
import { fieldTime } from '../../lib/format.ts';
import { tomorrowAt } from '../../lib/tomorrow.ts';
import { useSnapshot } from '../../state/snapshot-store.ts';
import { Button } from '../../ui/button.tsx';
import { DateField } from '../../ui/date-field.tsx';
import { Float } from '../../ui/float.tsx';
import { withKey } from './with-key.ts';
import css from './menus.module.css';

interface MenuProps {
  isOpen: boolean;
  onOpen: (open: boolean) => void;
}

const HOUR_MS = 3_600_000;
/** When a working day begins. */
const MORNING = 9;

/** Until when a customer is set aside. */
export function SnoozeMenu({
  isOpen,
  now,
  onOpen,
  onPick,
}: MenuProps & { now: number; onPick: (until: number) => void }) {
  const [at, setAt] = useState('');
  const tomorrow = tomorrowAt(now, MORNING);
  return (
    <Float
      title={t('todo.snoozeUntil')}
      open={isOpen}
      onOpenChange={onOpen}
      trigger={
        <Button size="small" look="quiet" icon="moon" iconOnly aria-keyshortcuts="S">
          {withKey('snooze', 'S')}
        </Button>
      }
    >
      <div className={css.choices}>
        {[1, 3].map((hours) => (
          <Button key={hours} onClick={() => onPick(now + hours * HOUR_MS)}>
            {t('todo.inHours', { count: hours })}
          </Button>
        ))}
        <Button onClick={() => onPick(tomorrow)}>
          {t('todo.tomorrow', { time: formats.time(tomorrow) })}
        </Button>
        <form
          className={css.time}
          onSubmit={(event) => {
            event.preventDefault();
            if (at !== '') onPick(new Date(at).getTime());
          }}
        >
          <DateField
            label={t('todo.snoozeUntil')}
            hideLabel
            type="datetime-local"
            min={fieldTime(new Date(now))}
            value={at}
            onChange={({ target }) => setAt(target.value)}
          />
          <Button type="submit" look="accent" className={css.set}>
            {t('todo.actions.snooze')}
          </Button>
        </form>
      </div>
    </Float>
  );
}

/** Which teammate takes care of a customer. */
export function AssignMenu({
  isOpen,
  numbers,
  onOpen,
  onPick,
}: MenuProps & {
  /** At which of our numbers the customer waits. */
  numbers: readonly string[];
  onPick: (to: string) => void;
}) {
  const team = useSnapshot(({ team }) => team);
  const self = useSnapshot(({ agent }) => agent?.id);
  const others = team.filter(({ id }) => id !== self);
  const able = others.filter((one) => hasNumbers(one, numbers));
  const without = others.length - able.length;
  return (
    <Float
      title={t('todo.assignTo')}
      open={isOpen}
      onOpenChange={onOpen}
      trigger={
        <Button size="small" look="quiet" icon="people" iconOnly aria-keyshortcuts="G">
          {withKey('assign', 'G')}
        </Button>
      }
    >
      <div className={css.choices}>
        {able.map(({ id, name, presence }) => (
          <Button key={id} onClick={() => onPick(id)}>
            <bdi>{name}</bdi>{' '}
            <span className={css.presence}>{t(`team.presences.${presence}`)}</span>
          </Button>
        ))}
        {able.length === 0 && <p>{t('todo.nobodyToAssign')}</p>}
        {able.length > 0 && without > 0 && (
          <p className={css.presence}>{t('todo.withoutNumber', { count: without })}</p>
        )}
      </div>
    </Float>
  );
}
