import { Switch } from '@base-ui/react/switch';
import { act } from '../../state/act.ts';
import { useSnapshot } from '../../state/desk.ts';
import { words } from '../../words.ts';
import css from './presence.module.css';

/** Whether this desk makes a sound. Calls still arrive and are listed. */
export function Presence({ compact = false }: { compact?: boolean }) {
  const dnd = useSnapshot(({ presence }) => presence.dnd);
  const name = useSnapshot(({ agent }) => agent?.name);
  return (
    <label className={css.presence}>
      <span className={css.words}>
        {!compact && name !== undefined && <span className={css.name}>{name}</span>}
        <span className={dnd ? css.dnd : css.available}>{dnd ? words.dnd : words.available}</span>
      </span>
      <Switch.Root
        className={css.switch}
        aria-label={words.dnd}
        checked={dnd}
        onCheckedChange={(on) => void act('presence.dnd', { on })}
      >
        <Switch.Thumb className={css.thumb} />
      </Switch.Root>
    </label>
  );
}
