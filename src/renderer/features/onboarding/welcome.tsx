import { act } from '../../state/act.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { words } from '../../words.ts';
import css from './welcome.module.css';

/** The first screen of all: nothing is set up, and there are two ways on. */
export function Welcome() {
  return (
    <div className={css.welcome}>
      <span className={css.mark} aria-hidden="true">
        <Icon name="phone" size={24} />
      </span>
      <h1 className={css.title}>{words.welcomeTitle}</h1>
      <p className={css.text}>{words.welcomeText}</p>
      <div className={css.ways}>
        <section className={css.way}>
          <h2>{words.tryTitle}</h2>
          <p>{words.tryText}</p>
          <Button look="accent" onClick={() => void act('profile.use-demo', {})}>
            {words.takeDemo}
          </Button>
        </section>
        <section className={css.way}>
          <h2>{words.importTitle}</h2>
          <p>{words.importText}</p>
          <Button onClick={() => void act('profile.import', {})}>{words.importProfile}</Button>
        </section>
      </div>
    </div>
  );
}
