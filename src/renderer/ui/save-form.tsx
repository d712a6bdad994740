import type { ReactNode } from 'react';
import type { Message } from '../../shared/i18n/message.ts';
import { t } from '../../shared/i18n/i18n.ts';
import { Button } from './button.tsx';
import { FailureCard } from './failure.tsx';
import css from './save-form.module.css';

/** How the fields compare with the stored values. */
export interface FormState {
  /** Whether there are unsaved changes. */
  changed: boolean;
  /** Whether someone else has changed the stored values since the first change here. */
  overtaken: boolean;
  saving: boolean;
  /** Why the last save failed. */
  refused?: Message | undefined;
  undo: () => void;
}

interface SaveFormProps {
  form: FormState;
  /** What is wrong with the fields. Until it is fixed, nothing is saved. */
  problems?: readonly string[];
  onSave: () => void;
  children: ReactNode;
}

/** Fields that are saved together, by button or Enter, with a bar that shows the result. */
export function SaveForm({ form, problems = [], onSave, children }: SaveFormProps) {
  const { changed, overtaken, saving, refused, undo } = form;
  const blocked = saving ? t('saving.inProgress') : changed ? problems[0] : t('saving.unchanged');
  return (
    <form
      className={css.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (blocked === undefined) onSave();
      }}
    >
      {children}
      <div className={css.bar}>
        {overtaken && <p className={css.overtaken}>{t('saving.overtaken')}</p>}
        {changed && problems.length > 0 && (
          <ul className={css.problems} aria-live="polite">
            {problems.map((problem) => (
              <li key={problem}>{problem}</li>
            ))}
          </ul>
        )}
        {refused && <FailureCard message={refused} />}
        <div className={css.buttons}>
          <Button type="submit" look="accent" blocked={blocked}>
            {t('saving.save')}
          </Button>
          {changed && (
            <Button look="quiet" onClick={undo}>
              {t('saving.undo')}
            </Button>
          )}
        </div>
      </div>
    </form>
  );
}
