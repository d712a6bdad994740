import { t } from '../../../shared/i18n/i18n.ts';
import { type KeyboardEvent, useRef, useState } from 'react';
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
const COLUMNS = 3;
const ERASE = keys.length;

interface KeypadProps {
  onKey: (key: string) => void;
  onErase: () => void;
  canErase: boolean;
}

/** The keys of a telephone: one tab stop, in which arrow keys move. From left to right everywhere. */
export function Keypad({ onKey, onErase, canErase }: KeypadProps) {
  const pad = useRef<HTMLFieldSetElement>(null);
  const [stop, setStop] = useState(0);
  const move = (event: KeyboardEvent) => {
    const next = targetOf(event.key, stop);
    if (next === undefined) return;
    event.preventDefault();
    pad.current?.querySelectorAll('button')[next]?.focus();
  };
  const inOneStop = (at: number) => ({
    type: 'button' as const,
    className: css.key,
    tabIndex: at === stop ? 0 : -1,
    onFocus: () => setStop(at),
    onKeyDown: move,
  });
  return (
    <fieldset ref={pad} className={css.keypad} dir="ltr" aria-label={t('dialpad.keypad')}>
      {keys.map(([key, letters], at) => (
        <button key={key} {...inOneStop(at)} aria-label={key} onClick={() => onKey(key)}>
          <span className={css.digit}>{key}</span>
          {letters !== '' && <span className={css.letters}>{letters}</span>}
        </button>
      ))}
      <button
        {...inOneStop(ERASE)}
        aria-label={t('dialpad.erase')}
        // Not `disabled`, which would lose the focus with the last digit.
        aria-disabled={!canErase}
        onClick={() => {
          if (canErase) onErase();
        }}
      >
        <Icon name="backspace" />
      </button>
    </fieldset>
  );
}

/** The key that an arrow leads to, or undefined at the edge. */
function targetOf(key: string, from: number): number | undefined {
  const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -COLUMNS, ArrowDown: COLUMNS }[key];
  if (key === 'Home') return 0;
  if (key === 'End') return ERASE;
  const to = from + (step ?? Number.NaN);
  return to >= 0 && to <= ERASE ? to : undefined;
}
