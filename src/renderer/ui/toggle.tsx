import { useId } from 'react';
import { Switch } from '@base-ui/react/switch';
import css from './toggle.module.css';

interface ToggleProps {
  label: string;
  note?: string;
  checked: boolean;
  /** Why it cannot be changed. */
  locked?: string | undefined;
  onChange: (checked: boolean) => void;
}

/** A switch with its label and a note. */
export function Toggle({ label, note, checked, locked, onChange }: ToggleProps) {
  const lockId = useId();
  return (
    <label className={css.toggle}>
      <span className={css.words}>
        <span>{label}</span>
        {note !== undefined && <span className={css.note}>{note}</span>}
        {locked !== undefined && (
          <span id={lockId} className={css.locked}>
            {locked}
          </span>
        )}
      </span>
      <Switch.Root
        className={css.switch}
        aria-label={label}
        // It stays reachable, so that the reason can be heard.
        readOnly={locked !== undefined}
        aria-describedby={locked === undefined ? undefined : lockId}
        checked={checked}
        onCheckedChange={onChange}
      >
        <Switch.Thumb className={css.thumb} />
      </Switch.Root>
    </label>
  );
}
