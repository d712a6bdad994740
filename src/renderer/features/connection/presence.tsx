import { classes } from '../../lib/classes.ts';
import { act } from '../../state/act.ts';
import { useSnapshot } from '../../state/desk.ts';
import { Button } from '../../ui/button.tsx';
import { words } from '../../words.ts';
import css from './presence.module.css';

/** Who sits here, and whether this desk may make a sound. With do not disturb calls still arrive and are listed. */
export function Presence() {
  const dnd = useSnapshot(({ presence }) => presence.dnd);
  const name = useSnapshot(({ agent }) => agent?.name);
  return (
    <div className={css.presence}>
      <p className={css.words}>
        {name !== undefined && <span className={css.name}>{name}</span>}
        <span className={classes(css.state, dnd && css.dnd)}>
          {dnd ? words.dnd : words.available}
        </span>
      </p>
      <Button
        look="quiet"
        icon="moon"
        iconOnly
        pressed={dnd}
        onClick={() => void act('presence.dnd', { on: !dnd })}
      >
        {words.dnd}
      </Button>
    </div>
  );
}
