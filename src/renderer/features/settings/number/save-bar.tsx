import { t } from '../../../../shared/i18n/i18n.ts';
import { Button } from '../../../ui/button.tsx';
import type { Message } from '../../../../shared/i18n/message.ts';
import css from './number.module.css';

interface SaveBarProps {
  changed: boolean;
  overtaken: boolean;
  saving: boolean;
  /** What is wrong with what was typed; nothing is sent before it is put right. */
  problems: readonly string[];
  /** The provider's own refusal of the last try. */
  refused: Message | undefined;
  onSave: () => void;
  onUndo: () => void;
}

/** The foot of a section whose changes are sent together, and what came of it. */
export function SaveBar(props: SaveBarProps) {
  const { changed, overtaken, saving, problems, refused, onSave, onUndo } = props;
  return (
    <div className={css.foot}>
      {overtaken && <p className={css.soon}>{t('numbers.changedElsewhere')}</p>}
      {changed && problems.length > 0 && (
        <ul className={css.bad} aria-live="polite">
          {problems.map((problem) => (
            <li key={problem}>{problem}</li>
          ))}
        </ul>
      )}
      {refused && (
        <p className={css.bad} role="alert">
          {refused.what}
          {refused.next !== undefined && ` · ${refused.next}`}
          {refused.quote !== undefined && (
            <span> {t('quality.quoted', { words: refused.quote })}</span>
          )}
        </p>
      )}
      <div className={css.buttons}>
        <Button
          look="accent"
          blocked={saving ? t('numbers.saving') : changed ? problems[0] : t('numbers.unchanged')}
          onClick={onSave}
        >
          {t('numbers.save')}
        </Button>
        {changed && (
          <Button look="quiet" onClick={onUndo}>
            {t('numbers.undo')}
          </Button>
        )}
      </div>
    </div>
  );
}
