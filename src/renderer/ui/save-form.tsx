import type { ReactNode } from 'react';
import type { Message } from '../../shared/i18n/message.ts';
import { t } from '../../shared/i18n/i18n.ts';
import { Button } from './button.tsx';
import { Failure } from './failure.tsx';
import css from './save-form.module.css';

/** Where the fields of a form stand with what is stored. */
export interface FormState {
  /** Whether anything is typed that is not saved. */
  changed: boolean;
  /** Whether someone else has changed what is stored since the first change here. */
  overtaken: boolean;
  saving: boolean;
  /** Why the last save failed. */
  refused?: Message | undefined;
  undo: () => void;
}

interface SaveFormProps {
  form: FormState;
  /** What is wrong with the fields; nothing is saved before it is put right. */
  problems?: readonly string[];
  onSave: () => void;
  children: ReactNode;
}

/** Fields that are saved together, by the button or by Enter, and a bar that says how that went. */
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
        {refused && <Failure message={refused} />}
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
