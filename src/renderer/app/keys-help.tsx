import { t } from '../../shared/i18n/i18n.ts';
import { useUi } from '../state/ui.ts';
import { Button } from '../ui/button.tsx';
import { Question } from '../ui/dialog.tsx';
import { Kbd, printedKeys } from '../ui/kbd.tsx';
import css from './keys-help.module.css';

type Keys = readonly (readonly [keys: string, does: string])[];

/** Those of the whole window. */
const anywhere = (): Keys => [
  ['CommandOrControl+K', t('keys.commands')],
  ['D', t('todo.actions.newCall')],
  ['/', t('keys.search')],
  ['M', t('keys.mute')],
  ['N', t('keys.note')],
  ['1–9', t('keys.outcome')],
  ['Escape', t('keys.undoDecline')],
  ['F6', t('todo.actions.region')],
  ['Shift+F6', t('keys.back')],
  ['?', t('todo.actions.keys')],
];

/** Those of the list of customers who wait. */
const inTodo = (): Keys => [
  ['J', t('todo.actions.next')],
  ['K', t('todo.actions.previous')],
  ['Enter', t('todo.actions.open')],
  ['C', t('todo.actions.call')],
  ['R', t('todo.actions.reply')],
  ['A', t('todo.actions.claim')],
  ['G', t('todo.actions.assign')],
  ['S', t('todo.actions.snooze')],
  ['E', t('todo.actions.done')],
  ['X', t('todo.actions.mark')],
  ['Z', t('todo.actions.undo')],
];

/** All keys of the console. */
export function KeysHelp() {
  const isOpen = useUi(({ keysOpen }) => keysOpen);
  if (!isOpen) return null;
  const close = () => useUi.setState({ keysOpen: false });
  return (
    <Question
      title={t('keys.title')}
      text={t('keys.text')}
      onClose={close}
      content={
        <div className={css.lists}>
          <List title={t('keys.anywhere')} all={anywhere()} />
          <List title={t('keys.inTodo')} all={inTodo()} />
        </div>
      }
    >
      <Button look="accent" onClick={close}>
        {t('todo.close')}
      </Button>
    </Question>
  );
}

function List({ title, all }: { title: string; all: Keys }) {
  return (
    <section aria-label={title}>
      <h3>{title}</h3>
      <dl className={css.keys}>
        {all.map(([keys, does]) => (
          <div key={keys}>
            <dt>
              <span className="visually-hidden">{printedKeys(keys).join(' ')}</span>
              <Kbd keys={keys} />
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
