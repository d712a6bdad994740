import { Switch } from '@base-ui/react/switch';
import css from './toggle.module.css';

interface ToggleProps {
  label: string;
  note?: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
}

/** A switch with its label and a note. */
export function Toggle({ label, note, checked, onChange }: ToggleProps) {
  return (
    <label className={css.toggle}>
      <span className={css.words}>
        <span>{label}</span>
        {note !== undefined && <span className={css.note}>{note}</span>}
      </span>
      <Switch.Root
        className={css.switch}
        aria-label={label}
        checked={checked}
        onCheckedChange={onChange}
      >
        <Switch.Thumb className={css.thumb} />
      </Switch.Root>
    </label>
  );
}
