import { t } from '../../../shared/i18n/i18n.ts';
import { Button } from '../../ui/button.tsx';
import { Question } from '../../ui/dialog.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import css from './menus.module.css';

const keys = [
  ['C', 'call'],
  ['R', 'reply'],
  ['A', 'claim'],
  ['G', 'assign'],
  ['S', 'snooze'],
  ['E', 'done'],
  ['X', 'mark'],
  ['Z', 'undo'],
  ['J', 'next'],
  ['K', 'previous'],
  ['D', 'newCall'],
  ['F6', 'region'],
  ['?', 'keys'],
] as const;

/** An action with its key. */
export const withKey = (action: (typeof keys)[number][1] | 'unassign', key: string): string =>
  t('todo.withKey', { action: t(`todo.actions.${action}`), key });

/** All keys of the list. */
export function KeysHelp({ onClose }: { onClose: () => void }) {
  return (
    <Question
      title={t('todo.keysTitle')}
      text={t('todo.keysText')}
      onClose={onClose}
      content={
        <dl className={css.keys}>
          {keys.map(([key, action]) => (
            <div key={key}>
              <dt>
                <span className="visually-hidden">{key}</span>
                <Kbd keys={key} />
              </dt>
              <dd>{t(`todo.actions.${action}`)}</dd>
            </div>
          ))}
        </dl>
      }
    >
      <Button look="accent" onClick={onClose}>
        {t('todo.close')}
      </Button>
    </Question>
  );
}
