import { type ReactNode, useId } from 'react';
import { t } from '../../../shared/i18n/i18n.ts';
import { classes } from '../../lib/classes.ts';
import { Icon } from '../../ui/icon.tsx';
import css from './start-view.module.css';

interface StepProps {
  number: number;
  title: string;
  isDone: boolean;
  isOpen: boolean;
  onOpen: () => void;
  children: ReactNode;
}

/** One step of the set-up, which can be opened at any time. */
export function Step({ number, title, isDone, isOpen, onOpen, children }: StepProps) {
  const bodyId = useId();
  return (
    <li className={css.step}>
      <h2>
        <button
          type="button"
          className={css.head}
          aria-expanded={isOpen}
          aria-controls={bodyId}
          onClick={onOpen}
        >
          <span className={classes(css.mark, isDone && css.done)} aria-hidden="true">
            {isDone ? <Icon name="check" size={16} /> : number}
          </span>
          <span className={css.title}>{title}</span>
          {isDone && <span className={css.state}>{t('start.done')}</span>}
        </button>
      </h2>
      <div id={bodyId} hidden={!isOpen}>
        {isOpen && <div className={css.body}>{children}</div>}
      </div>
    </li>
  );
}
