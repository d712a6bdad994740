import { t } from '../../../shared/i18n/i18n.ts';
import { classes } from '../../lib/classes.ts';
import type { TodoFilter, useTodo } from './use-todo.ts';
import css from './filters.module.css';

const filters: readonly TodoFilter[] = ['all', 'mine', 'free', 'later'];

interface FiltersProps {
  filter: TodoFilter;
  lists: ReturnType<typeof useTodo>['lists'];
  onChange: (filter: TodoFilter) => void;
}

/** Which of those who wait are shown, with how many there are. */
export function Filters({ filter, lists, onChange }: FiltersProps) {
  return (
    <fieldset className={css.filters} aria-label={t('todo.show')}>
      {filters.map((one) => (
        <button
          key={one}
          type="button"
          className={classes(css.filter, 'num')}
          aria-pressed={one === filter}
          onClick={() => onChange(one)}
        >
          {t(`todo.filters.${one}`)} <span className={css.count}>{lists[one].length}</span>
        </button>
      ))}
    </fieldset>
  );
}
