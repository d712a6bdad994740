import { t } from '../../../shared/i18n/i18n.ts';
import { useState } from 'react';
import type { KeyState } from '../../../shared/ipc/snapshot.ts';
import { acceleratorOf } from '../../lib/accelerator.ts';
import { Button } from '../../ui/button.tsx';
import { Kbd, printedKeys } from '../../ui/kbd.tsx';
import css from './shortcut-field.module.css';

interface ShortcutFieldProps {
  label: string;
  value: string;
  note?: string | undefined;
  /** Why it does not work. */
  problem?: string | undefined;
  onChange: (accelerator: string) => void;
}

/** Why a key does not work. */
export function keyProblem(state: KeyState): string | undefined {
  if (state === 'taken') return t('workspaces.keysTaken');
  return state === 'deaf' ? t('globalKeys.deaf') : undefined;
}

/** Records a global shortcut from the keyboard. */
export function ShortcutField({ label, value, note, problem, onChange }: ShortcutFieldProps) {
  const [listening, setListening] = useState(false);
  return (
    <div className={css.field}>
      <span className={css.label}>
        {label}
        {note !== undefined && <span className={css.note}>{note}</span>}
        {problem !== undefined && <small className={css.problem}>{problem}</small>}
      </span>
      <button
        type="button"
        className={css.keys}
        aria-label={[
          `${label}: ${value === '' ? t('settings.none') : printedKeys(value).join('+')}`,
          problem,
          t('settings.pressToChange'),
        ]
          .filter(Boolean)
          .join('. ')}
        onClick={() => setListening(true)}
        onBlur={() => setListening(false)}
        onKeyDown={(event) => {
          if (!listening || event.key === 'Tab') return;
          event.preventDefault();
          if (event.key === 'Escape') {
            setListening(false);
            return;
          }
          const pressed = acceleratorOf(event.nativeEvent);
          if (pressed === undefined) return;
          setListening(false);
          onChange(pressed);
        }}
      >
        {listening ? (
          t('settings.pressKeys')
        ) : value === '' ? (
          t('settings.none')
        ) : (
          <Kbd keys={value} className={css.kbd} />
        )}
      </button>
      <Button
        look="quiet"
        size="small"
        icon="close"
        iconOnly
        blocked={value === '' ? t('settings.noShortcut') : undefined}
        onClick={() => onChange('')}
      >
        {`${t('settings.removeShortcut')}: ${label}`}
      </Button>
    </div>
  );
}
