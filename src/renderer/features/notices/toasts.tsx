import { t } from '../../../shared/i18n/i18n.ts';
import type { Message } from '../../../shared/i18n/message.ts';
import { useEffect, useState } from 'react';
import { classes } from '../../lib/classes.ts';
import { act } from '../../state/requests.ts';
import { dismissToast, type Toast, useUi, wordsOf } from '../../state/ui.ts';
import { GuardedButton } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import css from './toasts.module.css';

/** How long a toast other than an error stays, in ms. Pointer or focus on it stops the clock. */
const FADE_MS = 7_000;
const SHOWN = 3;

/** Current toasts. They sit below the view and cover nothing. */
export function Toasts() {
  const toasts = useUi(({ toasts }) => toasts);
  const more = toasts.length - SHOWN;
  return (
    <div className={css.toasts} role="log" aria-label={t('common.messages')}>
      {toasts.slice(-SHOWN).map((toast) => (
        <Row key={toast.id} toast={toast} />
      ))}
      {more > 0 && <p className={css.more}>{t('noticeCentre.more', { count: more })}</p>}
    </div>
  );
}

function Row({ toast }: { toast: Toast }) {
  const { id, tone } = toast;
  const { what, next, quote, list } = wordsOf(toast);
  const [held, setHeld] = useState(false);
  const stays = tone === 'bad' || held;
  useEffect(() => {
    if (stays) return undefined;
    const timer = setTimeout(() => dismissToast(id), FADE_MS);
    return () => clearTimeout(timer);
  }, [id, stays]);
  return (
    <div
      className={classes(css.toast, css[tone])}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <Icon name={tone === 'good' ? 'check' : tone === 'bad' ? 'warning' : 'info'} />
      <div className={css.text}>
        <strong className="selectable">
          <bdi>{what}</bdi>
        </strong>
        {list && (
          <ul className={css.list}>
            {list.map((one) => (
              <li key={one} className="selectable">
                {one}
              </li>
            ))}
          </ul>
        )}
        {next !== undefined && <span>{next}</span>}
        {quote !== undefined && (
          <span className="selectable">{t('quality.quoted', { words: quote })}</span>
        )}
      </div>
      {list && (
        <GuardedButton
          size="small"
          icon="copy"
          onClick={() => void act('app.copy', { text: plainText(wordsOf(toast)).slice(0, 10_000) })}
        >
          {t('noticeCentre.copy')}
        </GuardedButton>
      )}
      <GuardedButton
        look="quiet"
        size="small"
        icon="close"
        iconOnly
        onClick={() => dismissToast(id)}
      >
        {t('common.dismiss')}
      </GuardedButton>
    </div>
  );
}

/** The whole toast as text, to send to support. */
function plainText({ what, list = [], next, quote }: Message): string {
  return [what, ...list.map((one) => `- ${one}`), next, quote]
    .filter((part) => part !== undefined)
    .join('\n');
}
