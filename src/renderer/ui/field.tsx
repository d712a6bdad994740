import { type InputHTMLAttributes, type Ref, type TextareaHTMLAttributes, useId } from 'react';
import { classes } from '../lib/classes.ts';
import css from './field.module.css';

interface Labelled {
  label: string;
  hideLabel?: boolean | undefined;
}

interface TextFieldProps extends Labelled, InputHTMLAttributes<HTMLInputElement> {
  ref?: Ref<HTMLInputElement>;
  /** A note under the field. */
  note?: string;
}

/** One line of text with its label. */
export function TextField({ label, hideLabel, className, note, ...rest }: TextFieldProps) {
  const noteId = useId();
  const field = (
    <label className={classes(css.field, className)}>
      <span className={hideLabel ? 'visually-hidden' : css.label}>{label}</span>
      <input
        spellCheck={false}
        autoComplete="off"
        aria-describedby={note === undefined ? undefined : noteId}
        {...rest}
        className={css.input}
      />
    </label>
  );
  if (note === undefined) return field;
  return (
    <div>
      {field}
      <p id={noteId} className={css.note}>
        {note}
      </p>
    </div>
  );
}

/** Several lines of text with their label. */
export function TextArea({
  label,
  hideLabel,
  className,
  ...rest
}: Labelled & TextareaHTMLAttributes<HTMLTextAreaElement> & { ref?: Ref<HTMLTextAreaElement> }) {
  return (
    <label className={classes(css.field, className)}>
      <span className={hideLabel ? 'visually-hidden' : css.label}>{label}</span>
      <textarea {...rest} className={css.input} />
    </label>
  );
}
