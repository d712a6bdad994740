import { classes } from '../../lib/classes.ts';
import { dismissToast, useUi } from '../../state/ui.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { words } from '../../words.ts';
import css from './toasts.module.css';

/** What was said in passing, e.g. why something just did not work. */
export function Toasts() {
  const toasts = useUi(({ toasts }) => toasts);
  return (
    <div className={css.toasts} role="log" aria-label={words.messages}>
      {toasts.map(({ id, tone, text, next, quote }) => (
        <div key={id} className={classes(css.toast, css[tone])}>
          <Icon name={tone === 'good' ? 'check' : tone === 'bad' ? 'warning' : 'info'} />
          <p className={css.text}>
            <strong className="selectable">{text}</strong>
            {next !== undefined && <span>{next}</span>}
            {quote !== undefined && <span>{words.quoted(quote)}</span>}
          </p>
          <Button look="quiet" size="small" icon="close" iconOnly onClick={() => dismissToast(id)}>
            {words.dismiss}
          </Button>
        </div>
      ))}
    </div>
  );
}
