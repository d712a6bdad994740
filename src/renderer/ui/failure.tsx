import { t } from '../../shared/i18n/i18n.ts';
import type { Message } from '../../shared/i18n/message.ts';
import css from './failure.module.css';

/** Why a request failed and what to do about it. */
export function FailureCard({ message: { what, next, quote } }: { message: Message }) {
  return (
    <p className={css.failure} role="alert">
      {what}
      {next !== undefined && ` · ${next}`}
      {quote !== undefined && <span> {t('quality.quoted', { words: quote })}</span>}
    </p>
  );
}
