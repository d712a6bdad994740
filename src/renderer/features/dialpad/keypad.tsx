import { t } from '../../../shared/i18n/i18n.ts';
import { Icon } from '../../ui/icon.tsx';
import css from './keypad.module.css';

const keys: readonly (readonly [key: string, letters: string])[] = [
  ['1', ''],
  ['2', 'ABC'],
  ['3', 'DEF'],
  ['4', 'GHI'],
  ['5', 'JKL'],
  ['6', 'MNO'],
  ['7', 'PQRS'],
  ['8', 'TUV'],
  ['9', 'WXYZ'],
  ['+', ''],
  ['0', ''],
];

interface KeypadProps {
  onKey: (key: string) => void;
  onErase: () => void;
  canErase: boolean;
}

/** The keys of a telephone. */
export function Keypad({ onKey, onErase, canErase }: KeypadProps) {
  return (
    <fieldset className={css.keypad} aria-label={t('dialpad.keypad')}>
      {keys.map(([key, letters]) => (
        <button
          key={key}
          type="button"
          className={css.key}
          aria-label={key}
          onClick={() => onKey(key)}
        >
          <span className={css.digit}>{key}</span>
          {letters !== '' && <span className={css.letters}>{letters}</span>}
        </button>
      ))}
      <button
        type="button"
        className={css.key}
        aria-label={t('dialpad.erase')}
        disabled={!canErase}
        onClick={onErase}
      >
        <Icon name="backspace" />
      </button>
    </fieldset>
  );
}
