import { t } from '../../../shared/i18n/i18n.ts';
import { copyText } from '../../state/requests.ts';
import { Button } from '../../ui/button.tsx';
import css from './start-view.module.css';

/** A text to copy, such as an address or a command. */
export function CopyLine({ label, text }: { label: string; text: string }) {
  const copy = () => copyText(text, () => t('start.copied', { what: label }), 'copied');
  return (
    <div className={css.wide}>
      <p className={css.quiet}>{label}</p>
      <div className={css.copied}>
        <code className={`${css.code} selectable`} dir="ltr">
          {text}
        </code>
        <Button
          size="small"
          icon="copy"
          aria-label={t('start.copyWhat', { what: label })}
          onClick={() => void copy()}
        >
          {t('start.copy')}
        </Button>
      </div>
    </div>
  );
}
