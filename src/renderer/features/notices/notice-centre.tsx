import { exactTime } from '../../lib/format.ts';
import { useUi } from '../../state/ui.ts';
import { Button } from '../../ui/button.tsx';
import { Float } from '../../ui/float.tsx';
import { saidWords } from '../../words.ts';
import css from './notice-centre.module.css';

/** What was said lately, newest first, for whoever looked away. */
export function NoticeCentre() {
  return (
    <Float
      title={saidWords.centre}
      trigger={
        <Button look="quiet" size="small" icon="info" iconOnly>
          {saidWords.centre}
        </Button>
      }
    >
      <Said />
    </Float>
  );
}

function Said() {
  const said = useUi(({ said }) => said);
  if (said.length === 0) return <p className={css.quiet}>{saidWords.nothing}</p>;
  return (
    <ol className={css.list}>
      {said.toReversed().map(({ id, at, text, list, next }) => (
        <li key={id}>
          <time className={css.quiet}>{exactTime(at)}</time>
          <p className="selectable">
            <strong>{text}</strong> {list?.join(' · ')} {next}
          </p>
        </li>
      ))}
    </ol>
  );
}
